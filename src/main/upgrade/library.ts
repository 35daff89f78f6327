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
  | { readonly ok: true; readonly package: UpgradePackage }
  | { readonly ok: false; readonly refusal: Refusal };

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
  /** Resolves when the last queued file was added. */
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

  /** Packages that were removed from the list at opening because their file was missing or had the wrong size. */
  get missing(): readonly UpgradePackage[] {
    return this.#missing;
  }

  /** Where a damaged list was moved to, if one was found. */
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

  /** Adds a file. Files are added one after the other. */
  async add(path: string): Promise<Added> {
    const added = this.#queue.then(() => this.#add(path));
    this.#queue = added.catch(() => null);
    return added;
  }

  /** Cancels the file that is being added (`staging`). */
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

  /** Its file first: on a full disk that makes the room in which the list can be written. One that is gone is taken off the list. */
  async remove(id: string): Promise<void> {
    await rm(this.fileOf(id), { force: true });
    this.#save(this.#packages.filter((pkg) => pkg.id !== id));
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
      // Replace the stored file, which may be damaged, by this checked one. That fails while a machine fetches it.
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

  /** Removes what a crash left: unfinished files, and files that are not on the list. */
  async #removeLeftovers(): Promise<void> {
    const { directory } = this.#options;
    const names = await readdir(directory);
    // A file that is not on the list may be on a damaged list that was set aside.
    const alsoUnlisted = !names.some((name) => name.startsWith(damagedList));
    const listed = new Set(this.#packages.map(({ id }) => `${id}.zip`));
    for (const name of names) {
      const isUnlisted = alsoUnlisted && /^[0-9a-f]{64}\.zip$/.test(name) && !listed.has(name);
      if (isUnlisted || name.endsWith(temporary)) await rm(join(directory, name), { force: true });
    }
  }

  /** Writes the list to disk before it is shown. */
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
