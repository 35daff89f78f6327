import { Button } from '@mantine/core';
import { useCallback, useMemo, useRef, useState } from 'react';
import { readMoment, startOf } from '#shared/filter/language/times';
import { request } from '../../../bridge/request';
import { showFrame } from '../../../store/navigate';
import { useWords } from '../../../text/useWords';
import { SearchField } from '../../../ui/SearchField';
import { clock } from '../../../ui/ticker';
import { VirtualList, type ListHandle } from '../../../ui/VirtualList';
import { lineMatcher } from './lineMatcher';
import classes from './Files.module.css';

/** When a line of a log was written, as machines write it at its beginning. */
const moment = /^\W{0,3}(\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}:\d{2})(?:[.,](\d{1,3}))?/;

interface FileTextProps {
  readonly vmcNo: number;
  readonly text: string;
}

/** A text line by line, searched; from a line with a time the way leads to the frames of then. */
export function FileText({ vmcNo, text }: FileTextProps) {
  const { t } = useWords();
  const [query, setQuery] = useState('');
  const [selected, setSelected] = useState<number | null>(null);
  const [nothing, setNothing] = useState(false);
  const list = useRef<ListHandle>(null);
  const lines = useMemo(() => text.replace(/\n$/, '').split(/\r?\n/), [text]);
  const matcher = useMemo(() => lineMatcher(query), [query]);
  const ids = useMemo(
    () => lines.flatMap((line, index) => (matcher === null || matcher(line) ? [index + 1] : [])),
    [lines, matcher],
  );
  const at = selected === null ? null : momentOf(lines[selected - 1] ?? '');
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
    (id: number) => (
      <div className={classes['textLine']}>
        <span className="dim tabular">{id}</span>
        <span>{lines[id - 1]}</span>
      </div>
    ),
    [lines],
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
        <span className="dim tabular" role="status">
          {t('files.lines', { count: ids.length, all: lines.length })}
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
          ids={ids}
          rowHeight={20}
          selected={selected}
          onSelect={(id) => {
            setSelected(id);
            setNothing(false);
          }}
          renderRow={renderRow}
          itemOf={(id) => lines[id - 1]}
        />
      </div>
    </>
  );
}

/** ms by this computer's clock; `null`: it says no time. */
function momentOf(line: string): number | null {
  const [, second, fraction = '0'] = moment.exec(line) ?? [];
  const read = second === undefined ? null : readMoment(`${second}.${fraction}`, clock());
  return read === null ? null : startOf(read);
}
