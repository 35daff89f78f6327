/** The result of a rollout on one machine, from the rollout's command. */
import type { Command } from '#shared/model/command';
import type { RunMachine } from '#shared/model/run';
import { broughtByCommand } from '#shared/model/version';
import { upgradeStage, type UpgradeStage } from './upgrades';

export interface Upgraded {
  readonly command: Command;
  readonly stage: UpgradeStage;
  /** The version at the last login before; `null`: unknown. */
  readonly before: string | null;
  /** The version at the last login since; `null`: not reported. */
  readonly after: string | null;
  readonly sentAt: number | null;
  /** When the download was complete. */
  readonly fetchedAt: number | null;
  /** Entries that prove the result. */
  readonly evidence: readonly number[];
}

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
/** Steps that contain the version of a login. */
const says: ReadonlySet<string> = new Set([
  'versionConfirmed',
  'versionNew',
  'versionDiffers',
  'versionSame',
  'notApplied',
  'alreadyThere',
]);

/** `null`: the machine got no command, or the command is no longer on record. */
export function upgradedOf({ steps }: RunMachine, commands: ReadonlyMap<number, Command>): Upgraded | null {
  const command = commands.get(steps.findLast((step) => step.command !== null)?.command ?? -1);
  if (command === undefined) return null;
  const { input, sentAt } = command;
  const field = broughtByCommand(input).field ?? 'version';
  return {
    command,
    stage: upgradeStage(command, null),
    before: text(input[`${field}Before`])?.trim() ?? null,
    after: text(command.steps.findLast(({ what }) => says.has(what))?.params['version'])?.trim() ?? null,
    sentAt,
    fetchedAt: command.steps.findLast(({ what }) => what === 'downloadEnded')?.at ?? null,
    evidence: [...new Set(command.steps.flatMap(({ entry }) => entry ?? []))],
  };
}
