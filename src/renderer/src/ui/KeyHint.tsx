import classes from './KeyHint.module.css';

/** The key that does the same, beside what can be clicked. */
export function KeyHint({ children }: { readonly children: string }) {
  return <kbd className={classes['key']}>{children}</kbd>;
}
