/** Calls of the thread that folds entries of other sites, and the questions that it asks before. */
import type { MessagePort } from 'node:worker_threads';
import type { StoredFleet } from '../../core/state/restoreFleet';
import type { Fault, OrderRecord } from '#shared/model/history';
import type { PackedEntries, ReadDetails } from '../../journal/api';

/** Machine states as JSON. */
export type States = readonly { readonly vmcNo: number; readonly state: string }[];

/** Sizes of a journal's fold in memory. */
export interface FoldSizes {
  readonly machines: number;
  /** Open connections. */
  readonly connections: number;
}

/** The result of a batch of entries. */
export interface Folded extends FoldSizes {
  readonly faults: readonly Fault[];
  readonly orders: readonly OrderRecord[];
  /** The states after the batch of machines that changed since the last checkpoint. Empty if none was asked for. */
  readonly states: States;
}

interface OfFold {
  /** The number of the fold. Each opened journal has one. */
  readonly fold: number;
}

export interface FoldCalls {
  /** Restores the machines of a journal. `port`: answers `StoredCalls`. `last`: its newest entry. */
  open: { args: OfFold & { readonly port: MessagePort; readonly last: number }; result: FoldSizes };
  take: {
    args: OfFold & {
      readonly entries: PackedEntries;
      readonly read: ReadDetails;
      readonly isCheckpoint: boolean;
    };
    result: Folded;
  };
  /** The states of machines that changed since the last checkpoint, and since the last report. */
  checkpoint: { args: OfFold; result: States };
  report: { args: OfFold; result: States };
  forgetOrders: { args: OfFold & { readonly through: number }; result: null };
  close: { args: OfFold; result: null };
}

/** Questions about the journal's file, which the asking thread does not open. */
export type StoredCalls = {
  readonly [Name in keyof StoredFleet]: {
    readonly args: Parameters<StoredFleet[Name]>;
    readonly result: Awaited<ReturnType<StoredFleet[Name]>>;
  };
};
