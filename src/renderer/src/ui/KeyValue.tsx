import type { ReactNode } from 'react';
import classes from './KeyValue.module.css';

/** A dense list of facts. */
export function KeyValues({ children }: { readonly children: ReactNode }) {
  return <dl className={classes['list']}>{children}</dl>;
}

/** One fact; one whose value is `null` is not shown. */
export function KeyValue({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  if (children === null || children === undefined || children === false) return null;
  return (
    <div className={classes['pair']}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
