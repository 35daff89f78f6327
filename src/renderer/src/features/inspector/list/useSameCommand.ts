import type { FrameRow } from '#shared/model/frame';
import type { FrameReader } from '../../../bridge/frames';
import { useHotkey } from '../../../ui/useHotkey';
import { indexOf, isFold } from './lines';
import { untilMoved, type ListStore } from './listStore';

/** To the frame before and after with the same command, of the same machine. */
export function useSameCommand(list: ListStore, frames: FrameReader): void {
  const go = (which: 'previous' | 'next'): void => {
    const { log, cursor, opened } = list.getState();
    const { rows } = log;
    const here = indexOf(rows, (cursor !== null && !isFold(cursor) ? cursor : opened) ?? 0);
    const row = rows[here];
    if (row === undefined) return;
    const open = (id: number): void => list.dispatch({ type: 'opened', id });
    const isSame = (other: FrameRow): boolean =>
      other.cmd?.toLowerCase() === row.cmd?.toLowerCase() &&
      other.vmcNo === row.vmcNo &&
      other.kind === row.kind;
    const listed =
      which === 'previous' ? rows.slice(0, here).findLast(isSame) : rows.slice(here + 1).find(isSame);
    if (listed !== undefined) open(listed.id);
    else if (row.cmd !== null) {
      // Whoever has gone on meanwhile stays there.
      const isActive = untilMoved(list);
      void frames.sameCommand(row, which, isActive).then((id) => id !== null && isActive() && open(id));
    }
  };
  useHotkey('previousSame', () => go('previous'));
  useHotkey('nextSame', () => go('next'));
}
