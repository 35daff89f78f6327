/** How many entries on record a filter lets through, to the last: one look of the journal stops after a time. */
import { everyFrame } from '#shared/filter/frames';
import type { FrameCount } from '#shared/model/frame';
import type { TestApp } from './app';

/** What all looks come to, as one. */
export async function countedWhole(look: (after: number | null) => Promise<FrameCount>): Promise<FrameCount> {
  let whole = await look(null);
  while (whole.next !== null) {
    const more = await look(whole.next);
    whole = { ...more, count: whole.count + more.count };
  }
  return whole;
}

export async function onRecord({ page }: TestApp, text: string): Promise<number> {
  const filter = { ...everyFrame, text };
  const { count } = await countedWhole(async (after) => {
    const reply = await page.evaluate((asked) => window.crema.countFrames(asked), { filter, after });
    if (!reply.ok) throw new Error(reply.error.code);
    return reply.value;
  });
  return count;
}
