/** How a virtual machine applies an upgrade: correctly, or with a configured fault. */
import type { Platform } from '#shared/model/machine';
import type { Misbehaviour } from '#shared/model/simulator';
import { upgradeByXml, upgradeByZip, type Downloading } from './download';
import { packageAttempts } from './profile';
import type { Fetch } from './web';

export interface Upgrading {
  readonly platform: Platform;
  /** As received: the address and, on android, the type. */
  readonly dir: string;
  readonly type: string | null;
  readonly fetch: Fetch;
  readonly signal: AbortSignal;
  readonly does: ReadonlySet<Misbehaviour>;
  /** The versions of its next login. */
  readonly versions: { program: string; io: string };
}

/** Behaviour of the machine after the upgrade. */
type AfterUpgrade = 'restarts' | 'restartsAsBefore' | 'stays' | 'vanishes';

interface Upgraded {
  readonly after: AfterUpgrade;
  /** The version that the package names; '': none. */
  readonly version: string;
  readonly apply: () => void;
}
const nothing = (): void => undefined;
const only = (after: AfterUpgrade): Upgraded => ({ after, version: '', apply: nothing });

export async function upgradeOf(about: Upgrading): Promise<Upgraded> {
  const { platform, type, signal, does } = about;
  let fetchedVersion: string | null;
  try {
    fetchedVersion = await fetched(about);
  } catch {
    // The machine does not report a failed download.
    return only('stays');
  }
  if (signal.aborted) return only('stays');
  if (does.has('upgradeVanishes')) return only('vanishes');
  // Without a type the file is a screen saver picture [field], which needs no restart.
  if (platform === 'android' && type === null) return only('stays');
  if (does.has('upgradeNotApplied')) return only('restartsAsBefore');
  if (fetchedVersion === null) return only('restarts');
  const version = does.has('upgradeOtherVersion') ? `${fetchedVersion}.1` : fetchedVersion;
  return { after: 'restarts', version, apply: () => apply(about, version) };
}

function fetched({ platform, dir, type, fetch, signal, does }: Upgrading): Promise<string | null> {
  const how: Downloading = {
    fetch,
    signal,
    attempts: packageAttempts[platform],
    breaksOff: does.has('upgradeStops') ? 'forGood' : does.has('upgradeResumes') ? 'andGoesOn' : 'never',
  };
  return platform === 'linux' ? upgradeByXml(dir, how) : upgradeByZip(dir, type, how);
}

function apply({ platform, type, versions }: Upgrading, version: string): void {
  if (platform === 'linux' || type === 'app') versions.program = version;
  else if (type === 'io') versions.io = version;
}
