import { useContext, useEffect, useRef, type KeyboardEvent, type MouseEvent } from 'react';
import type { Span } from '#shared/body/positions';
import { useWords } from '../../../text/useWords';
import { codePoint } from '../../../text/visible';
import { CopyContext } from '../../../ui/Copyable';
import { pieces } from './bytesView';
import { revealIn } from '../../../ui/reveal';
import classes from './Bytes.module.css';

interface BytesTextProps {
  readonly text: string;
  readonly chosen: Span | null;
  readonly value: Span | null;
  readonly remarked: readonly Span[];
  readonly onPick: (offset: number) => void;
  /** To the next part of the text, or to the one before. */
  readonly onStep: (by: 1 | -1) => void;
}

/** The body as received, with what is chosen in it. */
export function BytesText({ text, chosen, value, remarked, onPick, onStep }: BytesTextProps) {
  const { t } = useWords();
  const put = useContext(CopyContext);
  const box = useRef<HTMLDivElement>(null);
  const first = chosen?.from ?? null;
  useEffect(() => {
    if (first !== null) revealIn(box.current, box.current?.querySelector('[data-chosen]'));
  }, [first]);
  const onClick = ({ clientX, clientY }: MouseEvent): void => {
    if ((window.getSelection()?.toString() ?? '') !== '') return;
    const caret = document.caretPositionFromPoint(clientX, clientY);
    const from = caret?.offsetNode.parentElement?.dataset['from'];
    if (caret !== null && from !== undefined) onPick(Number(from) + caret.offset);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'c' && chosen !== null) void put(text.slice(chosen.from, chosen.to));
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
      aria-label={t('frames.bodyAs.text')}
      className={classes['text']}
      onClick={onClick}
      onKeyDown={onKeyDown}
    >
      {pieces(text, chosen, value, remarked).map(({ from, to, part, isRemarked, isUnseen }) => (
        <span
          key={from}
          data-from={from}
          data-chosen={part}
          data-remark={isRemarked || undefined}
          // It stays what it is, to be copied; its name is drawn by the style.
          data-unseen={isUnseen ? codePoint(text.slice(from, to)) : undefined}
        >
          {text.slice(from, to)}
        </span>
      ))}
    </div>
  );
}
