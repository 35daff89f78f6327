import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './NewsButton.module.css';

interface NewsButtonProps {
  /** The end of the list where new rows appear. */
  readonly side: 'top' | 'bottom';
  readonly onClick: () => void;
  readonly children: ReactNode;
}

/** A button over a held list: the number of new rows, and the action to show them. */
export function NewsButton({ side, onClick, children }: NewsButtonProps) {
  const Arrow = side === 'top' ? IconArrowUp : IconArrowDown;
  return (
    <button type="button" className={classes['news']} data-side={side} onClick={onClick}>
      <Arrow size={14} aria-hidden />
      {children}
    </button>
  );
}
