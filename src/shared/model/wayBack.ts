/** What machines had before an upgrade, as packages of the library. */
import { openLineStates, type NoWayBack, type RunMachine, type WayBack, type WayBackGroup } from './run';
import type { Command } from './command';
import { androidPackageTypes, loginFieldOf, type UpgradePackage } from './upgrade';
import { broughtByCommand, isSameVersion } from './version';

/** What is fetched of a machine's kind of program and part; android's types that a login tells have a version of their own each. */
type Kind = Pick<UpgradePackage, 'platform' | 'androidType'>;

/** Who had which package before. */
export interface PreviousPackages extends Pick<WayBack, 'without'> {
  readonly groups: readonly Pick<WayBackGroup, 'packageId' | 'machines'>[];
}

/** Of each machine that was sent a package, which it had before; the newest of the library where several are that. */
export function previousPackages(
  lines: readonly RunMachine[],
  commands: readonly Command[],
  packages: readonly UpgradePackage[],
): PreviousPackages {
  const byId = new Map(commands.map((command) => [command.id, command]));
  const newestFirst = packages.toSorted((a, b) => b.addedAt - a.addedAt);
  const groups = new Map<string, number[]>();
  const without: WayBack['without'][number][] = [];
  for (const line of lines) {
    const { vmcNo } = line;
    const given = line.steps.findLast(({ command }) => command !== null)?.command;
    const found = given == null ? undefined : byId.get(given);
    const before = found === undefined ? null : versionBefore(found);
    const no = (why: NoWayBack): void => void without.push({ vmcNo, why, version: before });
    if (openLineStates.has(line.state) && given != null) no('running');
    else if (found?.sentAt == null) no('untold');
    else if (before === null) no('versionUnknown');
    else if (isSameVersion(before, broughtByCommand(found.input).version)) no('same');
    else {
      const kind = kindOf(found, packages);
      const pkg = newestFirst.find((one) => isSameVersion(one.version, before) && isSameKind(one, kind));
      if (pkg === undefined) no('noPackage');
      else groups.set(pkg.id, [...(groups.get(pkg.id) ?? []), vmcNo]);
    }
  }
  return { groups: [...groups].map(([packageId, machines]) => ({ packageId, machines })), without };
}

/** `null`: nobody knows, or no login tells it. */
function versionBefore({ input }: Command): string | null {
  const { field } = broughtByCommand(input);
  const before = field === null ? undefined : input[`${field}Before`];
  return typeof before === 'string' && before.trim() !== '' ? before : null;
}

/** Its package may have been deleted since. */
function kindOf({ input, platform }: Command, packages: readonly UpgradePackage[]): Kind {
  const pkg = packages.find(({ id }) => id === input['packageId']);
  if (pkg !== undefined || platform !== 'android') return pkg ?? { platform, androidType: null };
  const androidType =
    androidPackageTypes.find(
      (type) => loginFieldOf({ platform, androidType: type }) === broughtByCommand(input).field,
    ) ?? null;
  return { platform, androidType };
}

const isSameKind = (a: Kind, b: Kind): boolean =>
  a.platform === b.platform && (a.platform === 'linux' || a.androidType === b.androidType);
