import { useCallback, useEffect, useRef, useState } from 'react';
import type { AppError } from '#shared/contract/errors';
import type { AuditFilter, AuditPage, AuditRow } from '#shared/model/audit';
import { useCrema } from '../store';
import { request } from './request';

const pageSize = 200;

export interface Audit {
  /** Newest first. */
  readonly rows: readonly AuditRow[];
  readonly begun: boolean;
  readonly complete: boolean;
  readonly error: AppError | null;
  /** Faults of the whole trail; `null`: it was not read yet. */
  readonly counts: Pick<AuditPage, 'lines' | 'faults'> | null;
  readonly more: () => void;
}

interface Read {
  readonly filter: AuditFilter;
  readonly page: AuditPage;
}

/** The lines that a filter lets through, kept up to date: the trail is read again whenever a line was added. */
export function useAudit(filter: AuditFilter): Audit {
  const [read, setRead] = useState<Read | null>(null);
  const [error, setError] = useState<AppError | null>(null);
  const wanted = useRef(filter);
  useEffect(() => {
    wanted.current = filter;
    const ask = async (): Promise<void> => {
      const reply = await request('audit', { filter, before: null, limit: pageSize });
      if (wanted.current !== filter) return;
      setError(reply.ok ? null : reply.error);
      if (reply.ok) setRead((before) => ({ filter, page: joined(before, filter, reply.value) }));
    };
    void ask();
    return useCrema.subscribe(({ audit }, before) => {
      if (audit.written !== before.audit.written) void ask();
    });
  }, [filter]);
  const more = useCallback(() => {
    const oldest = read?.page.rows.at(-1)?.line;
    if (read === null || read.filter !== filter || oldest === undefined) return;
    const ask = async (): Promise<void> => {
      const reply = await request('audit', { filter, before: oldest, limit: pageSize });
      if (wanted.current !== filter) return;
      setError(reply.ok ? null : reply.error);
      if (!reply.ok) return;
      const { rows, hasMore } = reply.value;
      setRead((before) =>
        before?.filter !== filter || before.page.rows.at(-1)?.line !== oldest
          ? before
          : { filter, page: { ...before.page, rows: [...before.page.rows, ...rows], hasMore } },
      );
    };
    void ask();
  }, [read, filter]);
  return {
    rows: read?.page.rows ?? [],
    begun: read !== null,
    complete: read !== null && !read.page.hasMore,
    error,
    counts: read?.page ?? null,
    more,
  };
}

/** The newest page, and the older pages already read with the same filter: lines are only ever added. */
function joined(before: Read | null, filter: AuditFilter, page: AuditPage): AuditPage {
  const oldest = page.rows.at(-1)?.line;
  if (before?.filter !== filter || oldest === undefined || !page.hasMore) return page;
  const older = before.page.rows.filter(({ line }) => line < oldest);
  // More lines were added than a page has.
  if (older.length === before.page.rows.length) return page;
  return { ...page, rows: [...page.rows, ...older], hasMore: older.length === 0 || before.page.hasMore };
}
