import { useEffect, useRef } from 'react';
import type { Completion } from '#shared/filter/language/completion';
import { filterHint } from '../../text/filterWords';
import { useWords } from '../../text/useWords';
import classes from './FilterBox.module.css';

export const optionId = (id: string, index: number): string => `${id}-option-${index}`;

interface CompletionListProps {
  readonly id: string;
  readonly items: readonly Completion[];
  readonly active: number;
  readonly onAccept: (item: Completion) => void;
}

export function CompletionList({ id, items, active, onAccept }: CompletionListProps) {
  const words = useWords();
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  return (
    <div
      ref={list}
      id={`${id}-list`}
      role="listbox"
      aria-label={words.t('frames.filter.offered')}
      className={classes['offers']}
      tabIndex={-1}
      // Keeps the focus in the box.
      onMouseDown={(event) => event.preventDefault()}
    >
      {items.map((item, index) => (
        <div
          key={`${item.kind} ${item.label}`}
          id={optionId(id, index)}
          role="option"
          aria-selected={index === active}
          className={classes['offer']}
          tabIndex={-1}
          onMouseUp={() => onAccept(item)}
        >
          <span className="mono">{item.label}</span>{' '}
          <span className="dim">{filterHint(words, item.hint)}</span>
        </div>
      ))}
    </div>
  );
}
