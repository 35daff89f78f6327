/** Upgrades: missing data of a package, the progress of machines, and download rates. */
import { commandNames } from '#shared/commands/index';
import { rowOf } from '#shared/commands/kit/rows';
import type { Command, StepName } from '#shared/model/command';
import type { MachineRow, Platform } from '#shared/model/machine';
import type { Run } from '#shared/model/run';
import { isSeenAtLogin, loginFieldOf, type Transfer, type UpgradePackage } from '#shared/model/upgrade';
import { broughtBy, hasVersion, versionNow, type VersionNow } from '#shared/model/version';
import type { KnownVersions } from '#shared/model/knownVersions';

/** Data needed before the package can be sent. */
export type Missing = 'platform' | 'version';
export function missingOf(pkg: UpgradePackage): readonly Missing[] {
  const { platform, version } = pkg;
  return [
    ...(platform === null ? ['platform' as const] : []),
    ...(version === '' && isSeenAtLogin(pkg) ? ['version' as const] : []),
  ];
}

/** By name: another version may have stored commands that this one does not know. */
const upgradeNames: ReadonlySet<string> = new Set(
  commandNames.filter((name) => rowOf(name).needs === 'package'),
);
export const isUpgrade = ({ name }: Command): boolean => upgradeNames.has(name);

/** The package of a rollout, which is a run with only an upgrade step; `null`: the run is not a rollout. */
export function packageOf({ steps }: Pick<Run, 'steps'>): string | null {
  const [only, ...more] = steps;
  if (only?.do !== 'command' || more.length > 0 || !upgradeNames.has(only.name)) return null;
  const { packageId } = only.input;
  return typeof packageId === 'string' ? packageId : null;
}

/** Why a machine with this program can't use the package; `null`: it can, or its program is unknown. */
export function unfit(
  pkg: UpgradePackage,
  platform: Platform | null,
): 'noPlatform' | 'wrongPlatform' | 'noVersion' | null {
  const [missing] = missingOf(pkg);
  if (missing === 'platform') return 'noPlatform';
  if (platform !== null && pkg.platform !== platform) return 'wrongPlatform';
  return missing === 'version' ? 'noVersion' : null;
}

/** The packages for a machine, newest first. */
export const packagesFor = (
  packages: readonly UpgradePackage[],
  platform: Platform | null,
): readonly UpgradePackage[] =>
  packages.filter((pkg) => unfit(pkg, platform) === null).toSorted((a, b) => b.addedAt - a.addedAt);

/** The screen's initial choice: the newest package that fits a known machine. */
export function newestFitting(
  packages: readonly UpgradePackage[],
  rows: ReadonlyMap<number, MachineRow>,
): UpgradePackage | null {
  const platforms = new Set([...rows.values()].map(({ platform }) => platform));
  const newestFirst = packages.toSorted((a, b) => b.addedAt - a.addedAt);
  return newestFirst.find(({ platform }) => platform !== null && platforms.has(platform)) ?? null;
}

/** The machine's version of the part that the package updates; if no login reports it, the version of its program. */
export const versionFor = (pkg: UpgradePackage | null, known: KnownVersions): VersionNow =>
  versionNow((pkg === null ? null : loginFieldOf(pkg)) ?? 'version', known);

/** By number. Without a package all machines. */
export function machinesFor(
  pkg: UpgradePackage | null,
  rows: ReadonlyMap<number, MachineRow>,
): readonly MachineRow[] {
  const all = [...rows.values()];
  const fitting =
    pkg === null ? all : all.filter(({ platform }) => platform !== null && platform === pkg.platform);
  return fitting.toSorted((a, b) => a.vmcNo - b.vmcNo);
}

export const groupings = ['version', 'place'] as const;
export type Grouping = (typeof groupings)[number];

/** Machines with the same version or place. */
export interface MachineGroup {
  /** `null` for an unknown version, '' for an unknown place. */
  readonly value: string | null;
  /** Only if machines of several programs are shown. */
  readonly platform: MachineRow['platform'];
  readonly machines: readonly number[];
  readonly online: number;
  /** The group has the package's version. */
  readonly isThere: boolean;
}

const natural = new Intl.Collator('en', { numeric: true });

/** One bar each: newest versions first, unknown ones last; places with most machines first. */
export function groupsOf(
  pkg: UpgradePackage | null,
  rows: readonly MachineRow[],
  grouping: Grouping,
): readonly MachineGroup[] {
  const groups = new Map<string, MachineGroup & { machines: number[]; online: number }>();
  for (const row of rows) {
    const now = versionFor(pkg, row);
    const value = grouping === 'place' ? row.place : now.known ? now.version : null;
    const platform = grouping === 'version' && pkg === null ? row.platform : null;
    const key = JSON.stringify([platform, value]);
    const isThere = grouping === 'version' && pkg !== null && hasVersion(broughtBy(pkg), row).has === 'has';
    const group = groups.get(key) ?? { value, platform, machines: [], online: 0, isThere };
    group.machines.push(row.vmcNo);
    group.online += row.online ? 1 : 0;
    groups.set(key, group);
  }
  return [...groups.values()].toSorted((a, b) =>
    grouping === 'place'
      ? b.machines.length - a.machines.length || natural.compare(a.value ?? '', b.value ?? '')
      : (a.platform ?? '').localeCompare(b.platform ?? '') ||
        Number(a.value === null) - Number(b.value === null) ||
        natural.compare(b.value ?? '', a.value ?? ''),
  );
}

