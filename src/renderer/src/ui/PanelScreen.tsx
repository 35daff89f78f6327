import type { ReactNode } from 'react';
import classes from './PanelScreen.module.css';

interface PanelScreenProps {
  readonly title: string;
  readonly lead: string;
  /** Two columns. */
  readonly children: ReactNode;
}

/** A screen with a title and panels in two columns. */
export function PanelScreen({ title, lead, children }: PanelScreenProps) {
  return (
    <div className={classes['screen']}>
      <div className={classes['heading']}>
        <h1>{title}</h1>
        <p className="dim">{lead}</p>
      </div>
      <div className={classes['columns']}>{children}</div>
    </div>
  );
}

export function PanelColumn({ children }: { readonly children: ReactNode }) {
  return <div className={classes['column']}>{children}</div>;
}
