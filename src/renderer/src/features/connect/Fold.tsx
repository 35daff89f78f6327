import type { ReactNode } from 'react';
import { useRemembered } from '../../store/remembered';
import classes from './Fold.module.css';

interface FoldProps {
  /** The name under which the choice is stored. */
  readonly name: string;
  readonly title: string;
  /** In use now, so it is open until a person closes it. */
  readonly isActive?: boolean;
  readonly children: ReactNode;
}

const isChoice = (value: unknown): value is boolean | null => value === null || typeof value === 'boolean';

/** A part of Connect that most people do not need. Opened ones are remembered. */
export function Fold({ name, title, isActive = false, children }: FoldProps) {
  const [chosen, setChosen] = useRemembered<boolean | null>(`connect.${name}`, null, isChoice);
  const isOpen = chosen ?? isActive;
  return (
    <details
      className={classes['fold']}
      data-fold={name}
      open={isOpen}
      onToggle={(event) => {
        if (event.currentTarget.open !== isOpen) setChosen(event.currentTarget.open);
      }}
    >
      <summary>
        <h2>{title}</h2>
      </summary>
      {isOpen && (
        <section className={classes['content']} aria-label={title}>
          {children}
        </section>
      )}
    </details>
  );
}

/** Opens it and shows it. */
export function openFold(name: string): void {
  const fold = document.querySelector<HTMLDetailsElement>(`details[data-fold="${name}"]`);
  if (fold === null) return;
  fold.open = true;
  fold.querySelector('summary')?.focus({ preventScroll: true });
  fold.scrollIntoView({ block: 'start' });
}
