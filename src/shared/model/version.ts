/** The version that a machine runs, according to its logins. Every screen, run and file uses `hasVersion`. */
import type { JsonObject } from './json';
import type { MachineState } from './machine';
import { loginFieldOf, type UpgradePackage } from './upgrade';
import { versionFields, type KnownVersions, type VersionDoubt, type VersionField } from './knownVersions';

/** The version that a package brings. `field` null: not part of a login [field]. */
export interface BroughtVersion {
  readonly field: VersionField | null;
  readonly version: string;
}

type Unknown =
  /** The version is not part of a login. */
  | { readonly why: 'notNamed' }
  /** The package has no version. */
  | { readonly why: 'noVersion' }
  /** No login is known, or the last one has no version. */
  | { readonly why: 'notReported' }
  /** `last`: version of the last login. */
  | { readonly why: VersionDoubt['why']; readonly doubt: VersionDoubt; readonly last: string | null };

export type VersionNow =
  | { readonly known: true; readonly version: string; readonly at: number; readonly entry: number }
  | ({ readonly known: false } & Unknown);

/** `at`, `entry`: the login that is the evidence. */
export type VersionAnswer =
  | {
      readonly has: 'has' | 'hasOther';
      readonly version: string;
      readonly at: number;
      readonly entry: number;
    }
  | ({ readonly has: 'unknown' } & Unknown);

const trimmed = (version: string | null | undefined): string | null => version?.trim() || null;

export const isSameVersion = (a: string, b: string): boolean => a.trim() === b.trim();

/** The version that the machine runs. */
export function versionNow(field: VersionField, known: KnownVersions): VersionNow {
  const { login, doubts } = known;
  const last = trimmed(known[field]);
  const doubt = doubts.find((one) => one.field === field);
  if (doubt !== undefined) return { known: false, why: doubt.why, doubt, last };
  return login === null || last === null
    ? { known: false, why: 'notReported' }
    : { known: true, version: last, at: login.at, entry: login.entry };
}

/** Whether the machine runs a package's version. */
export function hasVersion({ field, version }: BroughtVersion, known: KnownVersions): VersionAnswer {
  if (field === null) return { has: 'unknown', why: 'notNamed' };
  if (trimmed(version) === null) return { has: 'unknown', why: 'noVersion' };
  const now = versionNow(field, known);
  if (!now.known) {
    const { known: _known, ...why } = now;
    return { has: 'unknown', ...why };
  }
  const { version: found, at, entry } = now;
  return { has: isSameVersion(found, version) ? 'has' : 'hasOther', version: found, at, entry };
}

export const broughtBy = (
  pkg: Pick<UpgradePackage, 'platform' | 'androidType' | 'version'>,
): BroughtVersion => ({ field: loginFieldOf(pkg), version: pkg.version });

/** The same for an upgrade command, which stores it. */
export function broughtByCommand(input: JsonObject): BroughtVersion {
  const { field, version } = input;
  // Earlier versions stored only whether a login contains it.
  const known = field === undefined ? (input['seenAtLogin'] === false ? null : 'version') : field;
  return {
    field: versionFields.find((one) => one === known) ?? null,
    version: typeof version === 'string' ? version : '',
  };
}

/** From a machine's state. */
export const versionsKnown = (
  machine: Pick<MachineState, 'login'> | null,
  doubts: readonly VersionDoubt[],
): KnownVersions => {
  const { login = null } = machine ?? {};
  return { version: login?.version ?? null, ioVersion: login?.ioVersion ?? null, login, doubts };
};
