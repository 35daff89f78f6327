import { IconFlag } from '@tabler/icons-react';
import {
  memo,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type MouseEvent,
} from 'react';
import type { Span } from '#shared/body/positions';
import type { FindingSeverity } from '#shared/findings';
import { useWords } from '../../../text/useWords';
import { CopyContext } from '../../../ui/Copyable';
import { byteAtColumn, columnsOf, hexLines, hexText, type HexLine } from '../../../ui/hex';
import { isKey } from '../../../ui/keys';
import { byteMove, runs, within, withinEach } from './bytesView';
import { revealIn } from '../../../ui/reveal';
import classes from './Bytes.module.css';

/** A text about some of the bytes. */
export interface ByteFinding {
  readonly bytes: Span;
  readonly severity: FindingSeverity;
  readonly text: string;
  /** The repair and its reason. */
  readonly reason: string | null;
}

interface BytesProps {
  readonly bytes: Uint8Array;
  readonly perLine: 8 | 16;
  /** The selected bytes, and the selected member's value. */
  readonly selected: Span | null;
  readonly value: Span | null;
  readonly findings: readonly ByteFinding[];
  readonly onSelect: (offset: number) => void;
}

/** The bytes as hex and ASCII; the findings about a line stand below it. */
export function Bytes({ bytes, perLine, selected, value, findings, onSelect }: BytesProps) {
  const { t } = useWords();
  const put = useContext(CopyContext);
  const box = useRef<HTMLDivElement>(null);
  const lines = useMemo(() => hexLines(bytes, perLine), [bytes, perLine]);
  const flaggedBytes = useMemo(() => findings.map((finding) => finding.bytes), [findings]);
  const [at, setAt] = useState(0);
  const cursor = selected === null || (at >= selected.from && at < selected.to) ? at : selected.from;

  const first = selected?.from ?? null;
  const last = selected === null ? null : selected.to - 1;
  useEffect(() => {
    // Scroll to the end first, so that the beginning is visible if not all fits.
    for (const byte of [last, first])
      if (byte !== null)
        revealIn(box.current, box.current?.querySelector(`[data-at="${byte - (byte % perLine)}"]`));
  }, [first, last, perLine]);

  const pick = (offset: number): void => {
    setAt(offset);
    onSelect(offset);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (isKey('copy', event) && selected !== null)
      void put(hexText(bytes.subarray(selected.from, selected.to)));
    else {
      const to = byteMove(event.key, selected === null ? null : cursor, bytes.length, perLine);
      if (to === null) return;
      pick(to);
    }
    event.preventDefault();
  };
  const onClick = (event: MouseEvent): void => {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-at]') : null;
    const line = lines[Number(row?.dataset['at']) / perLine];
    if (row === null || line === undefined || (window.getSelection()?.toString() ?? '') !== '') return;
    const { left, width } = row.getBoundingClientRect();
    // The font is monospaced.
    const column = Math.floor(((event.clientX - left) / width) * line.text.length);
    const byte = byteAtColumn(column, line.size, perLine);
    if (byte !== null) pick(line.at + byte);
  };
  return (
    <div
      ref={box}
      role="textbox"
      aria-readonly
      aria-multiline
      tabIndex={0}
      aria-label={t('detail.bytesLabel')}
      className={classes['bytes']}
      onKeyDown={onKeyDown}
      onClick={onClick}
    >
      {lines.map((line) => {
        const end = line.at + line.size;
        const here = findings.filter(({ bytes: { from } }) => from >= line.at && from < end);
        return (
          <div key={line.at}>
            <Line
              line={line}
              perLine={perLine}
              selected={within(selected, line)}
              value={within(value, line)}
              cursor={selected !== null && cursor >= line.at && cursor < end ? cursor - line.at : null}
              flagged={withinEach(flaggedBytes, line)}
            />
            {here.map(({ text, reason, severity }) => (
              <p key={text} className={classes['finding']} data-severity={severity}>
                <IconFlag size={12} role="img" aria-label={t(`frames.severity.${severity}`)} />
                <span>
                  {text}
                  {reason !== null && <span className="dim"> · {reason}</span>}
                </span>
              </p>
            ))}
          </div>
        );
      })}
    </div>
  );
}

interface LineProps {
  readonly line: HexLine;
  readonly perLine: 8 | 16;
  /** `from-to` within the line. A text, so that unchanged lines do not render again. */
  readonly selected: string | null;
  readonly value: string | null;
  readonly cursor: number | null;
  readonly flagged: string;
}
const Line = memo(function Line({ line, perLine, selected, value, cursor, flagged }: LineProps) {
  const marks: string[] = [];
  const mark = (range: string | null, sign: string): void => {
    if (range === null) return;
    const [from = 0, to = 0] = range.split('-').map(Number);
    for (const [start, end] of columnsOf(from, to, perLine))
      for (let i = start; i < end; i += 1) marks[i] = `${marks[i] ?? ''}${sign}`;
  };
  mark(selected, 'c');
  mark(value, 'v');
  if (cursor !== null) mark(`${cursor}-${cursor + 1}`, 'x');
  for (const range of flagged.split(' ').filter(Boolean)) mark(range, 'r');
  return (
    <span className={classes['line']} data-at={line.at}>
      {marks.length === 0
        ? line.text
        : runs(line.text, marks).map(({ from, text, signs }) =>
            signs === '' ? (
              text
            ) : (
              <span
                key={from}
                data-selected={signs.includes('v') ? 'value' : signs.includes('c') ? 'name' : undefined}
                data-cursor={signs.includes('x') || undefined}
                data-finding={signs.includes('r') || undefined}
              >
                {text}
              </span>
            ),
          )}
    </span>
  );
});
