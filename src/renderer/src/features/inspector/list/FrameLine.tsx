import { IconBookmarkFilled, IconDots, IconFlag, IconNote, IconTool } from '@tabler/icons-react';
import { memo, useMemo } from 'react';
import { findings, type Finding } from '#shared/findings';
import type { FrameRow } from '#shared/model/frame';
import type { Missing } from '../../../store/frames';
import { entryName, frameMeaning } from '../../../text/frameWords';
import type { Words } from '../../../text/words';
import { useWords } from '../../../text/useWords';
import { foldSentence } from './foldWords';
import { foldFacts, type FoldFacts } from './lines';
import { LineIcon, type LineIconName } from './LineIcon';
import { signedTime } from './times';
import classes from './FrameLine.module.css';

/** Findings that mean: read by repairing it. */
const repairs: ReadonlySet<string> = new Set([
  'head.unrecognised',
  'head.lengthWrong',
  'head.lengthInChars',
  'head.missing',
  'json.lenient',
  'text.gb18030',
]);

interface LineProps {
  /** The run's first one, if it is a run of heartbeats in one line. */
  readonly row: FrameRow;
  /** Says which machine it is of. */
  readonly ofAll: boolean;
  /** The name that a person gave that machine. */
  readonly name: string;
  /** What its time is told from, ms since 1970; `null`: the time of day. */
  readonly since: number | null;
  /** Characters of a body that are drawn: what is cut off anyway costs the more the faster frames pass. */
  readonly drawn: number;
  /** `rows[from]` up to `rows[to - 1]`; `null`: one row. */
  readonly rows: readonly FrameRow[] | null;
  readonly from: number;
  readonly to: number;
  readonly isOpen: boolean;
}

/** What one line says, whichever kind it is of. */
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

/**
 * A row, or a run of heartbeats, which opens. One component with the same nodes for both: a line that others follow in is written over
 * instead of being made anew.
 */
export const FrameLine = memo(function FrameLine(props: LineProps) {
  const { row, ofAll, name, since, drawn, rows, from, to, isOpen } = props;
  const words = useWords();
  const facts = useMemo(() => (rows === null ? null : foldFacts(rows.slice(from, to))), [rows, from, to]);
  const content = facts === null ? rowContent(words, row, drawn) : foldContent(words, row, facts, isOpen);
  return (
    <div
      className={classes['line']}
      data-fold={facts === null ? undefined : isOpen ? 'open' : 'closed'}
      data-dir={facts === null ? row.dir : undefined}
      data-kind={facts === null ? row.kind : undefined}
      data-frame={facts === null ? row.id : undefined}
    >
      <LineIcon name={content.icon} label={content.label} className={content.look} />
      <Time words={words} at={row.at} since={since} />
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

/** With the time of day on hover, whatever it is told from. */
function Time({ words, at, since }: OfWords & { readonly at: number; readonly since: number | null }) {
  const clock = words.clock(at);
  return (
    <span
      className={classes['time']}
      data-cell="time"
      data-since={since !== null || undefined}
      title={`${words.date(at)} ${clock}`}
    >
      {since === null ? clock : signedTime(at - since)}
    </span>
  );
}

interface MachineProps extends OfWords {
  readonly vmcNo: number | null;
  readonly name: string;
  /** How many the line is of. */
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
  /** What a click on it is about. */
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

/** Where frames are missing in the list; choosing it loads them. */
export function GapLine({ missing }: { readonly missing: Missing }) {
  const { t } = useWords();
  return (
    <div className={classes['gap']} data-gap="">
      <IconDots size={14} aria-hidden />
      {missing === null ? t('frames.gapUnknown') : t('frames.gap', { count: missing })}
    </div>
  );
}

function Marks({ words, row: { findings: found, mark } }: OfWords & { readonly row: FrameRow }) {
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
