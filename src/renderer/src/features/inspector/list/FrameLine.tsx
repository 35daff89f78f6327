import { IconBookmarkFilled, IconDots, IconFlag, IconNote, IconTool } from '@tabler/icons-react';
import { memo, useMemo } from 'react';
import { findings, type Finding } from '#shared/findings';
import type { FrameRow } from '#shared/model/frame';
import type { Missing } from '../../../store/frames';
import { entryName, frameMeaning } from '../../../text/frameWords';
import type { Words } from '../../../text/words';
import { useWords } from '../../../text/useWords';
import { foldFacts, type FoldFacts } from './lines';
import { LineIcon, type LineIconName } from './LineIcon';
import { datedTime, signedTime, type Dates } from './times';
import classes from './FrameLine.module.css';

/** Findings about repaired bodies. */
const repairs: ReadonlySet<string> = new Set([
  'head.unrecognised',
  'head.lengthWrong',
  'head.lengthInChars',
  'head.missing',
  'json.lenient',
  'text.gb18030',
]);

interface LineProps {
  /** The row, or the first row of a folded run of heartbeats. */
  readonly row: FrameRow;
  /** Show the machine. */
  readonly ofAll: boolean;
  /** The user's name for the machine. */
  readonly name: string;
  /** The origin of relative times, ms since 1970; `null`: time of day. */
  readonly since: number | null;
  /** The dates beside times of day. */
  readonly dates: Dates;
  /** The row before is of another day. */
  readonly beginsDay: boolean;
  /** Rendered characters of a body: text that is cut off anyway costs time with fast frames. */
  readonly drawn: number;
  /** `rows[from]` up to `rows[to - 1]`; `null`: one row. */
  readonly rows: readonly FrameRow[] | null;
  readonly from: number;
  readonly to: number;
  readonly isOpen: boolean;
}

/** The content of a line of any kind. */
interface LineContent {
  readonly icon: LineIconName;
  readonly label: string;
  readonly look: string | undefined;
  readonly cmd: string;
  readonly meaning: string | null;
  readonly body: string;
  readonly size: string;
}

function rowContent(words: Words, row: FrameRow, drawn: number): LineContent {
  const { kind, dir, text, size } = row;
  return {
    icon: kind,
    label: words.t(`frames.${dir ?? 'connectionItself'}`),
    look: dir === null ? undefined : classes['arrow'],
    cmd: entryName(words, row),
    meaning: frameMeaning(words, row),
    body: text.slice(0, drawn),
    size: dir === null ? '' : words.bytes(size),
  };
}

function foldContent(words: Words, first: FrameRow, facts: FoldFacts, isOpen: boolean): LineContent {
  const { t } = words;
  return {
    icon: isOpen ? 'foldOpen' : 'foldClosed',
    label: t(isOpen ? 'frames.fold.open' : 'frames.fold.closed'),
    look: undefined,
    cmd: entryName(words, first),
    meaning: foldSentence(words, facts),
    body: t('frames.fold.span', { from: words.clock(facts.first), to: words.clock(facts.last) }),
    size: words.bytes(facts.size),
  };
}

const lineClass = `${classes['line']} ${classes['kind']}`;

/**
 * A row, or a collapsible run of heartbeats. One component with the same nodes renders both, so that a line's nodes are reused when other rows
 * take its place.
 */
export const FrameLine = memo(function FrameLine(props: LineProps) {
  const { row, ofAll, name, since, dates, beginsDay, drawn, rows, from, to, isOpen } = props;
  const words = useWords();
  const facts = useMemo(() => (rows === null ? null : foldFacts(rows.slice(from, to))), [rows, from, to]);
  const content = facts === null ? rowContent(words, row, drawn) : foldContent(words, row, facts, isOpen);
  return (
    <div
      className={lineClass}
      data-fold={facts === null ? undefined : isOpen ? 'open' : 'closed'}
      data-dir={facts === null ? row.dir : undefined}
      data-kind={facts === null ? row.kind : undefined}
      data-frame={facts === null ? row.id : undefined}
      data-begins-day={beginsDay || undefined}
    >
      <LineIcon name={content.icon} label={content.label} className={content.look} />
      <Time words={words} at={row.at} since={since} dates={dates} />
      {ofAll && (
        <Machine words={words} vmcNo={row.vmcNo} name={name} machines={facts?.machines.length ?? 1} />
      )}
      <span className={classes['cmd']} data-cell={facts === null ? 'cmd' : 'fold'}>
        {content.cmd}
      </span>
      <Meaning
        words={words}
        text={content.meaning}
        note={facts === null ? (row.mark?.note ?? '') : ''}
        cell={facts === null ? 'text' : undefined}
      />
      <span className={classes['body']} data-cell={facts === null ? 'text' : undefined}>
        {content.body}
      </span>
      <span className={classes['marks']}>{facts === null && <Marks words={words} row={row} />}</span>
      <span className={classes['size']} data-cell="size">
        {content.size}
      </span>
      <span className={classes['more']} data-more="" aria-hidden />
    </div>
  );
});