/**
 * waiting: the machine is not connected. `sent`: it has the address. sentPerhaps: Crema was killed at that moment.
 * fetching, broken, fetched: the download. refused: this computer could not serve its request. restarting: it disconnected after that.
 * cameBack: back unchanged, and a restart is uncertain. notApplied: it restarted after the download and is unchanged. otherVersion: it logged in
 * with a third version. runs: it logged in with the package's version. unheard: it disconnected and sent nothing since. replaced: a newer upgrade
 * replaced this one. All others are states of the command itself.
 * For a package whose version no login reports: back: it logged in again. reportedDone: it reported the end. unseen: it downloaded the whole file.
 * unfetched: it did not.
 */
export type UpgradeStage =
  | 'waiting'
  | 'sent'
  | 'sentPerhaps'
  | 'fetching'
  | 'broken'
  | 'refused'
  | 'fetched'
  | 'restarting'
  | 'cameBack'
  | 'notApplied'
  | 'otherVersion'
  | 'back'
  | 'runs'
  | 'reportedDone'
  | 'failed'
  | 'unproved'
  | 'unheard'
  | 'unseen'
  | 'unfetched'
  | 'replaced'
  | 'unsent'
  | 'takenBack';

const stageAfter: Partial<Record<StepName, UpgradeStage>> = {
  sent: 'sent',
  sentPerhaps: 'sentPerhaps',
  downloadBegan: 'fetching',
  downloadResumed: 'fetching',
  downloadBroke: 'broken',
  downloadPart: 'broken',
  downloadRefused: 'refused',
  downloadEnded: 'fetched',
  connectionClosed: 'restarting',
  versionSame: 'cameBack',
  notApplied: 'notApplied',
  versionDiffers: 'otherVersion',
};

/** `running`: the machine's current transfer. */
export function upgradeStage(command: Command, running: Transfer | null): UpgradeStage {
  const { state, sentAt, steps } = command;
  const last = steps.at(-1)?.what;
  switch (state) {
    case 'queued':
      return 'waiting';
    case 'confirmed':
      // From earlier versions of Crema.
      return last === 'machineSaidDone' ? 'reportedDone' : 'runs';
    case 'failed':
      return 'failed';
    case 'cancelled':
      return 'takenBack';
    case 'expired':
    case 'unconfirmable':
      if (sentAt === null) return 'unsent';
      if (last === 'replaced') return 'replaced';
      if (last === 'cannotProve') return 'unseen';
      if (unheardSince(command) !== null) return 'unheard';
      if (command.input['version'] === '') return 'unfetched';
      return seenAgain.has(reached(command).stage) ? reached(command).stage : 'unproved';
    case 'sent': {
      if (running !== null) return 'fetching';
      const { stage } = reached(command);
      // An unfinished transfer that does not run was interrupted by closing Crema.
      return stage === 'fetching' ? 'broken' : stage;
    }
  }
}

/** The machine returned after the upgrade, with a version other than the package's. */
const seenAgain: ReadonlySet<UpgradeStage> = new Set<UpgradeStage>([
  'cameBack',
  'notApplied',
  'otherVersion',
]);

/** When a machine that was given up as silent last sent data; `null`: it was not given up. */
function unheardSince({ steps }: Pick<Command, 'steps'>): number | null {
  const { what, params } = steps.at(-1) ?? {};
  return what === 'noProof' && params?.['since'] !== undefined ? Number(params['since']) : null;
}

/** The machine's latest stage, and its time. */
function reached({ steps, sentAt, createdAt }: Command): {
  readonly stage: UpgradeStage;
  readonly since: number;
} {
  let last: { readonly stage: UpgradeStage; readonly since: number } = {
    stage: 'sent',
    since: sentAt ?? createdAt,
  };
  for (const { what, at } of steps) {
    const stage = what === 'loggedIn' && last.stage === 'restarting' ? 'back' : stageAfter[what];
    if (stage !== undefined) last = { stage, since: at };
  }
  return last;
}

/** [ours] ms after which a machine in this stage needs attention. Other stages never do. */
const stuckAfter = {
  sent: 120_000,
  fetching: 30_000,
  broken: 60_000,
  refused: 0,
  fetched: 300_000,
  restarting: 180_000,
  cameBack: 60_000,
  notApplied: 0,
  otherVersion: 0,
  unheard: 0,
} as const satisfies Partial<Record<UpgradeStage, number>>;
export type StuckStage = keyof typeof stuckAfter;
const canStick = (stage: UpgradeStage): stage is StuckStage => Object.hasOwn(stuckAfter, stage);

/** The stage in which the upgrade is stuck, and since when (ms); `null`: it continues or has ended. `running`: the machine's current transfer. */
export function stuckAt(
  command: Command,
  running: Transfer | null,
  now: number,
): { readonly stage: StuckStage; readonly since: number } | null {
  const stage = upgradeStage(command, running);
  if (!canStick(stage)) return null;
  const since = running === null ? (unheardSince(command) ?? reached(command).since) : running.movedAt;
  return now - since >= stuckAfter[stage] ? { stage, since } : null;
}

/** The machine's current or last transfer of this command's package. */
export function packageTransfer(transfers: readonly Transfer[], offer: number): Transfer | null {
  const mine = transfers.filter((one) => one.offer === offer && one.what === 'package' && one.status < 400);
  return mine.findLast(({ complete }) => complete === null) ?? mine.at(-1) ?? null;
}
