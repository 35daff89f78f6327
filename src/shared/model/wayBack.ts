/** The library's packages with the versions that machines had before an upgrade. */
import { openLineStates, type NoWayBack, type RunMachine, type WayBack, type WayBackGroup } from './run';
import type { Command } from './command';
import { androidPackageTypes, loginFieldOf, type UpgradePackage } from './upgrade';
import { broughtByCommand, isSameVersion } from './version';

/** The program and part of a package. Each android type in a login has its own version. */
type Kind = Pick<UpgradePackage, 'platform' | 'androidType'>;

/** Former packages with their machines. */
export interface PreviousPackages extends Pick<WayBack, 'without'> {
  readonly groups: readonly Pick<WayBackGroup, 'packageId' | 'machines'>[];
}

/** The former package of each machine that got an upgrade; the newest of several in the library. */
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

/** `null`: unknown, or not part of a login. */
function versionBefore({ input }: Command): string | null {
  const { field } = broughtByCommand(input);
  const before = field === null ? undefined : input[`${field}Before`];
  return typeof before === 'string' && before.trim() !== '' ? before : null;
}

/** The package may have been deleted since. */
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
