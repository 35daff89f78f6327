/**
 * Runs in the running server. The command queue gives their commands and reports the
 * results; changes of runs go to the journal and the windows.
 */
import { day } from '#shared/commands/kit/inputs';
import type { MachineContext } from '#shared/commands/kit/possible';
import { rowOf } from '#shared/commands/kit/rows';
import { inputFor } from '#shared/model/sequence';
import type { AppError } from '#shared/contract/errors';
import type { Command } from '#shared/model/command';
import { isKept } from '#shared/model/run';
import type { JournalClient } from '../../journal/api';
import { alreadyThere } from '../commands/acceptance';
import type { CommandQueue } from '../commands/commandQueue';
import type { LastRunNumbers } from '../runs/newRun';
import { Runs } from '../runs/runs';
import type { News } from './news';

/** ms between two slices of commands, for answers to machines. */
const pause = 10;

export interface ServerRuns {
  readonly runs: Runs;
  /** A command changed. The consequences follow after the caller has finished. */
  readonly commandChanged: (command: Command) => void;
  /** Called once a second, and after each call for runs. */
  readonly step: () => void;
  readonly stop: () => void;
}

export interface ServerRunsParts {
  readonly now: () => number;
  /** Reports a change of this computer's clock. Without it, waits would end early until the next check. */
  readonly checkClock: () => void;
  readonly queue: Pick<CommandQueue, 'give' | 'takeBack'>;
  readonly contextOf: (vmcNo: number) => MachineContext;
  readonly isOnline: (vmcNo: number) => boolean;
  /** True if machines can download packages now. */
  readonly isOffering: () => boolean;
  readonly journal: JournalClient;
  readonly news: News;
  readonly last: LastRunNumbers;
}

export function createRuns(parts: ServerRunsParts): ServerRuns {
  const { now, checkClock, queue, contextOf, isOnline, isOffering, journal, news, last } = parts;
  const runs = new Runs(
    {
      now,
      localOffset: (at) => -new Date(at).getTimezoneOffset() * 60_000,
      isOnline,
      hindered: () => {
        if (journal.state.status !== 'open') return 'disk';
        return isOffering() ? null : 'updatesOff';
      },
      already: (vmcNo, step) => {
        const input = step.do === 'command' ? inputFor(step, vmcNo) : null;
        return step.do !== 'command' || input === null
          ? null
          : alreadyThere(vmcNo, step.name, input, contextOf(vmcNo));
      },
      awaitsLogin: (vmcNo, step) => {
        const input = step.do === 'command' ? inputFor(step, vmcNo) : null;
        return (
          step.do === 'command' && input !== null && rowOf(step.name).awaitsLogin(contextOf(vmcNo), input)
        );
      },
      give: (what, line) => {
        const { vmcNo, name, input } = what;
        const given: Command | AppError =
          contextOf(vmcNo).machine === null
            ? { code: 'unknownMachine', params: { vmcNo } }
            : queue.give(vmcNo, name, input, { line });
        news.runGave({ ...what, given: 'code' in given ? given : { id: given.id } });
        return given;
      },
      cancel: (id) => queue.takeBack(id),
      changed: (run, lines, over) => {
        journal.keepRun(run, lines);
        news.runChanged(run, lines, over);
      },
    },
    last,
  );
  let due: NodeJS.Timeout | null = null;
  const later = (ms: number): void => {
    due ??= setTimeout(step, ms);
  };
  const step = (): void => {
    if (due !== null) clearTimeout(due);
    due = null;
    checkClock();
    if (runs.step()) later(pause);
  };
  return {
    runs,
    commandChanged: (command) => {
      if (runs.commandChanged(command)) later(0);
    },
    step,
    stop: () => {
      if (due !== null) clearTimeout(due);
    },
  };
}

/** Ended runs that are read for late proof. */
const endedKept = 20;

/**
 * Restores open runs of an earlier launch, and ended runs that can still get
 * late proof. `earlier`: commands that are still judged.
 */
export async function restoreRuns(
  runs: Runs,
  journal: JournalClient,
  {
    earlier,
    now,
    isCopy,
  }: { readonly earlier: readonly Command[]; readonly now: () => number; readonly isCopy: boolean },
): Promise<void> {
  if (!journal.isReadable) return;
  const { runs: open, lines: openLines } = await journal.query('openRuns', null);
  const newest = await journal.query('runs', { before: null, limit: endedKept });
  const ended = newest.filter(
    (run) => isKept(run) && run.counts.failed + run.counts.stopped > 0 && now() - (run.endedAt ?? 0) <= day,
  );
  const lines = [...openLines];
  const commands = new Map(earlier.map((command) => [command.id, command]));
  for (const { id } of ended) lines.push(...(await journal.query('runLines', { run: id })));
  for (const { id } of [...open, ...ended])
    for (const command of await journal.query('runCommands', { run: id })) commands.set(command.id, command);
  runs.restore([...ended.toReversed(), ...open], lines, [...commands.values()], isCopy);
}
