/**
 * Keyboard shortcuts of the window. Code refers to a row by name (`useHotkey`, `isKey`), and the rows are the source of tooltips,
 * `aria-keyshortcuts`, menu shortcuts and the list of shortcuts. Standard keys of widgets are not listed: Enter and Escape in fields,
 * arrows in trees, menus and charts.
 */
import { screenNames, screens, type Screen } from './screens';

interface KeyRow {
  /** As in `KeyboardEvent.key`, letters in lower case unless with `Shift+`. Ctrl stands for ⌘ too. */
  readonly key: string;
  /** Texts: `keys.where.<where>`. */
  readonly where: 'window' | 'list' | 'frames' | 'frame' | 'strip' | 'capture';
}

const screenKeys = Object.fromEntries(
  screenNames.map((screen) => [screen, { key: screens[screen].key, where: 'window' }]),
) as Readonly<Record<Screen, KeyRow>>;

export const keys = {
  ...screenKeys,
  palette: { key: 'Ctrl+k', where: 'window' },
  openFile: { key: 'Ctrl+o', where: 'window' },
  newWindow: { key: 'Ctrl+Shift+n', where: 'window' },
  keyList: { key: '?', where: 'window' },
  manual: { key: 'F1', where: 'window' },

  search: { key: '/', where: 'list' },
  next: { key: 'j', where: 'list' },
  previous: { key: 'k', where: 'list' },
  down: { key: 'ArrowDown', where: 'list' },
  up: { key: 'ArrowUp', where: 'list' },
  pageDown: { key: 'PageDown', where: 'list' },
  pageUp: { key: 'PageUp', where: 'list' },
  first: { key: 'Home', where: 'list' },
  last: { key: 'End', where: 'list' },
  open: { key: 'Enter', where: 'list' },
  choose: { key: ' ', where: 'list' },
  close: { key: 'Escape', where: 'list' },

  follow: { key: 'f', where: 'frames' },
  goTo: { key: 'g', where: 'frames' },
  mark: { key: 'm', where: 'frames' },
  note: { key: 'n', where: 'frames' },
  selectAll: { key: 'Ctrl+a', where: 'frames' },
  previousSame: { key: '[', where: 'frames' },
  nextSame: { key: ']', where: 'frames' },

  write: { key: 'e', where: 'frame' },
  copy: { key: 'c', where: 'frame' },
  only: { key: 'o', where: 'frame' },
  not: { key: 'x', where: 'frame' },

  zoomIn: { key: '+', where: 'strip' },
  zoomOut: { key: '-', where: 'strip' },

  closeCapture: { key: 'Delete', where: 'capture' },
} as const satisfies Readonly<Record<string, KeyRow>>;

export type KeyName = keyof typeof keys;
export const keyNames = Object.keys(keys) as readonly KeyName[];
