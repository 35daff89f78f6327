/**
 * A run: the same steps for some machines. A batch is a run of one command over many, a sequence one of several steps, usually over one.
 * Times are ms since 1970.
 */
import type { CommandName } from '../commands/index';
import type { AppError } from '../contract/errors';
import type { CommandStep } from './command';
import type { JsonObject } from './json';
import type { RunStep, Said } from './sequence';

export interface Waves {
  /** Machines that are begun together; `null`: all. */
  readonly atOnce: number | null;
  /** s between the end of a wave and the next. */
  readonly pause: number;
  /** So many failures end it; `null`: none do. */
  readonly stopAfter: number | null;
}

/** `stopping`: no step begins any more; what was sent is still waited for. */
export const runStates = ['running', 'paused', 'stopping', 'ended'] as const;
export type RunState = (typeof runStates)[number];
export const runEnds = ['finished', 'byPerson', 'failures', 'cremaClosed'] as const;
export type RunEnd = (typeof runEnds)[number];

/**
 * waiting: not begun. running: in a step. asking: a person has to answer. done: to the end, every command proved. unproven: to the end, but
 * something that nothing proves is among it. failed: a step was refused, failed or had no proof in time. stopped: by a person, or with the run.
 * leftOut: chosen, but it could not get it when the run was started.
 */
export const lineStates = [
  'waiting',
  'running',
  'asking',
  'done',
  'unproven',
  'failed',
  'stopped',
  'leftOut',
] as const;
export type LineState = (typeof lineStates)[number];
export const openLineStates: ReadonlySet<LineState> = new Set<LineState>(['waiting', 'running', 'asking']);
export type RunCounts = Readonly<Record<LineState, number>>;

export interface Run {
  readonly id: number;
  /** Of its sequence; `null`: a batch, which is called as its command is. */
  readonly title: Said | null;
  readonly steps: readonly RunStep[];
  readonly waves: Waves;
  readonly state: RunState;
  readonly startedAt: number;
  readonly endedAt: number | null;
  /** Why it ended, or is about to. */
  readonly end: RunEnd | null;
  /** When the next wave begins; `null`: none is awaited. */
  readonly nextAt: number | null;
  /** All that were chosen, those that were left out among them. */
  readonly machines: number;
  readonly counts: RunCounts;
}

/**
 * What became of a step. late: proved after it was given up. withoutProof: nothing can prove it, and the step says to go on. passedOver: this
 * machine's program has no such command. Of an expired or unconfirmable one nobody knows.
 */
export const stepOutcomes = [
  'confirmed',
  'late',
  'withoutProof',
  'passedOver',
  'waited',
  'yes',
  'no',
  'failed',
  'expired',
  'unconfirmable',
  'cancelled',
  'refused',
  'stopped',
] as const;
export type StepOutcome = (typeof stepOutcomes)[number];

export interface LineStep {
  readonly at: number;
  readonly endedAt: number | null;
  /** `null`: it is under way. */
  readonly outcome: StepOutcome | null;
  /** Its number in the journal. */
  readonly command: number | null;
  /** What was seen of it last; its entry is the evidence. */
  readonly last: CommandStep | null;
  /** Why the command was not taken. */
  readonly error: AppError | null;
  /** When a wait is over. */
  readonly until: number | null;
}

/** Why a machine gets nothing of a run, and which step (from 0) is in the way. */
export interface LeftOut {
  readonly step: number;
  readonly error: AppError;
}

/** One machine of a run. */
export interface RunLine {
  readonly id: number;
  readonly run: number;
  readonly vmcNo: number;
  readonly state: LineState;
  /** When that became so. */
  readonly since: number;
  /** Those that were begun. */
  readonly steps: readonly LineStep[];
  /** `null`: it takes part. */
  readonly leftOut: LeftOut | null;
}

/** A command that a run gave, or that was not taken of it. */
export interface RunCommand {
  readonly run: number;
  readonly vmcNo: number;
  readonly name: CommandName;
  readonly input: JsonObject;
  readonly given: { readonly id: number } | AppError;
}

/** Where a page of runs ended. */
export interface RunQuery {
  readonly before: number | null;
  readonly limit: number;
}

/** What a machine would get now. */
export interface RunPreview {
  readonly vmcNo: number;
  /** `null`: nothing is in its way. */
  readonly refused: LeftOut | null;
  readonly online: boolean;
  /** Steps that nothing this machine sends can prove. */
  readonly unprovable: readonly number[];
}
