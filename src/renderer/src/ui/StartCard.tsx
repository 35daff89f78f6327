import type { ReactNode } from 'react';
import classes from './StartCard.module.css';

interface StartCardProps {
  readonly icon: ReactNode;
  readonly title: string;
  readonly text: string;
  /** Its buttons. */
  readonly children: ReactNode;
}

/** A way to begin, on a screen that is still empty. */
export function StartCard({ icon, title, text, children }: StartCardProps) {
  return (
    <section className={classes['card']} aria-label={title}>
      <h2>
        {icon} {title}
      </h2>
      <p className="dim">{text}</p>
      <div className={classes['actions']}>{children}</div>
    </section>
  );
}
