/** A machine's newest command, if it failed, was not confirmed, or was not installed yet. It is a problem of the machine until a newer command replaces it. */
import type { JsonObject } from './json';

/** The part of a command that its machine's row needs. The types of commands depend on those of machines. */
export interface LeftCommand {
  readonly id: number;
  readonly name: string;
  readonly input: JsonObject;
  readonly state: string;
  readonly steps: readonly LeftStep[];
  readonly sentAt: number | null;
  readonly endedAt: number | null;
  /** End of the wait for its result. */
  readonly until: number;
}

interface LeftStep {
  readonly what: string;
  readonly at: number;
  readonly entry: number | null;
  readonly params: Readonly<Record<string, string | number>>;
}

const leftStates: ReadonlySet<string> = new Set(['failed', 'expired']);

/** Whether the command failed or was not confirmed. */
export const isUndone = ({ state }: Pick<LeftCommand, 'state'>): boolean => leftStates.has(state);

/** Whether the machine has restarted without installing the upgrade. It may still install it. */
export const isNotInstalled = ({ state, steps }: Pick<LeftCommand, 'state' | 'steps'>): boolean =>
  state === 'sent' && steps.at(-1)?.what === 'notApplied';

/** [ours] ms: a failed test of yesterday says nothing about the machine today. */
const leftFor = 86_400_000;

/** Whether its end still needs attention. */
export const isLeft = ({ state, endedAt }: Pick<LeftCommand, 'state' | 'endedAt'>, now: number): boolean =>
  isUndone({ state }) && endedAt !== null && now - endedAt < leftFor;
