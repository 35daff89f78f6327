import { useEffect, useState } from 'react';
import { everyFrame } from '#shared/filter/frames';
import type { FrameDetail, FrameRow } from '#shared/model/frame';
import { request } from '../../../bridge/request';

/** ms after a frame in which later frames belong to it, and ms between checks. */
export const listenTime = 30_000;
const lookEvery = 500;
const most = 100;

export interface Replies {
  readonly frame: FrameDetail | null;
  /** Frames of the machine since then on the same connection, oldest first. */
  readonly rows: readonly FrameRow[];
  /** ms left to wait. */
  readonly left: number;
}

/** A sent frame, and the machine's next frames. */
export function useReplies(vmcNo: number, id: number | null): Replies {
  const [replies, setReplies] = useState<Replies>({ frame: null, rows: [], left: listenTime });
  useEffect(() => {
    if (id === null) return;
    let wanted = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const began = Date.now();
    const sent = async (): Promise<FrameDetail | null> => {
      const reply = await request('frame', { id });
      return reply.ok ? reply.value : null;
    };
    const look = async (known: FrameDetail | null): Promise<void> => {
      const frame = known ?? (await sent());
      const filter = { ...everyFrame, vmcNo, dir: 'in' } as const;
      const page = await request('frames', { filter, place: { after: id }, limit: most });
      if (!wanted) return;
      const left = Math.max(0, began + listenTime - Date.now());
      const found = page.ok ? page.value.rows : [];
      const rows = found.filter((row) => row.conn === frame?.conn).toReversed();
      setReplies((old) => ({ frame, rows: merged(old.rows, rows), left }));
      if (left > 0) timer = setTimeout(() => void look(frame), lookEvery);
    };
    void look(null);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [vmcNo, id]);
  return replies;
}

/** Earlier rows stay, even if there are more rows than a page holds. */
function merged(old: readonly FrameRow[], rows: readonly FrameRow[]): readonly FrameRow[] {
  const last = old.at(-1)?.id ?? 0;
  const fresh = rows.filter(({ id }) => id > last);
  return fresh.length === 0 ? old : [...old, ...fresh].slice(0, most);
}
