import classes from './KeyHint.module.css';
import type { KeyName } from '#shared/keys';
import { keyText } from './keys';

/** The key that does the same, beside what can be clicked. */
export function KeyHint({ name }: { readonly name: KeyName }) {
  return <kbd className={classes['key']}>{keyText(name)}</kbd>;
}
