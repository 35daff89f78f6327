/** What a virtual machine makes of an upgrade: what it should, or what it was told to do wrong. */
import type { Platform } from '#shared/model/machine';
import type { Misbehaviour } from '#shared/model/simulator';
import { BrokenOff, upgradeByXml, upgradeByZip, type Downloading } from './download';
import type { Fetch } from './web';

export interface Upgrading {
  readonly platform: Platform;
  /** As they came: its address, and on android what it is. */
  readonly dir: string;
  readonly type: string | null;
  readonly fetch: Fetch;
  readonly signal: AbortSignal;
  readonly does: ReadonlySet<Misbehaviour>;
  /** Those it says at its next login. */
  readonly versions: { program: string; io: string };
}

/** What comes then. */
export type AfterUpgrade = 'restarts' | 'restartsAsBefore' | 'stays' | 'fails' | 'vanishes';

export async function upgradeOf(about: Upgrading): Promise<AfterUpgrade> {
  const { platform, type, signal, does } = about;
  let version: string | null;
  try {
    version = await fetched(about);
  } catch (error) {
    return error instanceof BrokenOff ? 'stays' : 'fails';
  }
  if (signal.aborted) return 'stays';
  if (does.has('upgradeVanishes')) return 'vanishes';
  // Without a type it was a screen saver picture [field]: no reason to restart.
  if (platform === 'android' && type === null) return 'stays';
  if (does.has('upgradeNotApplied')) return 'restartsAsBefore';
  if (version !== null) apply(about, does.has('upgradeOtherVersion') ? `${version}.1` : version);
  return 'restarts';
}

function fetched({ platform, dir, type, fetch, signal, does }: Upgrading): Promise<string | null> {
  const how: Downloading = {
    fetch,
    signal,
    breaksOff: does.has('upgradeStops') ? 'forGood' : does.has('upgradeResumes') ? 'andGoesOn' : 'never',
  };
  return platform === 'linux' ? upgradeByXml(dir, how) : upgradeByZip(dir, type, how);
}

function apply({ platform, type, versions }: Upgrading, version: string): void {
  if (platform === 'linux' || type === 'app') versions.program = version;
  else if (type === 'io') versions.io = version;
}
