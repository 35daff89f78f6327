import type { FrameRow } from '#shared/model/frame';
import type { FrameReader } from '../../../bridge/frames';
import { useHotkey } from '../../../ui/useHotkey';
import { indexOf, isFold } from './lines';
import { knownRow } from './listState';
import { untilMoved, type ListStore } from './listStore';

/** Moves to the next or previous frame with the same command of the same machine. */
export function useSameCommand(list: ListStore, frames: FrameReader): void {
  const go = (which: 'previous' | 'next'): void => {
    const state = list.getState();
    const { log, cursor, opened } = state;
    const { rows } = log;
    const row = knownRow(state, cursor !== null && !isFold(cursor) ? cursor : opened);
    if (row === null) return;
    const here = indexOf(rows, row.id);
    const open = (id: number): void => list.dispatch({ type: 'opened', id });
    const isSame = (other: FrameRow): boolean =>
      other.cmd?.toLowerCase() === row.cmd?.toLowerCase() &&
      other.vmcNo === row.vmcNo &&
      other.kind === row.kind;
    // The opened row is not in the list: its neighbours must be searched in the journal.
    const [before, beyond] = here < 0 ? [[], []] : [rows.slice(0, here), rows.slice(here + 1)];
    const listed = which === 'previous' ? before.findLast(isSame) : beyond.find(isSame);
    if (listed !== undefined) open(listed.id);
    else if (row.cmd !== null) {
      // The result must not move a user who has gone elsewhere.
      const isActive = untilMoved(list);
      void frames.sameCommand(row, which, isActive).then((id) => id !== null && isActive() && open(id));
    }
  };
  useHotkey('previousSame', () => go('previous'));
  useHotkey('nextSame', () => go('next'));
}
