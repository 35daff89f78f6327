import { IconArrowLeft, IconArrowRight, IconFlag, IconTool } from '@tabler/icons-react';
import { memo } from 'react';
import { findings, type Finding } from '#shared/catalog/findings';
import type { FrameRow } from '#shared/model/frame';
import { frameMeaning } from '../../text/frameWords';
import type { Words } from '../../text/words';
import { useWords } from '../../text/useWords';
import classes from './Frames.module.css';

/** Findings that mean: read by repairing it. */
const repairs: ReadonlySet<string> = new Set([
  'head.unrecognised',
  'head.lengthWrong',
  'head.lengthInChars',
  'head.missing',
  'json.lenient',
  'text.gb18030',
]);

export const FrameLine = memo(function FrameLine({ row }: { readonly row: FrameRow }) {
  const words = useWords();
  const { t } = words;
  const Arrow = row.dir === 'in' ? IconArrowRight : IconArrowLeft;
  const meaning = frameMeaning(words, row);
  return (
    <div className={classes['line']} data-dir={row.dir} data-kind={row.kind} data-frame={row.id}>
      <Arrow size={14} role="img" aria-label={t(`frames.${row.dir}`)} className={classes['arrow']} />
      <span className={classes['time']} title={words.dateTime(row.at)}>
        {words.clock(row.at)}
      </span>
      <span className={classes['cmd']}>
        {row.kind === 'junk' ? t('frames.junk') : (row.cmd ?? t('frames.noCmd'))}
      </span>
      <span className={classes['meaning']}>{meaning}</span>
      <span className={classes['body']}>{row.text}</span>
      <Marks words={words} findings={row.findings} />
      <span className={classes['size']}>{t('frames.size', { size: words.number(row.size) })}</span>
    </div>
  );
});

function Marks({ words, findings: found }: { readonly words: Words; readonly findings: readonly Finding[] }) {
  if (found.length === 0) return <span />;
  const repaired = found.some(({ code }) => repairs.has(code));
  const flagged = found.filter(({ code }) => !repairs.has(code));
  const worst = found.some(({ code }) => findings[code] === 'error')
    ? 'error'
    : found.some(({ code }) => findings[code] === 'warning')
      ? 'warning'
      : 'info';
  const label = found.map(words.finding).join('\n');
  return (
    <span className={classes['marks']} data-severity={worst} role="img" aria-label={label} title={label}>
      {repaired && <IconTool size={13} aria-hidden />}
      {flagged.length > 0 && <IconFlag size={13} aria-hidden />}
    </span>
  );
}
