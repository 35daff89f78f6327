/** Requests about the histories: faults, orders, commands and diagnoses, and the journal that has them. */
import { z } from 'zod';
import type { Command } from '../model/command';
import type { Diagnosis } from '../model/diagnosis';
import type { FaultSums } from '../model/faultSums';
import type { Fault, OrderCounts, OrderRecord } from '../model/history';
import type { JournalSize } from '../model/journal';
import type { OrderSums } from '../model/orderSums';
import { before, capture, limit, nothing, vmcNo } from './fields';

export const historyRequests = {
  /** A page of the error history, newest first. */
  faults: z.strictObject({
    capture,
    vmcNo: vmcNo.nullable(),
    activeOnly: z.boolean(),
    /** Of this code alone, whatever its spelling; that began within these times. */
    code: z.string().min(1).max(10_000).nullable().exactOptional(),
    during: z.strictObject({ from: z.number(), to: z.number() }).nullable().exactOptional(),
    before: z.strictObject({ setAt: z.int(), id: z.int().min(1) }).nullable(),
    limit,
  }),
  /** What they come to, by code and by day (those of the code alone). */
  faultSums: z.strictObject({
    capture,
    vmcNo: vmcNo.nullable(),
    code: z.string().min(1).max(10_000).nullable(),
  }),
  /** A person says that an active error is over, and why; its machine has not said so. */
  closeFault: z.strictObject({ vmcNo, fault: z.int().min(1), note: z.string().trim().min(1).max(500) }),
  /** Pages of the histories, newest first. */
  orders: z.strictObject({
    capture,
    vmcNo: vmcNo.nullable(),
    during: z.strictObject({ from: z.int(), to: z.int() }).exactOptional(),
    before: z.strictObject({ at: z.int(), entry: z.int().min(1) }).nullable(),
    limit,
  }),
  /** What they come to in a span of time; `null`: without an end. */
  orderSums: z.strictObject({
    capture,
    vmcNo: vmcNo.nullable(),
    from: z.int().nullable(),
    to: z.int().nullable(),
  }),
  /** The newest orders with this text in their number. */
  findOrders: z.strictObject({ capture, text: z.string().min(1).max(64), limit: z.int().min(1).max(50) }),
  /** Of each machine since then: orders that it has told to be made or failed. */
  orderCounts: z.strictObject({ capture, since: z.int() }),
  commands: z.strictObject({ capture, vmcNo: vmcNo.nullable(), before, limit }),
  /** What was wrong with a machine and when, newest first; what is so still among them. */
  diagnoses: z.strictObject({ vmcNo, limit }),
  journalSize: nothing,
  /** Sets a journal of another version aside and begins a new one. */
  beginJournal: nothing,
} as const;

export interface HistoryResults {
  faults: readonly Fault[];
  faultSums: FaultSums;
  closeFault: null;
  orders: readonly OrderRecord[];
  findOrders: readonly OrderRecord[];
  orderCounts: OrderCounts;
  orderSums: OrderSums;
  commands: readonly Command[];
  diagnoses: readonly Diagnosis[];
  journalSize: JournalSize;
  beginJournal: null;
}
