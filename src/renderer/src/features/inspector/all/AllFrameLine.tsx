import { memo } from 'react';
import type { FrameRow } from '#shared/model/frame';
import { entryName, frameMeaning } from '../../../text/frameWords';
import { useWords } from '../../../text/useWords';
import { Marks } from '../list/FrameLine';
import { LineIcon } from '../list/LineIcon';
import { datedTime, type Dates } from '../list/times';
import lineClasses from '../list/FrameLine.module.css';
import classes from './AllFrames.module.css';

interface AllFrameLineProps {
  readonly row: FrameRow;
  readonly site: string;
  /** The user's name for the machine. */
  readonly name: string;
  readonly dates: Dates;
}

/** A frame of a site. */
export const AllFrameLine = memo(function AllFrameLine({ row, site, name, dates }: AllFrameLineProps) {
  const words = useWords();
  const { t } = words;
  const { at, dir, kind, vmcNo, size, text } = row;
  const time = words.clock(at);
  return (
    <div
      className={`${lineClasses['kind']} ${classes['line']}`}
      data-dir={dir}
      data-kind={kind}
      data-frame={row.id}
      data-site={site}
    >
      <LineIcon
        name={kind}
        label={t(`frames.${dir ?? 'connectionItself'}`)}
        className={dir === null ? undefined : lineClasses['arrow']}
      />
      <span className={classes['mono']} data-cell="time" title={`${words.date(at)} ${time}`}>
        {datedTime(at, time, dates)}
      </span>
      <span data-cell="site" title={site}>
        {site}
      </span>
      <span data-cell="vmc" title={name === '' ? undefined : `${vmcNo} ${name}`}>
        {vmcNo ?? <span className="dim">{t('frames.noMachine')}</span>}
        {name !== '' && <span className="dim"> {name}</span>}
      </span>
      <span className={classes['cmd']} data-cell="cmd">
        {entryName(words, row)}
      </span>
      <span data-cell="text">{frameMeaning(words, row)}</span>
      <span className={classes['mono']} data-cell="body">
        {text.slice(0, 200)}
      </span>
      <span className={lineClasses['marks']}>
        <Marks words={words} row={row} />
      </span>
      <span className={classes['mono']} data-cell="size">
        {dir === null ? '' : words.bytes(size)}
      </span>
    </div>
  );
});

/** The column headings. */
export function AllFrameColumns() {
  const { t } = useWords();
  return (
    <div className={classes['columns']}>
      <span />
      <span>{t('frames.times.absolute')}</span>
      <span>{t('sites.all.column.site')}</span>
      <span>{t('frames.machine')}</span>
      <span>{t('frames.filter.cmd')}</span>
      <span>{t('frames.meaning')}</span>
      <span data-cell="body">{t('frames.tree')}</span>
      <span />
      <span data-cell="size">{t('frames.size')}</span>
    </div>
  );
}
