/** The total number of recorded entries that pass a filter. One query of the journal stops after a time limit. */
import { everyFrame } from '#shared/filter/frames';
import type { FrameCount } from '#shared/model/frameCount';
import type { TestApp } from './app';

/** The sum of all queries. */
export async function countedWhole(look: (after: number | null) => Promise<FrameCount>): Promise<FrameCount> {
  let whole = await look(null);
  while (whole.next !== null) {
    const more = await look(whole.next);
    whole = { ...more, count: whole.count + more.count, bars: joined(whole.bars, more.bars) };
  }
  return whole;
}

function joined(one: FrameCount['bars'], other: FrameCount['bars']): FrameCount['bars'] {
  if (one === null || other === null) return null;
  const sums = (a: readonly number[], b: readonly number[]): number[] =>
    a.map((count, n) => count + (b[n] ?? 0));
  return { entries: sums(one.entries, other.entries), errors: sums(one.errors, other.errors) };
}

export async function onRecord({ page }: TestApp, text: string): Promise<number> {
  const filter = { ...everyFrame, text };
  const { count } = await countedWhole(async (after) => {
    const reply = await page.evaluate((asked) => window.crema.request('countFrames', asked), {
      filter,
      after,
      bins: null,
    });
    if (!reply.ok) throw new Error(reply.error.code);
    return reply.value;
  });
  return count;
}
