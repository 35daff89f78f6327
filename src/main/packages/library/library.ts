/** The package library: verified copies in the data directory, named by their hash, and a list of them. */
import { mkdir, readdir, rename, rm, stat, statfs } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Checksum } from '#shared/checksum';
import type { FetchedContent } from '#shared/model/fetched';
import type { FileDamage } from '#shared/model/fileDamage';
import {
  noStory,
  type FileError,
  type MatchedChecksum,
  type PackageContents,
  type PackageOrigin,
  type PackageSpace,
  type Staging,
  type UpgradePackage,
} from '#shared/model/upgrade';
import { listName, PackageList } from './list';
import { reserve, type PackageCalls, type Refusal, type Staged, type StageProgress } from './messages';
import { Refused } from '../host/refused';
import { fileErrorOf } from './spoiltFiles';
import { PackageProcess } from './stager';
import type { StartProcess } from '../../lib/threads/process';

export interface LibraryOptions {
  readonly directory: string;
  /** The built thread.ts. */
  readonly script: string;
  readonly startProcess: StartProcess;
  readonly now: () => number;
}

export type Added =
  | { readonly ok: true; readonly package: UpgradePackage }
  | { readonly ok: false; readonly refusal: Refusal };

/** The members that a user can change. */
export type PackagePatch = {
  readonly [K in 'version' | 'platform' | 'androidType' | 'pathStyle' | 'label' | 'notes']?:
    | UpgradePackage[K]
    | undefined;
};

/** Known facts of a file before it is added. */
export interface Expected {
  readonly checksum: Checksum | null;
  readonly origin: PackageOrigin | null;
}
const nothingExpected: Expected = { checksum: null, origin: null };

const temporary = '.part';

export class PackageLibrary {
  readonly #options: LibraryOptions;
  readonly #listeners: (() => void)[] = [];
  readonly #list: PackageList;
  #packages: readonly UpgradePackage[] = [];
  #staging: Staging | null = null;
  /** The process that adds or writes a file. */
  #process: PackageProcess | null = null;
  readonly #processes = new Set<PackageProcess>();
  #isClosed = false;
  /** Resolves after the last queued file. */
  #queue: Promise<unknown> = Promise.resolve();

  constructor(options: LibraryOptions) {
    this.#options = options;
    this.#list = new PackageList(options.directory, options.now);
  }

  /** Newest first. */
  get packages(): readonly UpgradePackage[] {
    return this.#packages;
  }

  get staging(): Staging | null {
    return this.#staging;
  }

  onChange(listener: () => void): void {
    this.#listeners.push(listener);
  }

  /** The path of a package's file. */
  fileOf(id: string): string {
    return join(this.#options.directory, `${id}.zip`);
  }

  /**
   * Reads the list. A list never causes a stored file to be deleted. A package with a missing or damaged file stays
   * listed, and an unlisted file is added again afterwards. Returns the errors of the packages' files.
   */
  async open(onDamage: (damage: FileDamage) => void): Promise<ReadonlyMap<string, FileError>> {
    const { directory } = this.#options;
    await mkdir(directory, { recursive: true });
    const { packages, damage, isToBeWritten } = this.#list.read();
    this.#packages = packages;
    if (damage !== null) onDamage({ ...damage, file: `packages/${listName}` });
    const errors = new Map<string, FileError>();
    for (const { id, fileName, size } of packages) {
      const error = await stat(this.fileOf(id)).then(
        (found) => (found.size === size ? null : 'changed'),
        (reason: unknown) => fileErrorOf(reason),
      );
      if (error === null) continue;
      errors.set(id, error);
      onDamage({ what: error, file: `packages/${id}.zip`, detail: fileName });
    }
    this.#changed();
    if (isToBeWritten) this.#mendList();
    const names = await readdir(directory);
    for (const name of names) if (name.endsWith(temporary)) await rm(join(directory, name), { force: true });
    const found = names.flatMap((name) => /^([0-9a-f]{64})\.zip$/.exec(name)?.[1] ?? []);
    this.#queue = this.#readAgain(found, onDamage);
    return errors;
  }

  /** If the disk rejects the write, the file stays as it is until the next change. */
  #mendList(): void {
    try {
      this.#list.write(this.#packages);
    } catch {
      // The list in memory stays valid.
    }
  }

  /** Adds package files that the list lacks after a crash or damage. */
  async #readAgain(ids: readonly string[], onDamage: (damage: FileDamage) => void): Promise<void> {
    for (const id of ids) {
      if (this.#isClosed || this.#packages.some((pkg) => pkg.id === id)) continue;
      const file = `packages/${id}.zip`;
      const refusal = await this.#inspect(id).catch((error: unknown) => refusalFor(error));
      if (refusal === null) onDamage({ what: 'foundAgain', file, detail: '' });
      else if (refusal.reason !== 'cancelled') onDamage({ what: 'stray', file, detail: refusal.reason });
    }
  }

