import type { ReactNode } from 'react';
import classes from './Banners.module.css';

interface BannerProps {
  readonly kind: 'failure' | 'mode';
  readonly icon: ReactNode;
  readonly children: ReactNode;
  readonly actions: ReactNode;
}

/** A line under the top bar about an unusual state, with its remedy. */
export function Banner({ kind, icon, children, actions }: BannerProps) {
  return (
    <div className={classes['banner']} data-kind={kind} role={kind === 'failure' ? 'alert' : 'status'}>
      {icon}
      <div className={classes['text']}>{children}</div>
      <div className={classes['actions']}>{actions}</div>
    </div>
  );
}
