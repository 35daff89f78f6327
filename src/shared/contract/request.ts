/** The form of a request's row (requests/<subject>.ts). Preload, bridge, guard, routing and audit derive from the rows. */
import type { z } from 'zod';
import type { FactName } from './facts';

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
