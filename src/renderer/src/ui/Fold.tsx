import { UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useId, type ReactNode } from 'react';
import classes from './Fold.module.css';

interface FoldProps {
  readonly title: string;
  /** Finds it in the page (`openFold`). */
  readonly name: string;
  readonly isOpen: boolean;
  readonly onToggle: (isOpen: boolean) => void;
  /** With a frame and a heading of its own, as a part of a screen. */
  readonly isCard?: boolean;
  readonly children: ReactNode;
}

/** A part that can be closed. `useFold` remembers whether it is. */
export function Fold({ title, name, isOpen, onToggle, isCard = false, children }: FoldProps) {
  const id = useId();
  const Chevron = isOpen ? IconChevronDown : IconChevronRight;
  const head = (
    <UnstyledButton
      className={classes['head']}
      aria-expanded={isOpen}
      aria-controls={id}
      onClick={() => onToggle(!isOpen)}
    >
      <Chevron size={14} aria-hidden /> {title}
    </UnstyledButton>
  );
  return (
    <div className={classes['fold']} data-card={isCard || undefined} data-fold={name}>
      {isCard ? <h2>{head}</h2> : head}
      <section id={id} className={classes['content']} hidden={!isOpen} aria-label={title}>
        {isOpen && children}
      </section>
    </div>
  );
}

/** Opens it and shows it. */
export function openFold(name: string): void {
  const fold = document.querySelector(`[data-fold="${name}"]`);
  const head = fold?.querySelector<HTMLElement>('button[aria-expanded]');
  if (fold == null || head == null) return;
  if (head.getAttribute('aria-expanded') === 'false') head.click();
  head.focus({ preventScroll: true });
  fold.scrollIntoView({ block: 'start' });
}
