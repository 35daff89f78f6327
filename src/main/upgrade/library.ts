/** The packages machines can be upgraded with: checked copies in the data directory, named by their hash, and a list of them. */
import { mkdir, readdir, rename, rm, stat, statfs } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Checksum } from '#shared/checksum';
import type { FetchedContent } from '#shared/model/fetched';
import {
  noStory,
  type MatchedChecksum,
  type PackageContents,
  type PackageOrigin,
  type PackageSpace,
  type Staging,
  type UpgradePackage,
} from '#shared/model/upgrade';
import { damagedList, readList, writeList } from './list';
import { reserve, type PackageCalls, type Refusal, type Staged, type StageProgress } from './messages';
import { Refused } from './refused';
import { PackageThread } from './stager';

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
  readonly [K in 'version' | 'platform' | 'androidType' | 'pathStyle' | 'label' | 'notes']?:
    | UpgradePackage[K]
    | undefined;
};

/** What is known of a file before it is read in. */
export interface Expected {
  readonly checksum: Checksum | null;
  readonly origin: PackageOrigin | null;
}
const nothingExpected: Expected = { checksum: null, origin: null };

const temporary = '.part';

export class PackageLibrary {
  readonly #options: LibraryOptions;
  readonly #listeners: (() => void)[] = [];
  #packages: readonly UpgradePackage[] = [];
  #missing: readonly UpgradePackage[] = [];
  #damagedCopy: string | null = null;
  #staging: Staging | null = null;
  /** Of the file that is being added or written. */
  #thread: PackageThread | null = null;
  readonly #threads = new Set<PackageThread>();
  #isClosed = false;
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
  async add(path: string, expected = nothingExpected): Promise<Added> {
    const added = this.#queue.then(() => this.#add(path, expected));
    this.#queue = added.catch(() => null);
    return added;
  }

  /** Writes one elsewhere; gives why not. */
  async export(id: string, target: string): Promise<Refusal | null> {
    const exported = this.#queue.then(() => this.#export(id, target));
    this.#queue = exported.catch(() => null);
    return exported;
  }

  /** Cancels the file that is being added or written (`staging`). */
  cancel(): void {
    void this.#thread?.cancel();
  }

  /** At the end of the app: nothing is read or written any more. What goes on after `within` ms, on a disk that does not answer, is ended by force. */
  async close(within = 3_000): Promise<void> {
    this.#isClosed = true;
    await Promise.all([...this.#threads].map((thread) => thread.cancel(within)));
  }

  /** Of its file as it is now. @throws what the disk says */
  hashes(id: string): Promise<PackageCalls['hashesOf']['result']> {
    return this.#ask('hashesOf', { file: this.fileOf(id) });
  }

  /** @throws what the disk says */
  contents(id: string, text: string): Promise<PackageContents> {
    return this.#ask('contents', { file: this.fileOf(id), text });
  }

  /** Of products and recipes. @throws what the disk says */
  tables(id: string): Promise<FetchedContent> {
    return this.#ask('tables', { file: this.fileOf(id) });
  }

  /** `null`: the disk does not say. */
  async space(): Promise<PackageSpace | null> {
    try {
      const { bavail, bsize } = await statfs(this.#options.directory);
      return { free: bavail * bsize, reserve };
    } catch {
      return null;
    }
  }

  /** Another expected checksum was held against it. `null`: there is no such package, or it is another. */
  matched(id: string, { by, value }: Checksum): UpgradePackage | null {
    const before = this.#packages.find((pkg) => pkg.id === id);
    if (before === undefined || (by === 'sha256' ? before.id : before.md5) !== value) return null;
    return this.#replace(before, { ...before, matched: withMatched(before.matched, [{ by, file: '' }]) });
  }

  /** `null`: there is no such package. */
  change(id: string, patch: PackagePatch): UpgradePackage | null {
    const before = this.#packages.find((pkg) => pkg.id === id);
    if (before === undefined) return null;
    const { version = before.version, pathStyle = before.pathStyle } = patch;
    const { platform = before.platform, androidType = before.androidType } = patch;
    const { label = before.label, notes = before.notes } = patch;
    const guessed = {
      version: patch.version === undefined ? before.guessed.version : null,
      platform:
        patch.platform === undefined && patch.androidType === undefined ? before.guessed.platform : null,
    };
    return this.#replace(before, {
      ...before,
      version: version.trim(),
      platform,
      androidType,
      pathStyle,
      label: label.trim(),
      notes: notes.trim(),
      guessed,
    });
  }

  #replace(before: UpgradePackage, after: UpgradePackage): UpgradePackage {
    this.#save(this.#packages.map((pkg) => (pkg === before ? after : pkg)));
    return after;
  }

