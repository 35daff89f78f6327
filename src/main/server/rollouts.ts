/** Runs that follow from an earlier one: over the machines that failed in it, and with the packages that its machines had before. */
import type { AppError } from '#shared/contract/errors';
import {
  isKept,
  openLineStates,
  type Run,
  type RunLine,
  type RunPreview,
  type WayBack,
} from '#shared/model/run';
import type { RunStep } from '#shared/model/sequence';
import type { UpgradePackage } from '#shared/model/upgrade';
import { previousPackages } from '#shared/model/wayBack';
import type { JournalClient } from '../journal/client/journalClient';
import type { Runs } from '../session/runs/runs';

export interface RolloutParts {
  readonly journal: JournalClient;
  readonly runs: Runs;
  readonly packages: readonly UpgradePackage[];
  /** Who asks. */
  readonly by: string;
  readonly preview: (machines: readonly number[], steps: readonly RunStep[]) => readonly RunPreview[];
}

interface Recorded {
  readonly run: Run;
  readonly lines: readonly RunLine[];
}

/** As it is now, or as it is on record. */
async function recordOf({ runs, journal }: RolloutParts, id: number): Promise<Recorded | AppError> {
  const known = runs.of(id);
  if (known !== null) return known;
  const [run] = journal.isReadable ? await journal.query('runs', { before: id + 1, limit: 1 }) : [];
  return run?.id === id
    ? { run, lines: await journal.query('runLines', { run: id }) }
    : { code: 'unknownRun', params: { id } };
}

/** With what is in the way of each of them; `null`: none of them can get it. */
function startAgain(
  { runs, preview, by }: RolloutParts,
  { title, waves }: Pick<Run, 'title' | 'waves'>,
  machines: readonly number[],
  steps: readonly RunStep[],
): Run | null {
  const looked = preview(machines, steps);
  const able = looked.filter(({ refused }) => refused === null).map(({ vmcNo }) => vmcNo);
  if (able.length === 0) return null;
  const leftOut = looked.flatMap(({ vmcNo, refused }) =>
    refused === null ? [] : { vmcNo, step: refused.step, error: refused.error },
  );
  return runs.start({ title, steps, machines: able, leftOut, waves, by });
}

export async function retryRun(parts: RolloutParts, id: number): Promise<Run | AppError> {
  const found = await recordOf(parts, id);
  if ('code' in found) return found;
  const { run, lines } = found;
  const failed = lines.filter(({ state }) => state === 'failed' || state === 'stopped');
  const machines = failed.map(({ vmcNo }) => vmcNo);
  const started = isKept(run) ? startAgain(parts, run, machines, run.steps) : null;
  return started ?? { code: 'nothingToRetry', params: {} };
}

export async function wayBack(parts: RolloutParts, id: number): Promise<WayBack | AppError> {
  const found = await recordOf(parts, id);
  if ('code' in found) return found;
  const commands = parts.journal.isReadable ? await parts.journal.query('runCommands', { run: id }) : [];
  return previousPackages(found.lines, commands, parts.packages);
}

export async function goBack(parts: RolloutParts, id: number): Promise<readonly Run[] | AppError> {
  const found = await recordOf(parts, id);
  if ('code' in found) return found;
  const { run, lines } = found;
  if (run.state === 'running' && lines.some(({ state }) => openLineStates.has(state)))
    return { code: 'runGoesOn', params: {} };
  const plan = await wayBack(parts, id);
  if ('code' in plan) return plan;
  const started = plan.groups.flatMap(({ packageId, machines }) => {
    const steps: readonly RunStep[] = [{ do: 'command', name: 'upgrade', input: { packageId } }];
    return startAgain(parts, { title: null, waves: run.waves }, machines, steps) ?? [];
  });
  return started.length === 0 ? { code: 'noWayBack', params: {} } : started;
}
