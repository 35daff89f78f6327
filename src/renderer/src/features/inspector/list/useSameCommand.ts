import type { FrameRow } from '#shared/model/frame';
import type { FrameList } from '../../../bridge/frames';
import { useHotkey } from '../../../ui/useHotkey';
import { indexOf } from './lines';

/** `[` and `]`: to the frame before and after with the same command, of the same machine. */
export function useSameCommand(
  rows: readonly FrameRow[],
  from: number | null,
  frames: FrameList,
  onOpen: (id: number) => void,
): void {
  const here = from === null ? -1 : indexOf(rows, from);
  const row = rows[here];
  const isAlike = (other: FrameRow): boolean =>
    row !== undefined &&
    other.cmd?.toLowerCase() === row.cmd?.toLowerCase() &&
    other.vmcNo === row.vmcNo &&
    other.kind === row.kind;
  useHotkey('[', () => {
    if (row === undefined) return;
    const before = rows.slice(0, here).findLast(isAlike);
    if (before !== undefined) {
      onOpen(before.id);
      return;
    }
    if (row.cmd === null) return;
    void frames.alike(row, 'previous').then((id) => id !== null && onOpen(id));
  });
  useHotkey(']', () => {
    if (row === undefined) return;
    const after = rows.slice(here + 1).find(isAlike);
    if (after !== undefined) {
      onOpen(after.id);
      return;
    }
    if (row.cmd === null) return;
    void frames.alike(row, 'next').then((id) => id !== null && onOpen(id));
  });
}
