/** Runs in the running server: the command queue gives their commands and tells what becomes of them; what they come to goes to the journal and the windows. */
import { rowOf } from '#shared/commands/kit/rows';
import type { AppError } from '#shared/contract/errors';
import type { Command } from '#shared/model/command';
import type { MachineState, Platform } from '#shared/model/machine';
import type { RunPreview } from '#shared/model/run';
import type { RunStep } from '#shared/model/sequence';
import type { JournalClient } from '../journal/client/journalClient';
import type { CommandQueue } from '../session/commandQueue';
import { Runs, type LastRunNumbers } from '../session/runs/runs';
import type { News } from './news';

/** ms between two slices of commands, in which machines are answered. */
const pause = 10;

export interface ServerRuns {
  readonly runs: Runs;
  /** A command is another by now: what follows from it is done once whoever tells it is done. */
  readonly commandChanged: (command: Command) => void;
  /** Once a second, and whenever something was asked of them. */
  readonly step: () => void;
  readonly stop: () => void;
}

export interface ServerRunsParts {
  readonly now: () => number;
  readonly queue: Pick<CommandQueue, 'give' | 'takeBack'>;
  readonly machine: (vmcNo: number) => MachineState | null;
  readonly journal: JournalClient;
  readonly news: News;
  readonly last: LastRunNumbers;
}

export function createRuns({ now, queue, machine, journal, news, last }: ServerRunsParts): ServerRuns {
  const runs = new Runs(
    {
      now,
      give: (what) => {
        const { vmcNo, name, input } = what;
        const given: Command | AppError =
          machine(vmcNo) === null
            ? { code: 'unknownMachine', params: { vmcNo } }
            : queue.give(vmcNo, name, input);
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

export interface PreviewParts {
  readonly queue: Pick<CommandQueue, 'refusal' | 'already'>;
  readonly machine: (vmcNo: number) => MachineState | null;
  readonly platform: (vmcNo: number) => Platform | null;
  readonly taken: ReadonlySet<number>;
}

/** What each would get: its first command as it would be taken now, of the others whether its program has them at all. */
export function previewOf(
  { queue, machine, platform, taken }: PreviewParts,
  machines: readonly number[],
  steps: readonly RunStep[],
): readonly RunPreview[] {
  const first = steps.findIndex((step) => step.do === 'command');
  return machines.map((vmcNo): RunPreview => {
    const known = machine(vmcNo);
    const program = platform(vmcNo);
    const online = known?.link.status === 'online';
    if (known === null)
      return {
        vmcNo,
        online,
        unprovable: [],
        refused: { step: 0, error: { code: 'unknownMachine', params: { vmcNo } } },
      };
    let refused: RunPreview['refused'] = taken.has(vmcNo)
      ? { step: 0, error: { code: 'machineInRun', params: { vmcNo } } }
      : null;
    const unprovable: number[] = [];
    for (const [place, step] of steps.entries()) {
      if (step.do !== 'command') continue;
      const { has, stages, needs } = rowOf(step.name);
      const isLacking = program !== null && !has[program];
      if (isLacking && step.optional) continue;
      if (!isLacking && program !== null && stages[program].length === 0) unprovable.push(place);
      if (refused !== null) continue;
      if (place !== first && !isLacking) continue;
      // What is right for one program only is not sent where nobody knows which it is.
      const isBlind = program === null && needs === 'package';
      const error: AppError | null =
        queue.already(vmcNo, step.name, step.input) ??
        (isBlind ? { code: 'machineNoPlatform', params: { vmcNo } } : null) ??
        queue.refusal(vmcNo, step.name, step.input);
      if (error !== null) refused = { step: place, error };
    }
    return { vmcNo, online, refused, unprovable };
  });
}
