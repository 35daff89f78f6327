import { useContext, useEffect, useRef, type KeyboardEvent, type MouseEvent } from 'react';
import type { Span } from '#shared/body/positions';
import { useWords } from '../../../text/useWords';
import { CopyContext } from '../../../ui/Copyable';
import { isKey } from '../../../ui/keys';
import { pieces } from './bytesView';
import { revealIn } from '../../../ui/reveal';
import classes from './Bytes.module.css';

interface BytesTextProps {
  readonly text: string;
  /** Converts a part for the clipboard. */
  readonly copied: (part: string) => string;
  readonly selected: Span | null;
  readonly value: Span | null;
  readonly flagged: readonly Span[];
  readonly onSelect: (offset: number) => void;
  /** Moves to the next or previous part of the text. */
  readonly onStep: (by: 1 | -1) => void;
}

/** The body as received, with the selection. */
export function BytesText({ text, copied, selected, value, flagged, onSelect, onStep }: BytesTextProps) {
  const { t } = useWords();
  const put = useContext(CopyContext);
  const box = useRef<HTMLDivElement>(null);
  const first = selected?.from ?? null;
  useEffect(() => {
    if (first !== null) revealIn(box.current, box.current?.querySelector('[data-selected]'));
  }, [first]);
  const onClick = ({ clientX, clientY }: MouseEvent): void => {
    if ((window.getSelection()?.toString() ?? '') !== '') return;
    const caret = document.caretPositionFromPoint(clientX, clientY);
    const { from, unseen } = caret?.offsetNode.parentElement?.dataset ?? {};
    // A displayed name of a character is longer than the character.
    if (caret !== null && from !== undefined)
      onSelect(Number(from) + (unseen === undefined ? caret.offset : 0));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (isKey('copy', event) && selected !== null) void put(copied(text.slice(selected.from, selected.to)));
    else if (event.key === 'ArrowRight' || event.key === 'ArrowDown') onStep(1);
    else if (event.key === 'ArrowLeft' || event.key === 'ArrowUp') onStep(-1);
    else return;
    event.preventDefault();
  };
  return (
    <div
      ref={box}
      tabIndex={0}
      role="textbox"
      aria-readonly
      aria-multiline
      aria-label={t('frames.textOnWire')}
      className={classes['text']}
      onClick={onClick}
      onKeyDown={onKeyDown}
    >
      {pieces(text, selected, value, flagged).map(({ from, to, part, isFlagged, isUnseen }) => (
        <span
          key={from}
          data-from={from}
          data-selected={part}
          data-finding={isFlagged || undefined}
          data-unseen={isUnseen || undefined}
        >
          {text.slice(from, to)}
        </span>
      ))}
    </div>
  );
}
