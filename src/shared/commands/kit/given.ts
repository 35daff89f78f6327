/** A command to a machine as its row sees it. Times are ms since 1970; `entry` numbers are journal entries. */
import type { JsonObject } from '../../model/json';
import type { Platform } from '../../model/machine';

/**
 * queued: nothing was sent; the machine is not connected, or another command goes first. sent: written to the machine, its proof
 * awaited. confirmed, failed: a frame says so. expired: no proof in time (or never sent in time); one that comes late still
 * counts. unconfirmable: sent, and this machine has no way to prove it. cancelled: a person took it back before it was sent.
 */
export type CommandState =
  | 'queued'
  | 'sent'
  | 'confirmed'
  | 'failed'
  | 'expired'
  | 'unconfirmable'
  | 'cancelled';

export const openStates: ReadonlySet<CommandState> = new Set<CommandState>(['queued', 'sent']);

export type StepParams = Readonly<Record<string, string | number>>;

export interface GivenStep<Name extends string = string> {
  readonly what: Name;
  readonly at: number;
  /** The frame or other entry that is the evidence. */
  readonly entry: number | null;
  readonly params: StepParams;
}

export interface GivenCommand {
  /** Grows by one per command over the whole journal. */
  readonly id: number;
  readonly vmcNo: number;
  readonly name: string;
  /** Of the run that gave it; left out: a person did. */
  readonly line?: number;
  /** As checked by the row's schema, and what was remembered when it was given. */
  readonly input: JsonObject;
  readonly state: CommandState;
  readonly createdAt: number;
  readonly sentAt: number | null;
  readonly endedAt: number | null;
  /** Until when it waits: to be sent (queued) or to be proved (sent). */
  readonly until: number;
  /** android: tells the machine's notice of it from others. */
  readonly sessionId: string;
  /** The wire form it was sent in; `null` until then. */
  readonly platform: Platform | null;
  /** The connection it was sent on. */
  readonly conn: number | null;
  /** Where the machine was connected from then; left out or `null`: not known. */
  readonly address?: string | null;
  /** Of its proof: how many stages are behind it. */
  readonly stage: number;
  /** Newest last. */
  readonly steps: readonly GivenStep[];
  /** What must still be seen, for a command of several parts: product ids of a price list. */
  readonly awaited: readonly number[];
}

/** Whether this step was taken. */
export const hasStep = ({ steps }: Pick<GivenCommand, 'steps'>, name: string): boolean =>
  steps.some(({ what }) => what === name);

/** The last thing that happened to it; how long it may wait is no such thing. */
export const lastStep = <Step extends GivenStep>({
  steps,
}: {
  readonly steps: readonly Step[];
}): Step | undefined => steps.findLast(({ what }) => what !== 'waitChanged');

const gaveUp = ['noProof', 'stoppedWaiting'] as const;

/** When the wait for its proof was given up, ms; `null`: it was not. Proof that comes later is still taken. */
export const givenUpAt = ({ state, steps }: Pick<GivenCommand, 'state' | 'steps'>): number | null =>
  state === 'expired' ? (steps.findLast(({ what }) => gaveUp.some((one) => one === what))?.at ?? null) : null;
