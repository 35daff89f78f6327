/**
 * A run: the same steps for several machines. A batch command is a run of one command on many machines; a procedure is a run of several
 * steps, usually on one machine. Times are ms since 1970.
 */
import type { CommandName } from '../commands/index';
import { rowOf } from '../commands/kit/rows';
import type { AppError } from '../contract/errors';
import type { CommandStep } from './command';
import type { JsonObject } from './json';
import type { RunStep, OwnText } from './sequence';

/** Minutes of the day by this computer's clock, exclusive of `to`. `to` before `from`: over midnight. */
export interface Hours {
  readonly from: number;
  readonly to: number;
}

export interface Waves {
  /** Size of the first wave, which must be proved completely before the others begin; `null`: no special first wave. */
  readonly first: number | null;
  /** Machines per wave; `null`: all. */
  readonly atOnce: number | null;
  /** s between the end of a wave and the next. */
  readonly pause: number;
  /** This number of failures ends the run; `null`: no limit. */
  readonly stopAfter: number | null;
  /** This percentage of failures among the begun machines ends the run; `null`: no limit. */
  readonly stopShare: number | null;
  /** When steps may begin. Begun steps continue. `null`: always. */
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
/** Default waves of a rollout. */
export const rolloutWaves: Waves = {
  first: 1,
  atOnce: 5,
  pause: 60,
  stopAfter: 2,
  stopShare: null,
  hours: null,
};

/** `stopping`: no further step begins, but sent commands are awaited. */
export const runStates = ['running', 'paused', 'stopping', 'ended'] as const;
export type RunState = (typeof runStates)[number];
export const runEnds = ['finished', 'byPerson', 'failures', 'cremaClosed'] as const;
export type RunEnd = (typeof runEnds)[number];
/**
 * Why the run is paused. firstWave: the first wave was not proved completely. notServed: a machine's request was refused, and others would
 * make the same one. copied: the data folder was copied or moved, so another Crema may continue the run. A person may continue anyway.
 */
export const runPauses = ['byPerson', 'firstWave', 'notServed', 'copied'] as const;
export type RunPause = (typeof runPauses)[number];
/**
 * Why nothing begins in a running run. wave, hours: until `nextAt`. logins: all remaining machines are offline. disk: progress cannot be
 * recorded, so a machine could be begun twice. updatesOff: packages cannot be downloaded.
 */
export const runWaits = ['wave', 'hours', 'logins', 'disk', 'updatesOff'] as const;
export type RunWait = (typeof runWaits)[number];
/** Result of a first wave that the others depend on. accepted: not proved completely, but continued by a person. */
export const firstWaves = ['awaited', 'proved', 'unproved', 'accepted'] as const;
export type FirstWave = (typeof firstWaves)[number];

/**
 * waiting: not begun. running: in a step. asking: waits for a person's answer. done: complete, every command proved. unproven: complete, with an
 * unprovable command. failed: a step was refused, failed, or had no proof in time. stopped: by a person, or with the run. leftOut: selected, but
 * not possible at the start, or already in the wanted state at its turn.
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
  /** Title of the procedure; `null`: a batch command, which has its command's name. */
  readonly title: OwnText | null;
  readonly steps: readonly RunStep[];
  readonly waves: Waves;
  readonly state: RunState;
  readonly startedAt: number;
  /** The person who started it: the name in Settings, or else the operating system's; '': unknown. */
  readonly by: string;
  readonly endedAt: number | null;
  /** Why it ended, or is about to. */
  readonly end: RunEnd | null;
  /** `null`: not paused. */
  readonly paused: RunPause | null;
  /** `null`: not blocked. */
  readonly waits: RunWait | null;
  /** Start of the next wave; `null`: none pending, or unknown. */
  readonly nextAt: number | null;
  /** Number of begun waves. */
  readonly wave: number;
  /** `null`: no dependent first wave. */
  readonly first: FirstWave | null;
  /** Number of selected machines, including those left out. */
  readonly machines: number;
  readonly counts: RunCounts;
}

/**
 * The result of a step. late: proved after giving up. withoutProof: unprovable, and the step allows this. passedOver: the machine's program
 * lacks the command. lost: the command's record is gone. The true result of an expired, unconfirmable or lost command is unknown.
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
  /** `null`: in progress. */
  readonly outcome: StepOutcome | null;
  /** The command's number in the journal. */
  readonly command: number | null;
  /** The command's last step, whose entry is the evidence. */
  readonly last: CommandStep | null;
  /** Why the command was refused. */
  readonly error: AppError | null;
  /** End of a waiting step. */
  readonly until: number | null;
}

/** Why a machine is left out, and the step (from 0) that prevents it. */
export interface LeftOut {
  readonly step: number;
  readonly error: AppError;
}

export interface LeftOutMachine extends LeftOut {
  readonly vmcNo: number;
}

/** A machine whose preview is outdated. `refused`: the obstacle at the start; `null`: none, although it was left out. */
export interface PlanChange {
  readonly vmcNo: number;
  readonly refused: LeftOut | null;
}

/** The result of a start. */
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
  /** Start of the state. */
  readonly since: number;
  /** The machine's wave, from 1; `null`: not begun. */
  readonly wave: number | null;
  /** The begun steps. */
  readonly steps: readonly LineStep[];
  /** `null`: takes part. */
  readonly leftOut: LeftOut | null;
}

/** A command given by a run, or refused. */
export interface RunCommand {
  readonly run: number;
  readonly vmcNo: number;
  readonly name: CommandName;
  readonly input: JsonObject;
  readonly given: { readonly id: number } | AppError;
}

/** The end of a page of runs. */
export interface RunQuery {
  readonly before: number | null;
  readonly limit: number;
}

/** Whether the run continues after a restart of Crema and waits for offline machines: only if all its commands do. */
export const isKept = ({ steps }: Pick<Run, 'steps'>): boolean =>
  steps.every((step) => step.do === 'command' && rowOf(step.name).keptOverRuns);

/** The machine is already in the state that the run would bring. */
export const isThere = ({ error }: LeftOut): boolean => error.code === 'runsAlready';

/** Why a machine cannot get its former package. running: the upgrade is not finished. untold: the upgrade was never sent to it. */
export type NoWayBack = 'running' | 'untold' | 'versionUnknown' | 'noPackage' | 'same';

/** Machines that had this package's version before. Some of them cannot get it now. */
export interface WayBackGroup {
  readonly packageId: string;
  readonly machines: readonly number[];
  readonly leftOut: readonly LeftOutMachine[];
}

/** The packages that restore the state before a run, with their machines. */
export interface WayBack {
  readonly groups: readonly WayBackGroup[];
  readonly without: readonly {
    readonly vmcNo: number;
    readonly why: NoWayBack;
    /** The former version; `null`: unknown. */
    readonly version: string | null;
  }[];
}

/** The result of a run for one machine, before its start. */
export interface RunPreview {
  readonly vmcNo: number;
  /** `null`: no obstacle. */
  readonly refused: LeftOut | null;
  /** The machine begins with its wave and need not log in first. */
  readonly online: boolean;
  /** Steps that this machine cannot prove. */
  readonly unprovable: readonly number[];
}
