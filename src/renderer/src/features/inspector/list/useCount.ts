import { useEffect, useState } from 'react';
import type { FrameFilter } from '#shared/filter/frames';
import { request } from '../../../bridge/request';
import { useCrema } from '../../../store';
import { shownCapture } from '../../../store/source';

export interface Count {
  readonly entries: number;
  /** All were looked at; otherwise there are at least so many. */
  readonly isWhole: boolean;
}

/** ms between two looks at what has come meanwhile. */
const lookEvery = 1_000;
/** ms after a look that was refused. */
const retryAfter = 5_000;
/** ms: what must be read entry by entry is not counted to its end at any cost; then there are "over" so many. */
const countTime = 10_000;

/** How many entries the filter lets through in all; `null`: not known yet. It grows while it is counted, and with what passes. */
export function useCount(filter: FrameFilter): Count | null {
  const [count, setCount] = useState<(Count & { readonly file: string | null }) | null>(null);
  const grows = useCrema((s) => (shownCapture(s)?.reading.state ?? 'running') === 'running');
  // Another file is another count.
  const file = useCrema(({ journal }) => (journal.status === 'open' ? (journal.aside?.file ?? '') : null));
  useEffect(() => {
    let wanted = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = async (after: number | null, known: number, since: number): Promise<void> => {
      const reply = await request('countFrames', { filter, after });
      if (!wanted) return;
      if (!reply.ok) {
        // Such as while the journal's thread begins anew: what was counted stands until then.
        timer = setTimeout(() => void look(null, 0, performance.now()), retryAfter);
        return;
      }
      const { next, last } = reply.value;
      const entries = known + reply.value.count;
      setCount({ file, entries, isWhole: next === null });
      if (next !== null) {
        if (performance.now() - since < countTime) void look(next, entries, since);
      } else if (grows) timer = setTimeout(() => void look(last, entries, performance.now()), lookEvery);
    };
    void look(null, 0, performance.now());
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [filter, grows, file]);
  return count?.file === file ? count : null;
}
