/**
 * Every key of the window. Whoever binds one names its row (`useHotkey`, `isKey`); tooltips, `aria-keyshortcuts` and the list in Settings are made of
 * it. Not here is what every field and every widget has: Enter and Escape where something is typed, arrows in a tree, a menu, a chart.
 */
interface KeyRow {
  /** As `KeyboardEvent.key` has it, letters small without `Shift+`. With Ctrl, ⌘ does as well. */
  readonly key: string;
  /** Words: `keys.where.<where>`. */
  readonly where: 'window' | 'list' | 'frames' | 'frame' | 'strip' | 'capture';
}

export const keys = {
  connect: { key: 'Ctrl+1', where: 'window' },
  machines: { key: 'Ctrl+2', where: 'window' },
  inspector: { key: 'Ctrl+3', where: 'window' },
  errors: { key: 'Ctrl+4', where: 'window' },
  orders: { key: 'Ctrl+5', where: 'window' },
  upgrades: { key: 'Ctrl+6', where: 'window' },
  settings: { key: 'Ctrl+7', where: 'window' },
  openFile: { key: 'Ctrl+o', where: 'window' },
  newWindow: { key: 'Ctrl+Shift+n', where: 'window' },

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

export interface Pressed {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

const parts = (name: KeyName): { readonly key: string; readonly ctrl: boolean; readonly shift: boolean } => {
  const { key }: KeyRow = keys[name];
  return {
    key: key.replace(/^(?:Ctrl\+|Shift\+)+/, ''),
    ctrl: key.startsWith('Ctrl+'),
    shift: key.includes('Shift+'),
  };
};

/** Whether Shift counts, and Caps Lock does not; other keys may need Shift on one keyboard and not on another. */
const isLetter = (key: string): boolean => /^[a-z]$/i.test(key);

export function isKey(name: KeyName, event: Pressed): boolean {
  const { key, ctrl, shift } = parts(name);
  if ((event.ctrlKey || event.metaKey) !== ctrl || event.altKey) return false;
  return isLetter(key) ? event.key.toLowerCase() === key && event.shiftKey === shift : event.key === key;
}

const signs: ReadonlyMap<string, string> = new Map([
  ['ArrowDown', '↓'],
  ['ArrowUp', '↑'],
  ['PageDown', 'PgDn'],
  ['PageUp', 'PgUp'],
  ['Escape', 'Esc'],
  ['Delete', 'Del'],
]);

/** As it is written on the keyboard: `Ctrl+O`. */
export function keyText(name: KeyName): string {
  const { key, ctrl, shift } = parts(name);
  return `${ctrl ? 'Ctrl+' : ''}${shift ? 'Shift+' : ''}${signs.get(key) ?? (isLetter(key) ? key.toUpperCase() : key)}`;
}

/** A tooltip: what it does, and with which key. */
export const withKey = (label: string, name: KeyName): string => `${label} (${keyText(name)})`;

/** For `aria-keyshortcuts`. */
export const ariaKey = (name: KeyName): string => keys[name].key.replace('Ctrl+', 'Control+');
