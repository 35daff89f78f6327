/** Files on their way to or from brokers. Each waits while its broker is away, and continues with what is missing. */
import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { AppError } from '#shared/contract/errors';
import type { JobProblem } from '#shared/model/capture';
import type { SiteRole } from '#shared/model/sites';
import type { SiteFileList } from '#shared/model/siteFiles';
import { troubleOf } from '../broker/trouble';
import { isGoing, pause } from '../pause';
import type { Broker } from '../uplink/uplink';
import { fileId } from '../wire/file';
import { Failed, failureOf } from './failed';
import { fetchMissing } from './fetch';
import { PartFile } from './partFile';
import { sendMissing, takesChunks } from './send';
import { SentFile } from './sentFile';
import { listFiles, manifestOf, mayRemove, removeFile, TooManySubjects } from './stream';

/** A site of this computer as transfers need it. */
interface TransferSite {
  readonly role: SiteRole;
  /** `null`: not connected. */
  readonly broker: Broker | null;
  /** Bytes of a message that the broker takes. */
  readonly longest: number | undefined;
}

interface TransfersParts {
  /** The folder with one folder for each site. */
  readonly directory: string;
  /** `null`: the site was removed. */
  readonly site: (id: string) => TransferSite | null;
  readonly onProgress: (progress: TransferProgress) => void;
  readonly now: () => number;
}

/** `isAway`: the broker is not connected. */
export interface TransferProgress {
  readonly key: string;
  readonly done: number;
  readonly total: number | null;
  readonly isAway: boolean;
}

export interface SendWish {
  readonly id: string;
  /** Names the transfer. */
  readonly key: string;
  readonly path: string;
  readonly name: string;
  readonly computer: string;
}
export interface FetchWish {
  readonly id: string;
  readonly key: string;
  readonly file: string;
  readonly target: string;
}
export type TransferEnd =
  | { readonly state: 'done' | 'cancelled' }
  | { readonly state: 'failed'; readonly code: JobProblem; readonly detail: string };

/** ms between tries, and between reports. */
const retry = 1_000;
const reportEvery = 200;
/** ms after which the beginning of a file that nobody fetched on is removed: the broker keeps files for a week. */
const partLife = 7 * 86_400_000;

interface Running {
  readonly site: string;
  readonly ending: AbortController;
  readonly ended: Promise<unknown>;
}

/** The part from before the start is damaged: the file is fetched from its start. */
class Again extends Error {
  override readonly name = 'Again';
}

/** A person cancelled it: what is here is not needed any more. */
const cancelled = new Error('cancelled');

export class Transfers {
  readonly #parts: TransfersParts;
  readonly #running = new Map<string, Running>();
  readonly #busy = new Set<string>();
  /** Fetched files whose hash did not match. */
  readonly #differing = new Set<string>();
  readonly #mayRemove = new WeakMap<Broker, boolean>();

  constructor(parts: TransfersParts) {
    this.#parts = parts;
  }

