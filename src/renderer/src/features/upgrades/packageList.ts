/** The list of packages: search and order. */
import type { UpgradePackage } from '#shared/model/upgrade';
import { matching } from '../../text/matching';

export const packageSorts = ['newest', 'name', 'version'] as const;
export type PackageSort = (typeof packageSorts)[number];
export const isPackageSort = (value: unknown): value is PackageSort =>
  packageSorts.some((sort) => sort === value);

const natural = new Intl.Collator('en', { numeric: true });
const nameOf = ({ label, fileName }: UpgradePackage): string => label || fileName;

const orders: Readonly<Record<PackageSort, (a: UpgradePackage, b: UpgradePackage) => number>> = {
  newest: (a, b) => b.addedAt - a.addedAt,
  name: (a, b) => natural.compare(nameOf(a), nameOf(b)),
  // Packages without a version are last.
  version: (a, b) =>
    Number(a.version === '') - Number(b.version === '') || natural.compare(b.version, a.version),
};

/** The packages whose name, label, version, notes or checksum contain the typed words. Equal ones are newest first. */
export function listedPackages(
  packages: readonly UpgradePackage[],
  typed: string,
  sort: PackageSort,
): readonly UpgradePackage[] {
  const found =
    typed.trim() === ''
      ? packages
      : packages.filter(
          ({ fileName, label, version, notes, platform, id, md5 }) =>
            matching([label, fileName, version, notes, platform ?? '', id, md5].join(' '), typed) > 0,
        );
  return found.toSorted((a, b) => orders[sort](a, b) || b.addedAt - a.addedAt);
}
