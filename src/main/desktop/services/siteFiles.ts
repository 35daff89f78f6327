/** Files that travel through the brokers of sites: jobs that the sites thread carries out. */
import { randomUUID } from 'node:crypto';
import { mkdirSync, rmSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, join } from 'node:path';
import type { Job } from '#shared/model/capture';
import { longestSiteUpload } from '#shared/model/siteFiles';
import type { Words } from '#shared/words';
import { safeName } from '../../lib/files/safeName';
import type { Callable } from '../../lib/threads/callable';
import type { SitesCalls, SitesEvents, TransferEnd } from '../../sites/api';
import type { FollowedProgress, JobEnd } from '../../tools/captures/api';
import { granted, Refusal, type Requests } from '../ipc/requests';
import type { Base } from './base';
import { changeAfter, type CapturesService } from './captures';
import type { StoredSite } from './sitesFile';

type Verbs = 'siteFiles' | 'sendSiteFile' | 'fetchSiteFile' | 'removeSiteFile';
type Thread = Callable<SitesCalls, SitesEvents>;

export interface SiteFilesParts extends Pick<Base, 'sessionDirectory' | 'words' | 'ending'> {
  readonly ask: Pick<Base['ask'], 'capture' | 'place'>;
  readonly captures: Pick<CapturesService, 'jobs' | 'open'>;
  readonly journalWorker: string;
  readonly thread: () => Promise<Thread>;
  /** @throws Refusal */
  readonly site: (id: string) => StoredSite;
  readonly masking: () => { readonly key: string; readonly codes: readonly string[] };
}

export interface SiteFiles {
  readonly moved: (progress: SitesEvents['moved']) => void;
  readonly requests: Requests<Verbs>;
}

/** A file to send. */
interface Content {
  readonly path: string;
  readonly name: string;
  /** It is not needed after the job. */
  readonly isOwn: boolean;
}

export function siteFiles(parts: SiteFilesParts): SiteFiles {
  const { ask, captures, ending } = parts;
  const folder = join(parts.sessionDirectory, 'site-files');
  // Files of a killed launch.
  rmSync(folder, { recursive: true, force: true });
  const moving = new Map<string, (progress: FollowedProgress) => void>();

  const ownPath = (name: string): string => {
    const own = join(folder, randomUUID());
    mkdirSync(own, { recursive: true, mode: 0o700 });
    return join(own, name);
  };
  const forget = (path: string): void => rmSync(join(path, '..'), { recursive: true, force: true });

  /** A job of the sites thread. */
  const move = (
    what: 'send' | 'fetch',
    name: string,
    begin: (thread: Thread, key: string) => Promise<TransferEnd>,
    /** Returns the import that opens the file. */
    after: (end: TransferEnd) => number | null,
  ): Job =>
    captures.jobs.follow(what, name, async (signal, onProgress) => {
      const key = randomUUID();
      moving.set(key, onProgress);
      const work = async (): Promise<TransferEnd> => {
        const thread = await parts.thread();
        const cancel = (): void => {
          // At the end of Crema the beginning of a file stays, so that the next launch can continue.
          if (!ending.aborted) thread.notify('cancelFile', { key });
        };
        signal.addEventListener('abort', cancel, { once: true });
        if (signal.aborted) return { state: 'cancelled' };
        return begin(thread, key);
      };
      const closing = new Promise<TransferEnd>((resolve) => {
        signal.addEventListener('abort', () => ending.aborted && resolve({ state: 'cancelled' }), {
          once: true,
        });
      });
      try {
        const end = await Promise.race([work(), closing]);
        return jobEnd(end, after(end));
      } finally {
        moving.delete(key);
      }
    });

  const send = (id: string, { path, name, isOwn }: Content): Job =>
    move(
      'send',
      name,
      (thread, key) => thread.call('sendFile', { id, key, path, name, computer: hostname() }),
      () => {
        if (isOwn) forget(path);
        return null;
      },
    );

  /** A capture is sent without its private texts. */
  const sendMasked = (id: string, file: string, language: keyof Words): Job => {
    const target = ownPath('masked');
    return captures.jobs.start(
      'mask',
      file,
      () => ({
        what: 'mask',
        file,
        journal: join(target, '..', 'journal.sqlite'),
        journalWorker: parts.journalWorker,
        target,
        name: safeName(basename(file)),
        language,
        ...parts.masking(),
      }),
      (_job, message) => {
        if (message.kind === 'masked' && !ending.aborted)
          send(id, { path: target, name: message.name, isOwn: true });
        else if (message.kind !== 'grown') forget(target);
        const change = changeAfter(message);
        return Promise.resolve(
          message.kind === 'failed' && message.code === 'notACapture'
            ? { problem: { code: 'notMaskable' as const, detail: '' } }
            : change,
        );
      },
    );
  };

  return {
    moved: ({ key, done, total, isAway }) =>
      moving.get(key)?.({ done, total, state: isAway ? 'waiting' : 'running' }),
    requests: {
      siteFiles: async ({ id }) => {
        parts.site(id);
        return granted(await (await parts.thread()).call('listFiles', { id }));
      },
      sendSiteFile: async ({ id }, { windowId }) => {
        if (parts.site(id).role !== 'send') throw new Refusal('unknownSite');
        const path = await ask.capture(windowId);
        if (path === null || ending.aborted) return null;
        // Asked again: the site may have been changed during the dialog.
        const { isMasked } = parts.site(id);
        if (isMasked) return sendMasked(id, path, parts.words());
        if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > longestSiteUpload)
          throw new Refusal('siteFileTooLarge', { max: longestSiteUpload / 1_048_576 });
        return send(id, { path, name: safeName(basename(path)), isOwn: false });
      },
      fetchSiteFile: async ({ id, file, name, as }, { windowId }) => {
        parts.site(id);
        const own = safeName(name);
        const target = as === 'file' ? await ask.place(windowId, own) : ownPath(own);
        if (target === null || ending.aborted) return null;
        return move(
          'fetch',
          own,
          (thread, key) => thread.call('fetchFile', { id, key, file, target }),
          ({ state }) => {
            if (as === 'file') return null;
            if (state !== 'done') {
              forget(target);
              return null;
            }
            const { id: job } = captures.open(target);
            void captures.jobs.ended(job).finally(() => forget(target));
            return job;
          },
        );
      },
      removeSiteFile: async ({ id, file }) => {
        parts.site(id);
        return granted(await (await parts.thread()).call('removeFile', { id, file }));
      },
    },
  };
}

function jobEnd(end: TransferEnd, capture: number | null): JobEnd {
  switch (end.state) {
    case 'done':
      return { kind: 'moved', capture };
    case 'cancelled':
      return { kind: 'cancelled' };
    case 'failed':
      return { kind: 'failed', code: end.code, detail: end.detail };
  }
}
