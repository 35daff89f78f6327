/** The command history, and the lines of a machine's strip: running commands and those that have just ended. */
import { isSame, wasReplaced } from '#shared/commands/kit/rows';
import { isLeft, isUndone } from '#shared/model/leftCommand';
import { openStates, type Command } from '#shared/model/command';
import { createPages } from './pages';

export const commandPages = createPages<Command, number>({
  idOf: ({ id }) => id,
  cursorOf: ({ id }) => id,
  isNewer: (a, b) => a > b,
});

/** ms an ended command stays in the strip. */
export const endedStays = 10_000;
/** Ended commands in the strip; more are in the history only. */
const maxEnded = 4;

/** Ended commands that are still shown, oldest first. */
export function endedAfter(
  ended: readonly Command[],
  news: readonly Command[],
  vmcNo: number,
  now: number,
): readonly Command[] {
  const mine = news.filter((command) => command.vmcNo === vmcNo && isJustEnded(command, now));
  if (mine.length === 0) return ended;
  const byId = new Map(ended.map((command) => [command.id, command]));
  for (const command of mine) byId.set(command.id, command);
  return [...byId.values()].toSorted((a, b) => a.id - b.id).slice(-maxEnded);
}

function isJustEnded(command: Command, now: number): boolean {
  const { state, endedAt } = command;
  // A replaced command is shown as its replacement.
  if (openStates.has(state) || endedAt === null || wasReplaced(command)) return false;
  return now - endedAt < endedStays;
}

/** ms; a command that can take longer to prove can be hidden from the strip. */
const longWait = 3_600_000;
export function mayBeHidden({ state, sentAt, until }: Command): boolean {
  return !openStates.has(state) || (state === 'sent' && sentAt !== null && until - sentAt > longWait);
}

/** Removes commands whose display time is over. A failed one stays until it is dismissed: the machine may need attention. */
export function lapse(ended: readonly Command[], now: number): readonly Command[] {
  const kept = ended.filter(
    ({ state, endedAt }) => isUndone({ state }) || now - (endedAt ?? now) < endedStays,
  );
  return kept.length === ended.length ? ended : kept;
}

/** The machine's newest command if it failed: it leaves a trace on the page. `newest`: newest first. */
export const tracesOf = (
  newest: readonly Command[],
  dismissed: ReadonlySet<number>,
  now: number,
): readonly Command[] =>
  newest.slice(0, 1).filter((command) => isLeft(command, now) && !dismissed.has(command.id));

/** The command whose last step is the newest comes first. */
export function latestFirst(commands: readonly Command[]): readonly Command[] {
  const changedAt = ({ steps, endedAt, createdAt }: Command): number =>
    Math.max(createdAt, endedAt ?? 0, steps.at(-1)?.at ?? 0);
  return commands.toSorted((a, b) => changedAt(b) - changedAt(a) || b.id - a.id);
}

/** One line a command, in the order given, so that ended ones keep their place. A retry replaces its original. */
export function stripOf(
  running: readonly Command[],
  ended: readonly Command[],
  vmcNo: number,
): readonly Command[] {
  const byId = new Map(ended.map((command) => [command.id, command]));
  for (const command of running) if (command.vmcNo === vmcNo) byId.set(command.id, command);
  const all = [...byId.values()].toSorted((a, b) => a.id - b.id);
  return all.filter(
    (one) =>
      openStates.has(one.state) ||
      !all.some(({ id, name, input }) => id > one.id && isSame(one, name, input)),
  );
}
