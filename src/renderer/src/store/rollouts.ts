/** What a rollout came to on one machine, from the command that it gave. */
import type { Command } from '#shared/model/command';
import type { RunLine } from '#shared/model/run';
import { broughtByCommand } from '#shared/model/version';
import { upgradeStage, type UpgradeStage } from './upgrades';

export interface Upgraded {
  readonly command: Command;
  readonly stage: UpgradeStage;
  /** At its last login before it; `null`: nobody knows. */
  readonly before: string | null;
  /** At its last login since; `null`: it has not said. */
  readonly after: string | null;
  readonly toldAt: number | null;
  /** When it had fetched the package whole. */
  readonly fetchedAt: number | null;
  /** Entries that show what became of it. */
  readonly evidence: readonly number[];
}

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
/** Steps that tell a version of its login. */
const says: ReadonlySet<string> = new Set([
  'versionConfirmed',
  'versionNew',
  'versionDiffers',
  'versionSame',
  'notApplied',
  'alreadyThere',
]);

/** `null`: it was told nothing, or what it was told is no longer on record. */
export function upgradedOf({ steps }: RunLine, commands: ReadonlyMap<number, Command>): Upgraded | null {
  const command = commands.get(steps.findLast((step) => step.command !== null)?.command ?? -1);
  if (command === undefined) return null;
  const { input, sentAt } = command;
  const field = broughtByCommand(input).field ?? 'version';
  return {
    command,
    stage: upgradeStage(command, null),
    before: text(input[`${field}Before`])?.trim() ?? null,
    after: text(command.steps.findLast(({ what }) => says.has(what))?.params['version'])?.trim() ?? null,
    toldAt: sentAt,
    fetchedAt: command.steps.findLast(({ what }) => what === 'downloadEnded')?.at ?? null,
    evidence: [...new Set(command.steps.flatMap(({ entry }) => entry ?? []))],
  };
}
