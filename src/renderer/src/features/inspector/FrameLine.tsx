import {
  IconArrowRight,
  IconBookmarkFilled,
  IconDots,
  IconFlag,
  IconNote,
  IconPlugConnected,
  IconPlugConnectedX,
  IconTool,
} from '@tabler/icons-react';
import { memo } from 'react';
import { findings, type Finding } from '#shared/catalog/findings';
import type { FrameRow } from '#shared/model/frame';
import { useConfig } from '../../store';
import type { Missing } from '../../store/frames';
import { entryName, frameMeaning } from '../../text/frameWords';
import type { Words } from '../../text/words';
import { useWords } from '../../text/useWords';
import { visible } from '../../text/visible';
import { signedTime } from './times';
import classes from './Inspector.module.css';

/** Findings that mean: read by repairing it. */
const repairs: ReadonlySet<string> = new Set([
  'head.unrecognised',
  'head.lengthWrong',
  'head.lengthInChars',
  'head.missing',
  'json.lenient',
  'text.gb18030',
]);

const signs = {
  frame: IconArrowRight,
  junk: IconArrowRight,
  opened: IconPlugConnected,
  closed: IconPlugConnectedX,
  finding: IconFlag,
} as const;

interface FrameLineProps {
  readonly row: FrameRow;
  /** Says which machine it is of. */
  readonly ofAll: boolean;
  /** What its time is told from, ms since 1970; `null`: the time of day. */
  readonly since: number | null;
  /** Characters of a body that are drawn: what is cut off anyway costs the more the faster frames pass. */
  readonly drawn: number;
}

export const FrameLine = memo(function FrameLine({ row, ofAll, since, drawn }: FrameLineProps) {
  const words = useWords();
  const { t } = words;
  const meaning = frameMeaning(words, row);
  const note = row.mark?.note ?? '';
  const Sign = signs[row.kind];
  const arrow = row.dir === null ? {} : { className: classes['arrow'] };
  return (
    <div className={classes['line']} data-dir={row.dir} data-kind={row.kind} data-frame={row.id}>
      <Sign
        size={14}
        role="img"
        aria-label={t(`frames.${row.dir ?? 'connectionItself'}`)}
        {...arrow}
        data-cell="dir"
      />
      <Time at={row.at} since={since} />
      {ofAll && <Machine vmcNo={row.vmcNo} />}
      <span className={classes['cmd']} data-cell="cmd">
        {entryName(words, row)}
      </span>
      <span className={classes['meaning']} data-cell="text" title={note === '' ? undefined : note}>
        {note !== '' && (
          <span className={classes['note']} data-cell="mark">
            <IconNote size={13} role="img" aria-label={t('frames.mark.note')} /> {visible(note)}{' '}
          </span>
        )}
        {meaning}
      </span>
      <span className={classes['body']} data-cell="text">
        {visible(row.text.slice(0, drawn))}
      </span>
      <Marks words={words} row={row} />
      <span className={classes['size']} data-cell="size">
        {row.dir !== null && words.bytes(row.size)}
      </span>
      <span className={classes['more']} data-more="" aria-hidden />
    </div>
  );
});

/** With the time of day on hover, whatever it is told from. */
export function Time({ at, since }: { readonly at: number; readonly since: number | null }) {
  const words = useWords();
  return (
    <span
      className={classes['time']}
      data-cell="time"
      data-since={since !== null || undefined}
      title={`${words.date(at)} ${words.clock(at)}`}
    >
      {since === null ? words.clock(at) : signedTime(at - since)}
    </span>
  );
}

function Machine({ vmcNo }: { readonly vmcNo: number | null }) {
  const { t } = useWords();
  const { name } = useConfig(vmcNo ?? -1);
  return (
    <span className={classes['who']} data-cell="vmc" title={name === '' ? undefined : `${vmcNo} ${name}`}>
      {vmcNo ?? <span className="dim">{t('frames.noMachine')}</span>}{' '}
      {name !== '' && <span className="dim">{name}</span>}
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

function Marks({ words, row }: { readonly words: Words; readonly row: FrameRow }) {
  const { findings: found, mark } = row;
  const { t } = words;
  return (
    <span className={classes['marks']}>
      {mark?.marked === true && (
        <IconBookmarkFilled
          size={13}
          role="img"
          aria-label={t('frames.mark.marked')}
          data-cell="mark"
          className={classes['marked']}
        />
      )}
      {found.length > 0 && <Findings words={words} found={found} />}
    </span>
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
