/** What the main thread may ask the journal's worker thread. Both sides are ours; the types are the contract. */
import type { Command, CommandQuery } from '#shared/model/command';
import type { Fault, FaultQuery, OrderQuery, OrderRecord } from '#shared/model/history';
import type { FrameCount } from '#shared/model/frame';
import type { Relations } from '#shared/model/relations';
import type { Activity, ActivityQuery, JournalSize, Mark } from '#shared/model/journal';
import type { RetainArgs } from './retention';
import type { CountQuery } from './count';
import type { StoredEntry } from '#shared/model/frame';
import type { FrameQuery, StoredPage } from './frames';
import type { Batch, LastNumbers } from './store';

export type OpenResult =
  | {
      readonly kind: 'open';
      readonly last: LastNumbers;
      readonly damagedCopy: string | null;
    }
  | { readonly kind: 'newer'; readonly version: number }
  | { readonly kind: 'failed'; readonly detail: string; readonly code: string };

export interface Calls {
  open: { args: { readonly file: string }; result: OpenResult };
  append: { args: Batch; result: null };
  frames: { args: FrameQuery; result: StoredPage };
  countFrames: { args: CountQuery; result: FrameCount };
  entry: { args: { readonly id: number }; result: StoredEntry | null };
  entriesAfter: { args: { readonly after: number; readonly limit: number }; result: readonly StoredEntry[] };
  faults: { args: FaultQuery; result: readonly Fault[] };
  orders: { args: OrderQuery; result: readonly OrderRecord[] };
  commands: { args: CommandQuery; result: readonly Command[] };
  openCommands: { args: null; result: readonly Command[] };
  relations: { args: { readonly id: number }; result: Relations | null };
  activity: { args: ActivityQuery; result: Activity };
  marks: { args: null; result: readonly Mark[] };
  setMark: { args: Mark; result: null };
  size: { args: null; result: JournalSize };
  /** True: there is more to take out. */
  retain: { args: RetainArgs; result: boolean };
  machines: { args: null; result: Batch['machines'] };
  close: { args: null; result: null };
}
export type CallName = keyof Calls;

export interface CallMessage<C extends CallName = CallName> {
  readonly id: number;
  readonly name: C;
  readonly args: Calls[C]['args'];
}
export type AnswerMessage =
  | { readonly id: number; readonly ok: true; readonly result: unknown }
  /** `isDamaged`: the file itself is; the next `open` sets it aside and begins a new one. */
  | {
      readonly id: number;
      readonly ok: false;
      readonly detail: string;
      readonly code: string;
      readonly isDamaged: boolean;
    };
