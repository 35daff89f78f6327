/** The packages machines can be upgraded with: checked copies in the data directory, named by their hash, and a list of them. */
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Staging, UpgradePackage } from '#shared/model/upgrade';
import { damagedList, readList, writeList } from './list';
import type { Refusal, Staged } from './messages';
import { Stager } from './stager';

export interface LibraryOptions {
  readonly directory: string;
  /** The built worker.ts. */
  readonly workerFile: string | URL;
  readonly now: () => number;
}

export type Added =
  { readonly ok: true; readonly package: UpgradePackage } | { readonly ok: false; readonly refusal: Refusal };

/** What a person may set. */
export type PackagePatch = {
  readonly [K in 'version' | 'platform' | 'androidType' | 'pathStyle']?: UpgradePackage[K] | undefined;
};

const temporary = '.part';

export class PackageLibrary {
  readonly #options: LibraryOptions;
  readonly #listeners: (() => void)[] = [];
  #packages: readonly UpgradePackage[] = [];
  #missing: readonly UpgradePackage[] = [];
  #damagedCopy: string | null = null;
  #staging: Staging | null = null;
  #stager: Stager | null = null;
  /** The end of the line of files that are being read in. */
  #queue: Promise<unknown> = Promise.resolve();

  constructor(options: LibraryOptions) {
    this.#options = options;
  }

  /** Newest first. */
  get packages(): readonly UpgradePackage[] {
    return this.#packages;
  }

  get staging(): Staging | null {
    return this.#staging;
  }

  /** Packages whose file was gone, or not whole, when the library was opened. They are on the list no more. */
  get missing(): readonly UpgradePackage[] {
    return this.#missing;
  }

  /** Where a damaged list was put, if one was found. */
  get damagedCopy(): string | null {
    return this.#damagedCopy;
  }

  onChange(listener: () => void): void {
    this.#listeners.push(listener);
  }

  /** Where that package's file is. */
  fileOf(id: string): string {
    return join(this.#options.directory, `${id}.zip`);
  }

  async open(): Promise<void> {
    const { directory, now } = this.#options;
    await mkdir(directory, { recursive: true });
    const { packages, damagedCopy } = readList(directory, now());
    this.#damagedCopy = damagedCopy;
    const present: UpgradePackage[] = [];
    const missing: UpgradePackage[] = [];
    for (const pkg of packages) {
      const size = await stat(this.fileOf(pkg.id)).then(
        (found) => found.size,
        () => null,
      );
      (size === pkg.size ? present : missing).push(pkg);
    }
    this.#missing = missing;
    this.#packages = present;
    await this.#removeLeftovers();
    if (missing.length > 0 || damagedCopy !== null) writeList(directory, present);
    this.#changed();
  }

  /** Reads a file in. One at a time: a second waits for the first. */
  async add(path: string): Promise<Added> {
    const added = this.#queue.then(() => this.#add(path));
    this.#queue = added.catch(() => null);
    return added;
  }

  /** Stops reading in the file that `staging` tells of. */
  cancel(): void {
    this.#stager?.cancel();
  }

  /** `null`: there is no such package. */
  change(id: string, patch: PackagePatch): UpgradePackage | null {
    const before = this.#packages.find((pkg) => pkg.id === id);
    if (before === undefined) return null;
    const { version = before.version, pathStyle = before.pathStyle } = patch;
    const { platform = before.platform, androidType = before.androidType } = patch;
    const after: UpgradePackage = { ...before, version: version.trim(), platform, androidType, pathStyle };
    this.#save(this.#packages.map((pkg) => (pkg === before ? after : pkg)));
    return after;
  }

  async remove(id: string): Promise<void> {
    this.#save(this.#packages.filter((pkg) => pkg.id !== id));
    await rm(this.fileOf(id), { force: true });
  }

  async #add(path: string): Promise<Added> {
    const { directory, workerFile } = this.#options;
    const fileName = basename(path);
    const target = join(directory, `staging${temporary}`);
    this.#stage({ fileName, phase: 'copying', done: 0, total: 0 });
    try {
      await rm(target, { force: true });
      this.#stager = new Stager(workerFile, { source: path, target }, ({ phase, done, total }) =>
        this.#stage({ fileName, phase, done, total }),
      );
      const result = await this.#stager.result;
      if ('refusal' in result) return { ok: false, refusal: result.refusal };
      return { ok: true, package: await this.#addStaged(target, fileName, result.staged) };
    } catch (error) {
      return { ok: false, refusal: refusalFor(error) };
    } finally {
      this.#stager = null;
      await rm(target, { force: true }).catch(() => null);
      this.#stage(null);
    }
  }

  async #addStaged(target: string, fileName: string, staged: Staged): Promise<UpgradePackage> {
    const { sha256: id, guess, ...facts } = staged;
    const known = this.#packages.find((pkg) => pkg.id === id);
    if (known !== undefined) {
      // The file on disk may have been spoilt since; this one is known to be whole. A machine may be fetching it, though.
      await rename(target, this.fileOf(id)).catch(() => null);
      return known;
    }
    await rename(target, this.fileOf(id));
    const pkg: UpgradePackage = {
      id,
      fileName,
      ...facts,
      addedAt: this.#options.now(),
      ...guess,
      pathStyle: 'absolute',
    };
    try {
      this.#save([pkg, ...this.#packages]);
    } catch (error) {
      await rm(this.fileOf(id), { force: true });
      throw error;
    }
    return pkg;
  }

  /** What a crash left: files in the making, and files that never came on the list. */
  async #removeLeftovers(): Promise<void> {
    const { directory } = this.#options;
    const names = await readdir(directory);
    // As long as a damaged list lies here, a file that is on no list may be on that one.
    const alsoUnlisted = !names.some((name) => name.startsWith(damagedList));
    const listed = new Set(this.#packages.map(({ id }) => `${id}.zip`));
    for (const name of names) {
      const isUnlisted = alsoUnlisted && /^[0-9a-f]{64}\.zip$/.test(name) && !listed.has(name);
      if (isUnlisted || name.endsWith(temporary)) await rm(join(directory, name), { force: true });
    }
  }

  /** On disk first: what is shown as kept is kept. */
  #save(packages: readonly UpgradePackage[]): void {
    writeList(this.#options.directory, packages);
    this.#packages = packages;
    this.#changed();
  }

  #stage(staging: Staging | null): void {
    this.#staging = staging;
    this.#changed();
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}

function refusalFor(error: unknown): Refusal {
  const detail = error instanceof Error ? error.message : String(error);
  const isFull = error instanceof Error && 'code' in error && error.code === 'ENOSPC';
  return isFull ? { reason: 'noSpace', params: {} } : { reason: 'unreadable', params: { detail } };
}
