/** Fetches a package as a machine does: correctly, or with the interruptions of real machines. The file is checked before it is used. */
import { PackageCheck } from './packageCheck';
import { packageTimeout } from './profile';
import type { BodyReader, Fetch } from './web';

/** The download breaks off once, half way through the package. */
export type BreaksOff = 'never' | 'forGood' | 'andGoesOn';

export interface Downloading {
  readonly fetch: Fetch;
  readonly signal: AbortSignal;
  readonly breaksOff: BreaksOff;
  /** Attempts in all. */
  readonly attempts: number;
}

/** The download broke off for good, as configured. */
export class BrokenOff extends Error {}

/**
 * linux [doc 3.9]: `<dir>/update.xml` names the version and the package, which is then fetched. Returns the version. A stray
 * space at the end of `dir`, as in the document's example, is requested as `%20`.
 */
export async function upgradeByXml(dir: string, how: Downloading): Promise<string> {
  const { fetch, signal } = how;
  const address = new URL(`${dir}${dir.endsWith('/') ? '' : '/'}update.xml`);
  const text = await retried(how, async () => {
    const answer = await fetch(address.href, { timeout: packageTimeout, signal, keepText: true });
    if (answer.status !== 200) throw new Error(`HTTP ${answer.status} for ${address.href}`);
    return answer.text;
  });
  const read = (name: string) =>
    new RegExp(`<${name}>([^<]*)</${name}>`).exec(text)?.[1]?.replaceAll('&amp;', '&');
  const version = read('vendui_version')?.trim();
  const path = read('package_path');
  if (version === undefined || version === '' || path === undefined)
    throw new Error('update.xml is not complete');
  await download(new URL(path, address).href, true, how);
  return version;
}

/** android [field]: fetches the package's own URL. Returns the version in the file's name, if any. Without a `type` the file is a picture. */
export async function upgradeByZip(
  url: string,
  type: string | null,
  how: Downloading,
): Promise<string | null> {
  const address = new URL(url);
  await download(address.href, type !== null, how);
  return /\d+(?:\.\d+)+/.exec(address.pathname.split('/').pop() ?? '')?.[0] ?? null;
}

const isPackage = (status: number): boolean => status === 200 || status === 206;

async function download(url: string, isZip: boolean, how: Downloading): Promise<void> {
  const { fetch, signal, breaksOff } = how;
  let got = new PackageCheck();
  let half = breaksOff !== 'never';
  /** A retry starts at the beginning [field]. Only a configured interruption resumes where it stopped. */
  const once = async (isResumed = false): Promise<void> => {
    if (!isResumed) got = new PackageCheck();
    const after = isResumed ? { at: got.bytes, etag: got.etag } : null;
    const seen = { status: 0, hungUp: false };
    const reader: BodyReader = {
      begins: (head) => {
        seen.status = head.status;
        // The bytes so far belong to another file, or the server does not support ranges.
        if (head.status === 200) got = new PackageCheck();
        got.begins(head);
      },
      takes: (piece) => {
        if (!isPackage(seen.status)) return true;
        const most = half ? Math.max(0, Math.floor((got.whole ?? 0) / 2) - got.bytes) : piece.length;
        seen.hungUp = half && piece.length >= most;
        got.takes(piece.subarray(0, most));
        return !seen.hungUp;
      },
    };
    await fetch(url, { timeout: packageTimeout, signal, after, reader });
    if (seen.hungUp) {
      half = false;
      if (breaksOff === 'forGood') throw new BrokenOff();
      return once(true);
    }
    if (!isPackage(seen.status)) throw new Error(`HTTP ${seen.status} for ${url}`);
    const problem = got.problem(isZip);
    if (problem !== null) throw new Error(problem);
  };
  await retried(how, () => once());
}

async function retried<T>({ signal, attempts }: Downloading, run: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run();
    } catch (error) {
      if (attempt >= attempts || signal.aborted || error instanceof BrokenOff) throw error;
    }
  }
}
