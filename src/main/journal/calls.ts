/** What the main thread may ask the journal's worker thread. Both sides are ours; the types are the contract. */
import type { Fault, FaultQuery } from '#shared/model/history';
import type { Batch, FrameQuery, StoredEntry } from './store';

export type OpenResult =
  | {
      readonly kind: 'open';
      readonly last: { readonly entry: number; readonly conn: number };
      readonly damagedCopy: string | null;
    }
  | { readonly kind: 'newer'; readonly version: number }
  | { readonly kind: 'failed'; readonly detail: string };

export interface Calls {
  open: { args: { readonly file: string }; result: OpenResult };
  append: { args: Batch; result: null };
  frames: { args: FrameQuery; result: readonly StoredEntry[] };
  entry: { args: { readonly id: number }; result: StoredEntry | null };
  entriesAfter: { args: { readonly after: number; readonly limit: number }; result: readonly StoredEntry[] };
  faults: { args: FaultQuery; result: readonly Fault[] };
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
  | { readonly id: number; readonly ok: false; readonly detail: string };
