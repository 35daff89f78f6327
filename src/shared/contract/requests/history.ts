/** Requests about the histories (faults, orders, commands, diagnoses) and about the journal. */
import { z } from 'zod';
import { longestClosingNote } from '../../limits';
import type { Command } from '../../model/command';
import type { Diagnosis } from '../../model/diagnosis';
import type { FaultSums } from '../../model/faultSums';
import type { Fault, OrderCounts, OrderRecord } from '../../model/history';
import type { JournalSize } from '../../model/journal';
import type { OrderSums } from '../../model/orderSums';
import { result, type RequestRows, before, limit, nothing, vmcNo } from '../request';

export const historyRequests = {
  /** A page of the error history, newest first. */
  faults: {
    thread: 'journal',
    scope: 'source',
    audit: false,
    args: z.strictObject({
      vmcNo: vmcNo.nullable(),
      activeOnly: z.boolean(),
      /** `code`: in any spelling. `during`: the time in which an error started. */
      code: z.string().min(1).max(10_000).nullable().exactOptional(),
      during: z.strictObject({ from: z.number(), to: z.number() }).nullable().exactOptional(),
      before: z.strictObject({ setAt: z.int(), id: z.int().min(1) }).nullable(),
      limit,
    }),
    result: result<readonly Fault[]>(),
  },
  /** Sums of faults, by code and by day (the days of one code alone). */
  faultSums: {
    thread: 'journal',
    scope: 'source',
    audit: false,
    facts: ['now', 'platforms'],
    args: z.strictObject({
      vmcNo: vmcNo.nullable(),
      code: z.string().min(1).max(10_000).nullable(),
    }),
    result: result<FaultSums>(),
  },
  /** A person closes an active error, with a reason; its machine has not reported the end. */
  closeFault: {
    thread: 'machines',
    scope: 'live',
    audit: 'args',
    args: z.strictObject({
      vmcNo,
      fault: z.int().min(1),
      note: z.string().trim().min(1).max(longestClosingNote),
    }),
    result: result<null>(),
  },
  /** Pages of the histories, newest first. */
  orders: {
    thread: 'journal',
    scope: 'source',
    audit: false,
    args: z.strictObject({
      vmcNo: vmcNo.nullable(),
      during: z.strictObject({ from: z.int(), to: z.int() }).exactOptional(),
      before: z.strictObject({ at: z.int(), entry: z.int().min(1) }).nullable(),
      limit,
    }),
    result: result<readonly OrderRecord[]>(),
  },
  /** Sums of orders in a span of time; `null`: without an end. */
  orderSums: {
    thread: 'journal',
    scope: 'source',
    audit: false,
    facts: ['now', 'rehearses', 'currencies', 'currency'],
    args: z.strictObject({
      vmcNo: vmcNo.nullable(),
      from: z.int().nullable(),
      to: z.int().nullable(),
    }),
    result: result<OrderSums>(),
  },
  /** Asks for a place and writes all sums of orders there as CSV; `null`: no place was chosen. */
  saveOrderTotals: {
    thread: 'desktop',
    scope: 'source',
    audit: false,
    args: z.strictObject({
      vmcNo: vmcNo.nullable(),
      from: z.int().nullable(),
      to: z.int().nullable(),
      /** Texts for heads, kinds and payment types (renderer/src/text/orderWords.ts). */
      words: z
        .record(z.string().max(60), z.string().max(300))
        .refine((words) => Object.keys(words).length <= 100),
    }),
    /** The name of the file. */
    result: result<string | null>(),
  },
  /** The newest orders with this text in their number. */
  findOrders: {
    thread: 'journal',
    scope: 'source',
    audit: false,
    args: z.strictObject({ text: z.string().min(1).max(64), limit: z.int().min(1).max(50) }),
    result: result<readonly OrderRecord[]>(),
  },
  /** Since then, by machine: orders that the machine reported as made or failed. */
  orderCounts: {
    thread: 'journal',
    scope: 'source',
    audit: false,
    args: z.strictObject({ since: z.int() }),
    result: result<OrderCounts>(),
  },
  commands: {
    thread: 'journal',
    scope: 'source',
    audit: false,
    args: z.strictObject({ vmcNo: vmcNo.nullable(), before, limit }),
    result: result<readonly Command[]>(),
  },
  /** Diagnoses of a machine with their times, newest first, also those that are still true. */
  diagnoses: {
    thread: 'journal',
    scope: 'app',
    audit: false,
    args: z.strictObject({ vmcNo, limit }),
    result: result<readonly Diagnosis[]>(),
  },
  journalSize: {
    thread: 'journal',
    scope: 'app',
    audit: false,
    args: nothing,
    result: result<JournalSize>(),
  },
  /** Sets a journal of another version aside and starts a new one. */
  beginJournal: {
    thread: 'machines',
    scope: 'app',
    audit: 'args',
    args: nothing,
    result: result<null>(),
  },
} as const satisfies RequestRows;
