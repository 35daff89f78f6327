/** Keyboard shortcuts in the window. */
import { keys, type KeyName } from '#shared/keys';
import type { T } from '../text/t';

export interface Pressed {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

const parts = (name: KeyName): { readonly key: string; readonly ctrl: boolean; readonly shift: boolean } => {
  const { key } = keys[name];
  return {
    key: key.replace(/^(?:Ctrl\+|Shift\+)+/, ''),
    ctrl: key.startsWith('Ctrl+'),
    shift: key.includes('Shift+'),
  };
};

/** For letters Shift counts and Caps Lock does not. Other keys may need Shift on some keyboards. */
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
  [' ', 'Space'],
]);

/** As written on the keyboard: `Ctrl+O`. */
export function keyText(name: KeyName): string {
  const { key, ctrl, shift } = parts(name);
  return `${ctrl ? 'Ctrl+' : ''}${shift ? 'Shift+' : ''}${signs.get(key) ?? (isLetter(key) ? key.toUpperCase() : key)}`;
}

/** A tooltip with the action and its key. */
export const withKey = (t: T, label: string, name: KeyName): string =>
  t('packages.aside', { text: label, more: keyText(name) });

/** For `aria-keyshortcuts`. */
export const ariaKey = (name: KeyName): string =>
  keys[name].key.replace('Ctrl+', 'Control+').replace(/^ $/, 'Space');

/**
 * Keeps the keys of an input method, such as Enter to accept or Escape to cancel, from the window. On systems such as macOS, Chromium also
 * reports these keys to the page.
 */
export function leaveKeysToInputMethod(): void {
  window.addEventListener(
    'keydown',
    (event) => {
      if (event.isComposing) event.stopImmediatePropagation();
    },
    { capture: true },
  );
}
