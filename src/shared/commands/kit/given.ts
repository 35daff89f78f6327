/** A command to a machine as its row sees it. Times are ms since 1970; `entry` numbers are journal entries. */
import type { JsonObject } from '../../model/json';
import type { Platform } from '../../model/machine';

/**
 * queued: not sent; the machine is not connected, or another command goes first. sent: written to the machine, proof pending.
 * confirmed, failed: proved by a frame. expired: no proof in time, or not sent in time; late proof still counts.
 * unconfirmable: sent, but this machine cannot prove it. cancelled: withdrawn by a person before it was sent.
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

/** A person at another site. All texts come from there. */
export interface GivenFrom {
  /** A random id made there: a repeated request gives no second command. */
  readonly request: string;
  /** Name of the person, and of the computer. */
  readonly person: string;
  readonly computer: string;
}

export interface GivenCommand {
  /** Increases by one per command over the whole journal. */
  readonly id: number;
  readonly vmcNo: number;
  readonly name: string;
  /** The run that gave the command; absent: a person. */
  readonly line?: number;
  /** The person at another site who gave the command; absent: a person here. */
  readonly from?: GivenFrom;
  /** The input as checked by the row's schema, with the facts stored when the command was given. */
  readonly input: JsonObject;
  readonly state: CommandState;
  readonly createdAt: number;
  readonly sentAt: number | null;
  readonly endedAt: number | null;
  /** End of the wait: to be sent (queued) or to be proved (sent). */
  readonly until: number;
  /** android: identifies the machine's notice of this command. */
  readonly sessionId: string;
  /** The platform of the wire form; `null` until sent. */
  readonly platform: Platform | null;
  /** The connection on which the command was sent. */
  readonly conn: number | null;
  /** The address of the machine's connection at that time; absent or `null`: unknown. */
  readonly address?: string | null;
  /** Number of completed proof stages. */
  readonly stage: number;
  /** Newest last. */
  readonly steps: readonly GivenStep[];
  /** Parts that are still unproved: product ids of a price list. */
  readonly awaited: readonly number[];
}

/** Whether the command has this step. */
export const hasStep = ({ steps }: Pick<GivenCommand, 'steps'>, name: string): boolean =>
  steps.some(({ what }) => what === name);

/** The last step, without changes of the waiting time. */
export const lastStep = <Step extends GivenStep>({
  steps,
}: {
  readonly steps: readonly Step[];
}): Step | undefined => steps.findLast(({ what }) => what !== 'waitChanged');

const gaveUp = ['noProof', 'stoppedWaiting'] as const;

/** End of the wait for proof, ms; `null`: not given up. Later proof still counts. */
export const givenUpAt = ({ state, steps }: Pick<GivenCommand, 'state' | 'steps'>): number | null =>
  state === 'expired' ? (steps.findLast(({ what }) => gaveUp.some((one) => one === what))?.at ?? null) : null;
