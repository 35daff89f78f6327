import type { ReactNode } from 'react';
import classes from './KeyValue.module.css';

/** A compact list of facts. */
export function KeyValues({ children }: { readonly children: ReactNode }) {
  return <dl className={classes['list']}>{children}</dl>;
}

/** One fact; hidden if its value is `null`. */
export function KeyValue({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  if (children === null || children === undefined || children === false) return null;
  return (
    <div className={classes['pair']}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
