import { useEffect, useState } from 'react';
import type { Reply } from '#shared/contract/requests/index';
import type { ReplayRow } from '#shared/model/replay';
import { request } from './request';
import { useCrema } from '../store';

/** ms between two requests while rows change. */
const lookEvery = 400;
const pageSize = 500;

/** The newest rows of the replay; `null`: they are being read. `isWhole`: there are no older rows. */
export function useReplayRows(
  limit: number,
  differing: boolean,
): { readonly rows: readonly ReplayRow[]; readonly isWhole: boolean } | null {
  const replay = useCrema((s) => s.replay);
  const [shown, setShown] = useState<{
    readonly rows: readonly ReplayRow[];
    readonly isWhole: boolean;
  } | null>(null);
  const version = replay === null ? '' : JSON.stringify([replay.id, replay.rows, replay.counts, replay.sent]);
  const [read, setRead] = useState<string | null>(null);
  const wanted = `${version} ${limit} ${differing}`;
  useEffect(() => {
    if (read === wanted) return;
    let isCurrent = true;
    const look = async (): Promise<void> => {
      const reply = await request('replayRows', { before: null, limit, differing });
      if (!isCurrent) return;
      if (reply.ok) setShown({ rows: reply.value.rows, isWhole: reply.value.next === null });
      setRead(wanted);
    };
    const timer = setTimeout(() => void look(), read === null ? 0 : lookEvery);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [wanted, read, limit, differing]);
  return shown;
}

/** All stored rows, oldest first. Never throws: unreadable rows are left out. */
export async function allReplayRows(): Promise<readonly ReplayRow[]> {
  const all: ReplayRow[] = [];
  for (let before: number | null | undefined = null; before !== undefined;) {
    const reply: Reply<'replayRows'> = await request('replayRows', {
      before,
      limit: pageSize,
      differing: false,
    });
    if (reply.ok) all.push(...reply.value.rows);
    before = reply.ok ? (reply.value.next ?? undefined) : undefined;
  }
  return all.toReversed();
}