  /** @throws the error of the disk */
  async #inspect(id: string): Promise<Refusal | null> {
    const file = this.fileOf(id);
    this.#stage({ fileName: basename(file), phase: 'checking', done: 0, total: 0 });
    try {
      const result = await this.#run('inspect', { file, sha256: id });
      if ('refusal' in result) return result.refusal;
      this.#save([this.#packageOf(result.staged, null), ...this.#packages]);
      return null;
    } finally {
      this.#stage(null);
    }
  }

  /** Adds a file. Files are added one after the other. */
  async add(path: string, expected = nothingExpected): Promise<Added> {
    const added = this.#queue.then(() => this.#add(path, expected));
    this.#queue = added.catch(() => null);
    return added;
  }

  /** Writes a package to another place. Returns the refusal, if any. */
  async export(id: string, target: string): Promise<Refusal | null> {
    const exported = this.#queue.then(() => this.#export(id, target));
    this.#queue = exported.catch(() => null);
    return exported;
  }

  /** Cancels the file that is being added or written (`staging`). Kills the process after `within` ms. */
  cancel(within = 3_000): void {
    void this.#process?.cancel(within);
  }

  /** Call this at the end of the app. Kills processes after `within` ms, for disks that do not respond. */
  async close(within = 3_000): Promise<void> {
    this.#isClosed = true;
    await Promise.all([...this.#processes].map((process) => process.cancel(within)));
  }

  /** Hashes of the file as it is now. @throws the error of the disk */
  hashes(id: string): Promise<PackageCalls['hashesOf']['result']> {
    return this.#ask('hashesOf', { file: this.fileOf(id) });
  }

  /** @throws the error of the disk */
  contents(id: string, text: string): Promise<PackageContents> {
    return this.#ask('contents', { file: this.fileOf(id), text });
  }

  /** Products and recipes of a package. @throws the error of the disk */
  tables(id: string): Promise<FetchedContent> {
    return this.#ask('tables', { file: this.fileOf(id) });
  }

  /** `null`: the disk does not report it. */
  async space(): Promise<PackageSpace | null> {
    try {
      const { bavail, bsize } = await statfs(this.#options.directory);
      return { free: bavail * bsize, reserve };
    } catch {
      return null;
    }
  }

  /** Records that another expected checksum matched. `null`: the package does not exist, or the checksum differs. */
  matched(id: string, { by, value }: Checksum): UpgradePackage | null {
    const before = this.#packages.find((pkg) => pkg.id === id);
    if (before === undefined || (by === 'sha256' ? before.id : before.md5) !== value) return null;
    return this.#replace(before, { ...before, matched: withMatched(before.matched, [{ by, file: '' }]) });
  }

  /** `null`: the package does not exist. */
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

  /**
   * Removes the file first, because a full disk then has room for the new
   * list. A missing file is removed from the list too.
   */
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

  /** Only one of these runs at a time. */
  async #run<C extends 'stage' | 'inspect' | 'exportTo'>(
    call: C,
    args: PackageCalls[C]['args'],
  ): Promise<PackageCalls[C]['result']> {
    const process = this.#launch((progress) => this.#stage(progress));
    this.#process = process;
    try {
      return await this.#ask(call, args, process);
    } finally {
      this.#process = null;
    }
  }

  #launch(onProgress?: (progress: StageProgress) => void): PackageProcess {
    if (this.#isClosed) throw new Refused('cancelled');
    const { script, startProcess } = this.#options;
    return new PackageProcess(script, startProcess, onProgress);
  }

  async #ask<C extends keyof PackageCalls>(
    call: C,
    args: PackageCalls[C]['args'],
    process = this.#launch(),
  ): Promise<PackageCalls[C]['result']> {
    this.#processes.add(process);
    try {
      return await process.run(call, args);
    } finally {
      this.#processes.delete(process);
    }
  }

  async #addStaged(target: string, origin: PackageOrigin | null, staged: Staged): Promise<UpgradePackage> {
    const { sha256: id, matched } = staged;
    const known = this.#packages.find((pkg) => pkg.id === id);
    if (known !== undefined) {
      // Replaces the stored file, which may be damaged, by the verified copy. On Windows this fails
      // while a machine downloads the file; then the stored one must be intact.
      await rename(target, this.fileOf(id)).catch(async (error: unknown) => {
        if ((await this.hashes(id)).sha256 !== id) throw error;
      });
      if (matched.length === 0) return known;
      return this.#replace(known, { ...known, matched: withMatched(known.matched, matched) });
    }
    await rename(target, this.fileOf(id));
    const pkg = this.#packageOf(staged, origin);
    try {
      this.#save([pkg, ...this.#packages]);
    } catch (error) {
      await rm(this.fileOf(id), { force: true });
      throw error;
    }
    return pkg;
  }

  #packageOf({ sha256: id, guess, matched, ...facts }: Staged, origin: PackageOrigin | null): UpgradePackage {
    return { ...noStory, id, ...facts, addedAt: this.#options.now(), ...guess, matched, origin };
  }

  /** Writes the list to disk before the change is shown. */
  #save(packages: readonly UpgradePackage[]): void {
    this.#list.write(packages);
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

/** Each checksum once. */
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