interface OfWords {
  readonly words: Words;
}

interface TimeProps extends OfWords {
  readonly at: number;
  readonly since: number | null;
  readonly dates: Dates;
}

/** Shows date and time of day on hover in every time mode. */
function Time({ words, at, since, dates }: TimeProps) {
  const clock = words.clock(at);
  return (
    <span
      className={classes['time']}
      data-cell="time"
      data-since={since !== null || undefined}
      title={`${words.date(at)} ${clock}`}
    >
      {since === null ? datedTime(at, clock, dates) : signedTime(at - since)}
    </span>
  );
}

interface MachineProps extends OfWords {
  readonly vmcNo: number | null;
  readonly name: string;
  /** The number of machines in the line. */
  readonly machines: number;
}

function Machine({ words: { t }, vmcNo, name, machines }: MachineProps) {
  if (machines > 1)
    return (
      <span className={classes['machine']} data-cell="vmc">
        {t('frames.fold.machines', { count: machines })}
      </span>
    );
  return (
    <span className={classes['machine']} data-cell="vmc" title={name === '' ? undefined : `${vmcNo} ${name}`}>
      {vmcNo ?? <span className="dim">{t('frames.noMachine')}</span>}
      {name !== '' && <span className="dim"> {name}</span>}
    </span>
  );
}

interface MeaningProps extends OfWords {
  readonly text: string | null;
  readonly note: string;
  /** The name of the cell for clicks. */
  readonly cell: 'text' | undefined;
}

function Meaning({ words, text, note, cell }: MeaningProps) {
  if (note === '')
    return (
      <span className={classes['meaning']} data-cell={cell}>
        {text}
      </span>
    );
  return (
    <span className={classes['meaning']} data-cell={cell} title={note}>
      <span className={classes['note']} data-cell="mark">
        <IconNote size={13} role="img" aria-label={words.t('frames.mark.note')} /> {note}{' '}
      </span>
      {text}
    </span>
  );
}

/** A gap in the list; choosing it loads the missing frames. */
export function GapLine({ missing }: { readonly missing: Missing }) {
  const { t } = useWords();
  return (
    <div className={classes['gap']} data-gap="">
      <IconDots size={14} aria-hidden />
      {missing === null ? t('frames.gapUnknown') : t('frames.gap', { count: missing })}
    </div>
  );
}

/** Mark and findings of a row. */
export function Marks({ words, row: { findings: found, mark } }: OfWords & { readonly row: FrameRow }) {
  return (
    <>
      {mark?.marked === true && (
        <IconBookmarkFilled
          size={13}
          role="img"
          aria-label={words.t('frames.mark.marked')}
          data-cell="mark"
          className={classes['marked']}
        />
      )}
      {found.length > 0 && <Findings words={words} found={found} />}
    </>
  );
}

function Findings({ words, found }: { readonly words: Words; readonly found: readonly Finding[] }) {
  const repaired = found.some(({ code }) => repairs.has(code));
  const flagged = found.some(({ code }) => !repairs.has(code));
  const worst = found.some(({ code }) => findings[code] === 'error')
    ? 'error'
    : found.some(({ code }) => findings[code] === 'warning')
      ? 'warning'
      : 'info';
  const label = found.map(words.finding).join('\n');
  return (
    <span
      className={classes['found']}
      data-severity={worst}
      data-cell="finding"
      role="img"
      aria-label={label}
      title={label}
    >
      {repaired && <IconTool size={13} aria-hidden />}
      {flagged && <IconFlag size={13} aria-hidden />}
    </span>
  );
}

/** "12 heartbeats, 20.0 s apart". */
function foldSentence({ t }: Words, { heartbeats, answers, apart, longest }: FoldFacts): string {
  if (heartbeats === 0) return t('frames.fold.answers', { count: answers });
  const what = t('frames.fold.heartbeats', { count: heartbeats });
  if (apart === null) return what;
  const seconds = (ms: number): string => (ms / 1000).toFixed(1);
  // Shown if one and a half times the average.
  if (longest > apart * 1.5)
    return t('frames.fold.uneven', { what, apart: seconds(apart), longest: seconds(longest) });
  return t('frames.fold.even', { what, apart: seconds(apart) });
}
