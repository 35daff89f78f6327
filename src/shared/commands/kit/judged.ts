/** How long a command that has ended may still change. */
import { openStates, type Command } from '../../model/command';
import { givenUpAt } from './given';
import { rowOf } from './rows';

/** ms; 0 if the stage does not exist. */
export const stageTime = ({ name, platform }: Command, stage: number): number =>
  rowOf(name).stages[platform ?? 'linux'][stage]?.within ?? 0;

/** The end of its waiting time if nobody had stopped waiting. */
export function plannedEnd(command: Command): number {
  let at = command.sentAt ?? 0;
  for (let stage = 0; stage <= command.stage; stage += 1) at += stageTime(command, stage);
  return at;
}

/**
 * [ours] ms after a message about a failure. android sends the reason over
 * HTTP, and repeats it every 10 s until it is answered.
 */
const reasonComes = 60_000;

/** True if a message reported a failure without a reason. The reason can still arrive over HTTP. */
export const lacksReason = ({ state, platform, steps, endedAt }: Command, at: number): boolean =>
  state === 'failed' &&
  platform === 'android' &&
  steps.at(-1)?.entry != null &&
  steps.at(-1)?.params['reason'] === undefined &&
  at - (endedAt ?? at) <= reasonComes;

/** ms after its end in which a command may still change; `Infinity`: it has not ended. */
export function changesFor(command: Command): number {
  if (openStates.has(command.state)) return Infinity;
  const gaveUp = givenUpAt(command);
  if (gaveUp !== null) return Math.max(rowOf(command.name).lateFor, plannedEnd(command) - gaveUp);
  return lacksReason(command, command.endedAt ?? 0) ? reasonComes : 0;
}
