import classes from './KeyHint.module.css';
import type { KeyName } from '#shared/keys';
import { keyText } from './keys';

/** The keyboard shortcut, beside its clickable element. */
export function KeyHint({ name }: { readonly name: KeyName }) {
  return <kbd className={classes['key']}>{keyText(name)}</kbd>;
}
