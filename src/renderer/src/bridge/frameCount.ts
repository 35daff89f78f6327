/** Counts the entries that a filter lets through, slice by slice until the count is exact. A list's counter shows the total; its time strip, the bins. */
import { useEffect, useState } from 'react';
import type { AppError } from '#shared/contract/errors';
import type { FrameFilter } from '#shared/filter/frames';
import type { Bars, BinSpan, FrameCount } from '#shared/model/frameCount';
import { useCrema } from '../store';
import { shownCapture } from '../store/source';
import { request } from './request';

export interface Counted {
  readonly entries: number;
  /** `null`: without bins. */
  readonly bars: Bars | null;
  /** The bins of these counts, which may differ from the last request. */
  readonly bins: BinSpan | null;
  /** All entries were counted. */
  readonly isWhole: boolean;
  /** 0 to 1: the counted share of the journal. */
  readonly share: number;
  /** The time up to which entries are counted, ms since 1970; `null`: all, or none yet. */
  readonly until: number | null;
}

/** ms between two counts of new entries. */
const lookEvery = 1_000;
/** ms after a refused count. */
const retryAfter = 5_000;
/** ms of counting after which the count continues with pauses, so that the journal has time for others. */
const fullSpeedFor = 10_000;
const pause = 160;
/** ms after which everything is counted again, because the machine of an entry may become known later. */
const recountEvery = 30_000;
/** ms for which the earlier numbers stay during a new count. */
const keepsOld = 1_500;

const added = (known: readonly number[], more: readonly number[]): readonly number[] =>
  known.map((count, bin) => count + (more[bin] ?? 0));

function joined(known: Counted | null, part: FrameCount, bins: BinSpan | null): Counted {
  const { count, bars, next, last, newest, until } = part;
  return {
    entries: (known?.entries ?? 0) + count,
    bars:
      bars === null || known?.bars == null
        ? bars
        : { entries: added(known.bars.entries, bars.entries), errors: added(known.bars.errors, bars.errors) },
    bins,
    isWhole: next === null,
    share: next === null || newest === 0 ? 1 : last / newest,
    until: next === null ? null : Math.max(until ?? -Infinity, known?.until ?? -Infinity),
  };
}

/** Counts in slices, and then new entries. `counted` null: nothing is known yet. */
export function useFrameCount(
  filter: FrameFilter,
  bins: BinSpan | null,
): { readonly counted: Counted | null; readonly error: AppError | null } {
  const [state, setState] = useState<{ readonly counted: Counted; readonly file: string | null } | null>(
    null,
  );
  const [error, setError] = useState<AppError | null>(null);
  const grows = useCrema((s) => (shownCapture(s)?.reading.state ?? 'running') === 'running');
  // Another journal file needs a new count.
  const file = useCrema(({ journal }) => (journal.status === 'open' ? (journal.aside?.file ?? '') : null));
  const wanted = JSON.stringify({ filter, bins });
  useEffect(() => {
    let isWanted = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const asked = JSON.parse(wanted) as { readonly filter: FrameFilter; readonly bins: BinSpan | null };
    const later = (ms: number, run: () => Promise<void>): void => {
      timer = setTimeout(() => void run(), ms);
    };
    /** `began`: the start of the whole count. `hidesFor`: ms for which the earlier numbers are shown. */
    const look = async (
      after: number | null,
      known: Counted | null,
      began: number,
      hidesFor: number,
    ): Promise<void> => {
      const reply = await request('countFrames', { ...asked, after });
      if (!isWanted) return;
      setError(reply.ok ? null : reply.error);
      const now = performance.now();
      if (!reply.ok) {
        // For example while the journal's thread restarts: the earlier numbers stay until then.
        later(retryAfter, () => look(null, null, performance.now(), keepsOld));
        return;
      }
      const { next, last } = reply.value;
      const counted = joined(known, reply.value, asked.bins);
      if (counted.isWhole || now - began >= hidesFor) setState({ counted, file });
      if (next !== null) {
        const go = (): Promise<void> => look(next, counted, began, hidesFor);
        if (now - began < fullSpeedFor) void go();
        else later(pause, go);
      } else if (grows)
        later(lookEvery, () =>
          performance.now() - began < recountEvery
            ? look(last, counted, began, 0)
            : look(null, null, performance.now(), Infinity),
        );
    };
    void look(null, null, performance.now(), keepsOld);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [wanted, grows, file]);
  return { counted: state?.file === file ? state.counted : null, error };
}
