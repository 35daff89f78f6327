/** The form of a request's row (requests/<subject>.ts). Preload, bridge, guard, routing and audit derive from the rows. */
import { z } from 'zod';
import type { Platform } from '../model/machineSettings';
import type { OwnErrors } from '../model/ownErrors';

/** The thread that answers. */
type Thread = 'desktop' | 'machines' | 'journal';
/**
 * `live`: about live machines, refused while the window shows a capture. `source`: about what the window shows, live data or a
 * capture. `app`: about neither.
 */
type Scope = 'app' | 'live' | 'source';
/** The arguments that the audit trail keeps: none, all, or the part that desktop/audit/acts.ts makes of them (secrets, pictures, results). */
type Audit = false | 'args' | 'own';

declare const resultType: unique symbol;
/** Carries the type of a result; it has no value. */
interface ResultType<R> {
  readonly [resultType]?: R;
}
export const result = <R>(): ResultType<R> => ({});
/** The type that a row's `result` carries. */
export type ResultOf<Row extends RequestRow> = Row['result'] extends ResultType<infer R> ? R : never;

interface RequestRow {
  readonly thread: Thread;
  readonly scope: Scope;
  readonly audit: Audit;
  readonly args: z.ZodType;
  readonly result: ResultType<unknown>;
  /** Facts that main adds to a question of the journal. */
  readonly facts?: readonly FactName[];
}
export type RequestRows = Readonly<Record<string, RequestRow>>;

/** Facts that main adds to a question of the journal. They depend on the shown source. */
export interface Facts {
  /** The source's clock, ms since 1970: a capture's is the time of its last entry. */
  readonly now: number;
  /** Whether Crema itself may have confirmed a reported payment. A capture does not show who confirmed it. */
  readonly rehearses: boolean;
  /** Machine names by number, as users set them. */
  readonly names: Readonly<Record<number, string>>;
  /** The workshop's own error texts and severities. */
  readonly ownErrors: OwnErrors;
  /** Machine platforms, as far as known. */
  readonly platforms: Readonly<Record<number, Platform>>;
  /** Currencies of machines that have their own, and the currency of all others. */
  readonly currencies: Readonly<Record<number, string>>;
  readonly currency: string;
}
export type FactName = keyof Facts;

// Schemas that the requests of several files share.
export const nothing = z.undefined();
export const vmcNo = z.int().min(0).max(Number.MAX_SAFE_INTEGER);
/** An opened capture by its number; left out: live data. */
export const capture = z.int().min(1).exactOptional();
/** Rows of a page. */
export const limit = z.int().min(1).max(500);
/** The last row of the previous page; `null`: the first page. */
export const before = z.int().min(1).nullable();
export const frameFilter = z.strictObject({
  vmcNo: vmcNo.nullable(),
  dir: z.enum(['in', 'out']).nullable(),
  cmd: z.string().max(64).nullable(),
  text: z.string().max(2_000),
});
