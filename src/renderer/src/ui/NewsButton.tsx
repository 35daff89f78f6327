import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './NewsButton.module.css';

interface NewsButtonProps {
  /** Where in the list what is new will stand. */
  readonly side: 'top' | 'bottom';
  readonly onClick: () => void;
  readonly children: ReactNode;
}

/** Over a list that holds still: what is new, and the way to it. */
export function NewsButton({ side, onClick, children }: NewsButtonProps) {
  const Arrow = side === 'top' ? IconArrowUp : IconArrowDown;
  return (
    <button type="button" className={classes['news']} data-side={side} onClick={onClick}>
      <Arrow size={14} aria-hidden />
      {children}
    </button>
  );
}
