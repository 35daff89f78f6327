import { Button } from '@mantine/core';
import { useCallback, useMemo, useRef, useState } from 'react';
import { readMoment, startOf } from '#shared/filter/language/times';
import { request } from '../../../bridge/request';
import { showFrame } from '../../../store/navigate';
import { useWords } from '../../../text/useWords';
import { SearchField } from '../../../ui/SearchField';
import { clock } from '../../../ui/ticker';
import { useInParts } from '../../../ui/useInParts';
import { VirtualList, type ListHandle } from '../../../ui/VirtualList';
import { foundRows, splitText, type SplitText } from './fileLines';
import { lineMatcher } from './lineMatcher';
import { rowHeights } from '../../../ui/rows';
import classes from './Files.module.css';

/** The timestamp at the beginning of a machine's log line. */
const moment = /^\W{0,3}(\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}:\d{2})(?:[.,](\d{1,3}))?/;

const noText: SplitText = { lines: [], rows: [] };

interface FileTextProps {
  readonly vmcNo: number;
  readonly text: string;
}

/** A searchable text that renders only visible lines. A line with a time links to the frames of that time. */
export function FileText({ vmcNo, text }: FileTextProps) {
  const { t } = useWords();
  const [query, setQuery] = useState('');
  const [selected, setSelected] = useState<number | null>(null);
  const [nothing, setNothing] = useState(false);
  const list = useRef<ListHandle>(null);
  const split = useInParts(useCallback(() => splitText(text), [text]));
  const matcher = useMemo(() => lineMatcher(query), [query]);
  const found = useInParts(
    useCallback(() => foundRows(split.value ?? noText, matcher), [split.value, matcher]),
  );
  const isBusy = split.isBusy || found.isBusy;
  const { split: { lines, rows } = noText, places = [], count = 0 } = found.value ?? {};
  const chosen = selected === null ? undefined : rows[selected - 1];
  const at = chosen === undefined ? null : momentOf(lines[chosen.line - 1] ?? '');
  const frames = async (ms: number): Promise<void> => {
    const day = new Date(ms);
    const time = `${day.toLocaleDateString('sv')} ${day.toLocaleTimeString('sv')}`;
    const filter = { vmcNo, dir: null, cmd: null, text: `time <= "${time}"` };
    const reply = await request('frames', { filter, place: { before: null }, limit: 1 });
    const frame = reply.ok ? reply.value.rows[0] : undefined;
    setNothing(frame === undefined);
    if (frame !== undefined) showFrame(vmcNo, frame.id);
  };
  const renderRow = useCallback(
    (id: number) => {
      const row = rows[id - 1];
      return (
        <div className={classes['textLine']}>
          <span className="dim tabular">{row?.isFirst === true ? row.line : ''}</span>
          <span>{row?.text}</span>
        </div>
      );
    },
    [rows],
  );
  return (
    <>
      <div className={classes['tools']}>
        <SearchField
          label={t('files.search')}
          placeholder={t('files.searchHow')}
          clearLabel={t('files.clearSearch')}
          value={query}
          onChange={setQuery}
          onLeave={() => list.current?.focus()}
        />
        <span className="dim tabular" role="status" aria-busy={isBusy}>
          {isBusy ? t('files.searching') : t('files.lines', { count, all: lines.length })}
        </span>
        <Button
          variant="default"
          size="compact-sm"
          disabled={at === null}
          title={t('files.framesNote')}
          onClick={() => {
            if (at !== null) void frames(at);
          }}
        >
          {t('files.frames')}
        </Button>
        {nothing && <span role="status">{t('files.noFrames')}</span>}
      </div>
      <div className={classes['text']}>
        <VirtualList
          ref={list}
          label={t('files.text')}
          ids={places}
          rowHeight={rowHeights.frame}
          selected={selected}
          onSelect={(id) => {
            setSelected(id);
            setNothing(false);
          }}
          renderRow={renderRow}
          itemOf={(id) => rows[id - 1]}
        />
      </div>
    </>
  );
}

/** ms by this computer's clock; `null`: the line has no time. */
function momentOf(line: string): number | null {
  const [, second, fraction = '0'] = moment.exec(line) ?? [];
  const read = second === undefined ? null : readMoment(`${second}.${fraction}`, clock());
  return read === null ? null : startOf(read);
}
