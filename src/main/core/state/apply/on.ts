/** A message's effect on its machine's state. */
import type { FrameEntry } from '#shared/model/frame';
import type { ClearedBy } from '#shared/model/history';
import { lastReport, type Evident, type MachineState, type ReportedState } from '#shared/model/machine';
import type { BodyOf, Fields } from '#shared/messages/row';
import type { Direction } from '#shared/model/wire';

/** `null`: no changes. */
export type Changes = Partial<MachineState> | null;

interface Row {
  readonly direction: Direction;
  readonly cmd: string;
  readonly fields: Fields;
}

export interface Apply<R extends Row = Row> {
  readonly row: R;
  readonly changes: (machine: MachineState, body: BodyOf<R>, entry: FrameEntry) => Changes;
  /** The cause of the end, for errors that the message ends immediately. */
  readonly clearedBy: (body: BodyOf<R>) => ClearedBy;
}

export const on = <R extends Row>(
  row: R,
  changes: Apply<R>['changes'],
  clearedBy: Apply<R>['clearedBy'] = () => 'clearerror',
): Apply<R> => ({ row, changes, clearedBy });

export function evident<T>(value: T, entry: FrameEntry): Evident<T> {
  return { value, at: entry.at, entry: entry.id };
}

/** A repeated state keeps its first time: "open for 12 min" counts from the first report. */
export function sameOr<T>(old: ReportedState<T> | null, value: T, entry: FrameEntry): ReportedState<T> {
  if (old?.value !== value) return evident(value, entry);
  // After a crash entries are folded again.
  if (lastReport(old).entry >= entry.id) return old;
  return { value, at: old.at, entry: old.entry, again: { at: entry.at, entry: entry.id } };
}

/** A frame of Crema that makes the machine restart. */
export const restart = (
  { lastHeard, sequence }: MachineState,
  cmd: string,
  entry: FrameEntry,
): Pick<MachineState, 'restart'> => ({
  restart: {
    ...evident(cmd, entry),
    conn: entry.conn,
    goneAt: null,
    goneBy: null,
    heard: { at: lastHeard ?? entry.at, sequence },
    back: null,
  },
});
