/**
 * A run: the same steps for some machines. A batch is a run of one command over many, a sequence one of several steps, usually over one.
 * Times are ms since 1970.
 */
import type { CommandName } from '../commands/index';
import { rowOf } from '../commands/kit/rows';
import type { AppError } from '../contract/errors';
import type { CommandStep } from './command';
import type { JsonObject } from './json';
import type { OwnText, RunStep } from './sequence';

/** Minutes of the day by this computer's clock, `to` left out; `to` before `from`: over midnight. */
export interface Hours {
  readonly from: number;
  readonly to: number;
}

export interface Waves {
  /** Machines of the first wave, of which each must be proved before others begin; `null`: it is as any other. */
  readonly first: number | null;
  /** Machines that are begun together; `null`: all. */
  readonly atOnce: number | null;
  /** s between the end of a wave and the next. */
  readonly pause: number;
  /** So many failures end it; `null`: none do. */
  readonly stopAfter: number | null;
  /** So many of a hundred machines that were begun have failed: it ends; `null`: it does not. */
  readonly stopShare: number | null;
  /** When steps begin; what was begun goes on. `null`: always. */
  readonly hours: Hours | null;
}

export const together: Waves = {
  first: null,
  atOnce: null,
  pause: 0,
  stopAfter: null,
  stopShare: null,
  hours: null,
};
/** Of a rollout, unless a person says otherwise. */
export const rolloutWaves: Waves = {
  first: 1,
  atOnce: 5,
  pause: 60,
  stopAfter: 2,
  stopShare: null,
  hours: null,
};

/** `stopping`: no step begins any more; what was sent is still waited for. */
export const runStates = ['running', 'paused', 'stopping', 'ended'] as const;
export type RunState = (typeof runStates)[number];
export const runEnds = ['finished', 'byPerson', 'failures', 'cremaClosed'] as const;
export type RunEnd = (typeof runEnds)[number];
/**
 * Why it is paused. firstWave: not all of its first wave were proved. notServed: a machine was refused what others would ask for too. copied:
 * the data folder was copied or moved, and another Crema may go on with it. A person may go on all the same.
 */
export const runPauses = ['byPerson', 'firstWave', 'notServed', 'copied'] as const;
export type RunPause = (typeof runPauses)[number];
/**
 * Why nothing begins although it goes on. wave, hours: until `nextAt`. logins: all that are left are offline. disk: what becomes of it can't be
 * recorded, so that it could begin a machine twice. updatesOff: no package can be fetched.
 */
export const runWaits = ['wave', 'hours', 'logins', 'disk', 'updatesOff'] as const;
export type RunWait = (typeof runWaits)[number];
/** What came of a first wave on which others depend. accepted: not all of it was proved, and a person let it go on. */
export const firstWaves = ['awaited', 'proved', 'unproved', 'accepted'] as const;
export type FirstWave = (typeof firstWaves)[number];

/**
 * waiting: not begun. running: in a step. asking: a person has to answer. done: to the end, every command proved. unproven: to the end, but
 * something that nothing proves is among it. failed: a step was refused, failed or had no proof in time. stopped: by a person, or with the run.
 * leftOut: chosen, but it could not get it when the run was started, or had what it brings by the time of its turn.
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
  readonly title: OwnText | null;
  readonly steps: readonly RunStep[];
  readonly waves: Waves;
  readonly state: RunState;
  readonly startedAt: number;
  /** Who started it: by the name said in Settings, else the operating system's; '': nobody knows. */
  readonly by: string;
  readonly endedAt: number | null;
  /** Why it ended, or is about to. */
  readonly end: RunEnd | null;
  /** `null`: it is not paused. */
  readonly paused: RunPause | null;
  /** `null`: nothing keeps it from going on. */
  readonly waits: RunWait | null;
  /** When the next wave begins; `null`: none is awaited, or nobody knows. */
  readonly nextAt: number | null;
  /** Waves that were begun. */
  readonly wave: number;
  /** `null`: nothing depends on it. */
  readonly first: FirstWave | null;
  /** All that were chosen, those that were left out among them. */
  readonly machines: number;
  readonly counts: RunCounts;
}

/**
 * What became of a step. late: proved after it was given up. withoutProof: nothing can prove it, and the step says to go on. passedOver: this
 * machine's program has no such command. lost: its command is no longer on record. Of an expired, unconfirmable or lost one nobody knows.
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
  'lost',
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

export interface LeftOutMachine extends LeftOut {
  readonly vmcNo: number;
}

/** A machine that is no longer as the dialog showed it. `refused`: what is in its way at the start; `null`: nothing is, but it was left out. */
export interface PlanChange {
  readonly vmcNo: number;
  readonly refused: LeftOut | null;
}

/** What was started. */
export interface StartedRun {
  /** `null`: no machine was left for it. */
  readonly run: Run | null;
  readonly changed: readonly PlanChange[];
}
export interface StartedRuns {
  readonly runs: readonly Run[];
  readonly changed: readonly PlanChange[];
}

/** One machine of a run. */
export interface RunMachine {
  readonly id: number;
  readonly run: number;
  readonly vmcNo: number;
  readonly state: LineState;
  /** When that became so. */
  readonly since: number;
  /** With which it was begun, from 1; `null`: it was not. */
  readonly wave: number | null;
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

/** Whether it goes on in the next run of Crema, and waits for machines that are offline: all its commands do. */
export const isKept = ({ steps }: Pick<Run, 'steps'>): boolean =>
  steps.every((step) => step.do === 'command' && rowOf(step.name).keptOverRuns);

/** A machine that has what it would get. */
export const isThere = ({ error }: LeftOut): boolean => error.code === 'runsAlready';

/** Why a machine can't be given what it had. running: it is not done with this package. untold: nobody told it of this one. */
export type NoWayBack = 'running' | 'untold' | 'versionUnknown' | 'noPackage' | 'same';

/** Machines that had this package's version before; some of them can't get it now. */
export interface WayBackGroup {
  readonly packageId: string;
  readonly machines: readonly number[];
  readonly leftOut: readonly LeftOutMachine[];
}

/** Who would get which package, to have what was there before a run. */
export interface WayBack {
  readonly groups: readonly WayBackGroup[];
  readonly without: readonly {
    readonly vmcNo: number;
    readonly why: NoWayBack;
    /** Which it had; `null`: nobody knows. */
    readonly version: string | null;
  }[];
}

/** What a machine would get now. */
export interface RunPreview {
  readonly vmcNo: number;
  /** `null`: nothing is in its way. */
  readonly refused: LeftOut | null;
  /** It begins with its wave, and need not log in first. */
  readonly online: boolean;
  /** Steps that nothing this machine sends can prove. */
  readonly unprovable: readonly number[];
}
