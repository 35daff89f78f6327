/** Requests about runs. Their effects begin at once, and are on disk before the answer is sent. */
import type { AppError } from '#shared/contract/errors';
import type { RunPreview } from '#shared/model/run';
import type { RunStep } from '#shared/model/sequence';
import type { UpgradePackage } from '#shared/model/upgrade';
import { planOf, type PlanFacts } from '../runs/plan';
import type { Runs } from '../runs/runs';
import type { MachinesHandlers } from '../server/calls';
import { goBack, retryRun, startShown, wayBack, type RolloutParts } from '../server/rollouts';
import type { ServerParts } from '../server/serverParts';

type RunRequest = 'previewRun' | 'startRun' | 'controlRun' | 'answerRun' | 'retryRun' | 'wayBack' | 'goBack';

export interface RunRequestParts {
  /** @throws Error while the server is not open */
  readonly running: () => ServerParts;
  readonly packages: () => readonly UpgradePackage[];
}

export function runRequests({ running, packages }: RunRequestParts): Pick<MachinesHandlers, RunRequest> {
  const plan = (machines: readonly number[], steps: readonly RunStep[]): readonly RunPreview[] => {
    const { queue, contextOf, runs } = running();
    const refusal: PlanFacts['refusal'] = (vmcNo, name, input) => queue.refusal(vmcNo, name, input);
    return planOf({ contextOf, refusal, taken: runs.runs.known.taken }, machines, steps);
  };
  const rollouts = (by: string): RolloutParts => {
    const { journal, runs } = running();
    return { by, journal: journal.client, runs: runs.runs, packages: packages(), plan };
  };
  const follows = async <T>(asked: T | Promise<T>): Promise<T> => {
    const result = await asked;
    const { runs, journal } = running();
    runs.step();
    await journal.client.flush();
    return result;
  };
  const steer = (ask: (runs: Runs) => AppError | null): Promise<AppError | null> =>
    follows(ask(running().runs.runs));
  return {
    previewRun: ({ machines, steps }) => plan(machines, steps),
    startRun: (wish, { by }) => follows(startShown(rollouts(by), wish)),
    controlRun: ({ id, to }) =>
      steer((runs) => (to === 'stop' ? runs.stop(id) : runs.pause(id, to === 'pause'))),
    answerRun: ({ line, yes }) => steer((runs) => runs.answer(line, yes)),
    retryRun: ({ run }, { by }) => follows(retryRun(rollouts(by), run)),
    wayBack: ({ run }) => wayBack(rollouts(''), run),
    goBack: ({ run, groups }, { by }) => follows(goBack(rollouts(by), run, groups)),
  };
}