  send({ id, key, path, name, computer }: SendWish): Promise<TransferEnd> {
    return this.#run(id, key, 'reading', async (signal, report) => {
      const file = await SentFile.open(path, signal);
      try {
        const { sha256, size, chunks } = file;
        const at = this.#parts.now();
        const manifest = { name, size, sha256, chunks, at, computer: computer.slice(0, 200) };
        const own = fileId(manifest);
        await this.#alone(`${id} ${own}`, () =>
          this.#untilDone(id, signal, report(size), 'reading', (broker, progress) =>
            sendMissing(broker, { id: own, file, manifest }, signal, progress),
          ),
        );
      } finally {
        await file.close();
      }
    });
  }

  fetchFile({ id, key, file, target }: FetchWish): Promise<TransferEnd> {
    return this.#run(id, key, 'writing', (signal, report) =>
      this.#alone(`${id} ${file}`, () => this.#fetchFile({ id, file, target }, signal, report)),
    );
  }

  async #fetchFile(
    { id, file, target }: Omit<FetchWish, 'key'>,
    signal: AbortSignal,
    report: (total: number | null) => Report,
  ): Promise<void> {
    await this.#untilDone(id, signal, report(null), 'writing', async (broker) => {
      const manifest = await manifestOf(broker, file, signal);
      if (!isGoing(signal)) return;
      if (manifest === undefined) throw new Failed('siteFileGone');
      if (manifest === null) throw new Failed('siteFileUnreadable');
      const part = await PartFile.open(this.#partOf(id, file), manifest.size);
      try {
        await fetchMissing(broker, file, part, signal, report(manifest.size).moved);
        if (part.missing.length > 0) return;
        await part.copyTo(target, manifest, signal);
        part.remove();
        this.#differing.delete(`${id} ${file}`);
      } catch (error) {
        if (signal.reason === cancelled) part.remove();
        if (!(error instanceof Failed) || error.code !== 'siteFileDiffers') throw error;
        // Nothing of it can be trusted. A power loss may have damaged the part that was here before.
        part.remove();
        if (part.isContinued) throw new Again();
        this.#differing.add(`${id} ${file}`);
        throw error;
      } finally {
        await part.close();
      }
    });
    if (signal.reason === cancelled) rmSync(this.#partOf(id, file), { force: true });
  }

  #partOf(id: string, file: string): string {
    return join(this.#parts.directory, id, 'files', `${file}.part`);
  }

  cancel(key: string): void {
    this.#running.get(key)?.ending.abort(cancelled);
  }

  async list(id: string): Promise<SiteFileList | AppError> {
    return this.#asked(id, async (broker, role) => {
      const differs = (file: string): boolean => this.#differing.has(`${id} ${file}`);
      const listed = await listFiles(broker, role, differs, AbortSignal.timeout(listWithin));
      const may = this.#mayRemove.get(broker) ?? (await mayRemove(broker));
      this.#mayRemove.set(broker, may);
      return { ...listed, mayRemove: may };
    });
  }

  async remove(id: string, file: string): Promise<null | AppError> {
    return this.#asked(id, async (broker) => {
      await removeFile(broker, file);
      this.#differing.delete(`${id} ${file}`);
      return null;
    });
  }

  async #asked<T>(id: string, work: (broker: Broker, role: SiteRole) => Promise<T>): Promise<T | AppError> {
    const site = this.#parts.site(id);
    if (site === null) return { code: 'unknownSite', params: {} };
    if (site.broker === null) return { code: 'siteNotConnected', params: {} };
    try {
      return await work(site.broker, site.role);
    } catch (error) {
      if (error instanceof TooManySubjects) return { code: 'siteFilesTooMany', params: {} };
      const { code, detail } = troubleOf(error);
      if (code === 'noStream') return { code: 'siteNoFiles', params: {} };
      return code === 'notPermitted'
        ? { code: 'siteFilesNotPermitted', params: {} }
        : { code: 'siteFilesUnread', params: { detail } };
    }
  }

  /** One transfer of a file at a time: two would write the same places. */
  async #alone(name: string, work: () => Promise<void>): Promise<void> {
    if (this.#busy.has(name)) throw new Failed('siteFileBusy');
    this.#busy.add(name);
    try {
      await work();
    } finally {
      this.#busy.delete(name);
    }
  }

  async #untilDone(
    id: string,
    signal: AbortSignal,
    report: Report,
    side: 'reading' | 'writing',
    work: (broker: Broker, progress: (done: number) => void) => Promise<void>,
  ): Promise<void> {
    while (isGoing(signal)) {
      const site = this.#parts.site(id);
      if (site === null) throw new Failed('siteRemoved');
      if (site.broker === null) {
        report.away();
        await pause(retry, signal);
        continue;
      }
      if (!takesChunks(site.longest)) throw new Failed('siteTooLong');
      try {
        await work(site.broker, report.moved);
        return;
      } catch (error) {
        if (!isGoing(signal)) return;
        if (error instanceof Again) continue;
        const failure = failureOf(error, side);
        if (failure !== null) throw failure;
        report.away();
        await pause(retry, signal);
      }
    }
  }

  async #run(
    site: string,
    key: string,
    side: 'reading' | 'writing',
    work: (signal: AbortSignal, report: (total: number | null) => Report) => Promise<void>,
  ): Promise<TransferEnd> {
    const ending = new AbortController();
    const { signal } = ending;
    let reported = 0;
    let done = 0;
    let total: number | null = null;
    let wasAway = false;
    const report = (isAway: boolean): void => {
      const now = performance.now();
      if (isAway === wasAway && now - reported < reportEvery) return;
      [reported, wasAway] = [now, isAway];
      this.#parts.onProgress({ key, done, total, isAway });
    };
    const reportOf = (of: number | null): Report => {
      total = of;
      return {
        moved: (bytes) => {
          done = bytes;
          report(false);
        },
        away: () => report(true),
      };
    };
    const run = async (): Promise<TransferEnd> => {
      try {
        await work(signal, reportOf);
        return { state: isGoing(signal) ? 'done' : 'cancelled' };
      } catch (error) {
        if (!isGoing(signal)) return { state: 'cancelled' };
        const failure = failureOf(error, side);
        return failure === null
          ? { state: 'failed', code: 'internal', detail: troubleOf(error).detail }
          : { state: 'failed', code: failure.code, detail: failure.message };
      }
    };
    const ended = run();
    this.#running.set(key, { site, ending, ended });
    try {
      return await ended;
    } finally {
      this.#running.delete(key);
    }
  }

  /** Removes beginnings of files that nobody fetched on. */
  tidy(id: string): void {
    const folder = join(this.#parts.directory, id, 'files');
    try {
      for (const name of readdirSync(folder)) {
        const path = join(folder, name);
        if (this.#parts.now() - statSync(path).mtimeMs > partLife) rmSync(path, { force: true });
      }
    } catch {
      // Most sites have no such folder.
    }
  }

  /** Ends transfers of other sites, and of all without `kept`. Fetched chunks stay. */
  async keepOnly(kept: ReadonlySet<string> = new Set()): Promise<void> {
    const gone = [...this.#running.values()].filter(({ site }) => !kept.has(site));
    for (const { ending } of gone) ending.abort();
    await Promise.allSettled(gone.map(({ ended }) => ended));
  }
}

/** ms for a list. */
const listWithin = 20_000;

interface Report {
  readonly moved: (done: number) => void;
  readonly away: () => void;
}
