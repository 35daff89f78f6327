/** A history of one machine or of all, kept up to date while a view shows it. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { AppError } from '#shared/contract/errors';
import type { Result } from '#shared/contract/requests/index';
import { useCrema, type CremaState } from '../store';
import { shownCapture } from '../store/source';
import { emptyPages, type Log, type Pages } from '../store/pages';

const pageSize = 200;

export interface HistorySource<Row, Cursor> {
  readonly pages: Pages<Row, Cursor>;
  readonly read: (before: Cursor | null, limit: number) => Promise<Result<readonly Row[]>>;
  /** Changed rows, as of the last batch of the feed that named any. */
  readonly news: (state: CremaState) => readonly Row[];
  readonly isMine: (row: Row) => boolean;
}

export interface History<Row> {
  /** Newest first, without gaps. */
  readonly rows: readonly Row[];
  /** The first page was read. */
  readonly begun: boolean;
  /** There are no older rows. */
  readonly complete: boolean;
  readonly error: AppError | null;
  /** Reads the next, older page. */
  readonly more: () => void;
}

/** For the whole life of the component: use another component for another machine or filter. */
export function useHistory<Row, Cursor>(make: () => HistorySource<Row, Cursor>): History<Row> {
  const [{ pages, read, news, isMine }] = useState(make);
  const [log, setLog] = useState<Log<Row, Cursor>>(emptyPages);
  const [error, setError] = useState<AppError | null>(null);
  const reading = useRef(false);
  const readOn = useCallback(
    async (before: Cursor | null) => {
      if (reading.current) return;
      reading.current = true;
      const reply = await read(before, pageSize);
      reading.current = false;
      setError(reply.ok ? null : reply.error);
      if (reply.ok) setLog((old) => pages.addPage(old, reply.value, pageSize));
    },
    [pages, read],
  );
  useEffect(() => {
    const stop = useCrema.subscribe((state, before) => {
      const changed = news(state);
      if (changed !== news(before)) setLog((old) => pages.addNews(old, changed.filter(isMine)));
    });
    const begin = async (): Promise<void> => readOn(null);
    void begin();
    return stop;
  }, [pages, news, isMine, readOn]);
  // The feed sends no changes of a capture that is being read, so the newest page is requested again.
  const grown = useCrema((state) => shownCapture(state)?.entries ?? null);
  const [seen, setSeen] = useState(grown);
  useEffect(() => {
    if (grown === seen) return;
    let isActive = true;
    const renew = async (): Promise<void> => {
      const reply = await read(null, pageSize);
      if (!isActive || !reply.ok) return;
      setLog((old) => pages.renew(old, reply.value, pageSize));
      setSeen(grown);
    };
    void renew();
    return () => {
      isActive = false;
    };
  }, [grown, seen, pages, read]);
  const { cursor, complete } = log;
  const more = useCallback(() => void readOn(cursor), [readOn, cursor]);
  const rows = useMemo(() => pages.shown(log), [pages, log]);
  return { rows, begun: cursor !== null || complete, complete, error, more };
}
