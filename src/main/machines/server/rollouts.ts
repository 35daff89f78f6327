/**
 * Runs based on an earlier run: for the machines that failed, and back to the packages that its machines had before.
 */
import type { AppError } from '#shared/contract/errors';
import {
  isKept,
  openLineStates,
  type PlanChange,
  type Run,
  type RunMachine,
  type RunPreview,
  type StartedRun,
  type StartedRuns,
  type WayBack,
  type WayBackGroup,
} from '#shared/model/run';
import type { RunStep } from '#shared/model/sequence';
import type { UpgradePackage } from '#shared/model/upgrade';
import { previousPackages, type PreviousPackages } from '#shared/model/wayBack';
import type { JournalClient } from '../../journal/api';
import { chosenOf, decided, shownOf } from '../runs/plan';
import type { RunWish } from '../runs/newRun';
import type { Runs } from '../runs/runs';

export interface RolloutParts {
  readonly journal: JournalClient;
  readonly runs: Runs;
  readonly packages: readonly UpgradePackage[];
  /** The user who asks. */
  readonly by: string;
  readonly plan: (machines: readonly number[], steps: readonly RunStep[]) => readonly RunPreview[];
}

interface Recorded {
  readonly run: Run;
  readonly lines: readonly RunMachine[];
}

/** The current run, or its record. */
async function recordOf({ runs, journal }: RolloutParts, id: number): Promise<Recorded | AppError> {
  const known = runs.known.of(id);
  if (known !== null) return known;
  const [run] = journal.isReadable ? await journal.query('runs', { before: id + 1, limit: 1 }) : [];
  return run?.id === id
    ? { run, lines: await journal.query('runLines', { run: id }) }
    : { code: 'unknownRun', params: { id } };
}

/** Starts the run for the machines shown that still can get it, and records why the others cannot. */
export function startShown(
  { runs, plan, by }: RolloutParts,
  { title, steps, waves, ...shown }: Omit<RunWish, 'by'>,
): StartedRun {
  const { machines, leftOut, changed } = decided(shown, plan(chosenOf(shown), steps));
  const run = machines.length === 0 ? null : runs.start({ title, steps, machines, leftOut, waves, by });
  return { run, changed };
}

export async function retryRun(parts: RolloutParts, id: number): Promise<Run | AppError> {
  const found = await recordOf(parts, id);
  if ('code' in found) return found;
  const { run, lines } = found;
  const failed = lines.filter(({ state }) => state === 'failed' || state === 'stopped');
  const machines = failed.map(({ vmcNo }) => vmcNo);
  const { title, steps, waves } = run;
  const wish = { title, steps, waves, ...shownOf(parts.plan(machines, steps)) };
  const started = isKept(run) ? startShown(parts, wish).run : null;
  return started ?? { code: 'nothingToRetry', params: {} };
}

const stepsOf = (packageId: string): readonly RunStep[] => [
  { do: 'command', name: 'upgrade', input: { packageId } },
];

async function previousOf(parts: RolloutParts, { run, lines }: Recorded): Promise<PreviousPackages> {
  const { journal, packages } = parts;
  const commands = journal.isReadable ? await journal.query('runCommands', { run: run.id }) : [];
  return previousPackages(lines, commands, packages);
}

export async function wayBack(parts: RolloutParts, id: number): Promise<WayBack | AppError> {
  const found = await recordOf(parts, id);
  if ('code' in found) return found;
  const { groups, without } = await previousOf(parts, found);
  return {
    groups: groups.map(({ packageId, machines: had }) => {
      const { machines, leftOut } = shownOf(parts.plan(had, stepsOf(packageId)));
      return { packageId, machines, leftOut };
    }),
    without,
  };
}

/** `groups`: as shown to the user. */
export async function goBack(
  parts: RolloutParts,
  id: number,
  groups: readonly WayBackGroup[],
): Promise<StartedRuns | AppError> {
  const found = await recordOf(parts, id);
  if ('code' in found) return found;
  const { run, lines } = found;
  if (run.state === 'running' && lines.some(({ state }) => openLineStates.has(state)))
    return { code: 'runGoesOn', params: {} };
  const had = new Map(
    (await previousOf(parts, found)).groups.flatMap(({ packageId, machines }) =>
      machines.map((vmcNo) => [vmcNo, packageId] as const),
    ),
  );
  const runs: Run[] = [];
  const changed: PlanChange[] = [];
  for (const { packageId, ...shown } of groups) {
    // The machine's earlier package is known to be another one now.
    const isOther = (vmcNo: number): boolean => had.get(vmcNo) !== packageId;
    const plan: RolloutParts['plan'] = (machines, steps) =>
      parts.plan(machines, steps).map((one) => {
        const { vmcNo, online, unprovable } = one;
        return isOther(vmcNo) ? { vmcNo, online, unprovable, refused: { step: 0, error: noWayBack } } : one;
      });
    const wish = { title: null, steps: stepsOf(packageId), waves: run.waves, ...shown };
    const started = startShown({ ...parts, plan }, wish);
    if (started.run !== null) runs.push(started.run);
    changed.push(...started.changed);
  }
  return runs.length + changed.length === 0 ? noWayBack : { runs, changed };
}

const noWayBack: AppError = { code: 'noWayBack', params: {} };
