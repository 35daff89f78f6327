/** Logins of a machine, and the versions known from them. */

export interface LoginFacts {
  readonly at: number;
  readonly entry: number;
  readonly version: string | null;
  readonly driverVersion: string | null;
  readonly ioVersion: string | null;
  readonly model: string | null;
  readonly loginCount: number | null;
  readonly compId: string | null;
  readonly boards: Readonly<Record<string, string>>;
  readonly timestamp: string | null;
}

/** A login with the address of its connection. */
export interface LoginFrom {
  readonly conn: number;
  readonly address: string;
  readonly version: string | null;
  readonly model: string | null;
}

/** Versions in a login. */
export const versionFields = ['version', 'ioVersion'] as const;
export type VersionField = (typeof versionFields)[number];

/**
 * Why the version of the last login may be outdated. fetched: the machine has downloaded a package since. sent: it got an upgrade command,
 * and Crema does not know whether it downloaded the package.
 */
export interface VersionDoubt {
  readonly field: VersionField;
  readonly why: 'fetched' | 'sent';
  readonly at: number;
  /** The frame with the upgrade; `null`: a download has no frame. */
  readonly entry: number | null;
}

/** The known versions of one machine. */
export interface KnownVersions {
  /** As in the last login. */
  readonly version: string | null;
  /** Version of the I/O board; only android reports it. */
  readonly ioVersion: string | null;
  /** That login; `null`: none known. */
  readonly login: Pick<LoginFacts, 'at' | 'entry'> | null;
  readonly doubts: readonly VersionDoubt[];
}