  /** Its file first: on a full disk that makes the room in which the list can be written. One that is gone is taken off the list. */
  async remove(id: string): Promise<void> {
    await rm(this.fileOf(id), { force: true });
    this.#save(this.#packages.filter((pkg) => pkg.id !== id));
  }

  async #add(path: string, { checksum, origin }: Expected): Promise<Added> {
    const { directory } = this.#options;
    const fileName = basename(path);
    const target = join(directory, `staging${temporary}`);
    this.#stage({ fileName, phase: 'copying', done: 0, total: 0 });
    try {
      await rm(target, { force: true });
      const result = await this.#run('stage', { source: path, target, expected: checksum });
      if ('refusal' in result) return { ok: false, refusal: result.refusal };
      return { ok: true, package: await this.#addStaged(target, origin, result.staged) };
    } catch (error) {
      return { ok: false, refusal: refusalFor(error) };
    } finally {
      await rm(target, { force: true }).catch(() => null);
      this.#stage(null);
    }
  }

  async #export(id: string, target: string): Promise<Refusal | null> {
    this.#stage({ fileName: basename(target), phase: 'exporting', done: 0, total: 0 });
    try {
      const { refusal } = await this.#run('exportTo', { source: this.fileOf(id), target, sha256: id });
      return refusal;
    } catch (error) {
      return refusalFor(error);
    } finally {
      this.#stage(null);
    }
  }

  /** The only one that is being added or written. */
  async #run<C extends 'stage' | 'exportTo'>(
    call: C,
    args: PackageCalls[C]['args'],
  ): Promise<PackageCalls[C]['result']> {
    const thread = this.#launch((progress) => this.#stage(progress));
    this.#thread = thread;
    try {
      return await this.#ask(call, args, thread);
    } finally {
      this.#thread = null;
    }
  }

  #launch(onProgress?: (progress: StageProgress) => void): PackageThread {
    if (this.#isClosed) throw new Refused('cancelled');
    return new PackageThread(this.#options.workerFile, onProgress);
  }

  async #ask<C extends keyof PackageCalls>(
    call: C,
    args: PackageCalls[C]['args'],
    thread = this.#launch(),
  ): Promise<PackageCalls[C]['result']> {
    this.#threads.add(thread);
    try {
      return await thread.run(call, args);
    } finally {
      this.#threads.delete(thread);
    }
  }

  async #addStaged(
    target: string,
    origin: PackageOrigin | null,
    { sha256: id, guess, matched, ...facts }: Staged,
  ): Promise<UpgradePackage> {
    const known = this.#packages.find((pkg) => pkg.id === id);
    if (known !== undefined) {
      // Replaces the stored file, which may be damaged, by this checked one. That fails while a machine fetches it, on Windows: then it must be that.
      await rename(target, this.fileOf(id)).catch(async (error: unknown) => {
        if ((await this.hashes(id)).sha256 !== id) throw error;
      });
      if (matched.length === 0) return known;
      return this.#replace(known, { ...known, matched: withMatched(known.matched, matched) });
    }
    await rename(target, this.fileOf(id));
    const pkg: UpgradePackage = {
      ...noStory,
      id,
      ...facts,
      addedAt: this.#options.now(),
      ...guess,
      matched,
      origin,
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

/** Each once. */
const withMatched = (
  before: readonly MatchedChecksum[],
  more: readonly MatchedChecksum[],
): readonly MatchedChecksum[] => [
  ...before,
  ...more.filter(({ by, file }) => !before.some((one) => one.by === by && one.file === file)),
];

function refusalFor(error: unknown): Refusal {
  if (error instanceof Refused) return { reason: error.reason, params: error.params };
  const detail = error instanceof Error ? error.message : String(error);
  const isFull = error instanceof Error && 'code' in error && error.code === 'ENOSPC';
  return isFull ? { reason: 'diskFull', params: {} } : { reason: 'unreadable', params: { detail } };
}
