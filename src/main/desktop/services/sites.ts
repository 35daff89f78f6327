/** Other sites: one thread sends this computer's journal to a broker and reads those of the sites. Without a site it does not run. */
import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { noProgress, mostSites, type Site, type SiteProgress, type SitesState } from '#shared/model/sites';
import type { Retention } from '#shared/model/journal';
import { keepDamaged } from '../../lib/files/writeKept';
import { readShort } from '../../lib/files/readRegular';
import type { KeyStore } from '../../lib/settings/store';
import { Callable } from '../../lib/threads/callable';
import { Restarting } from '../../lib/threads/restarting';
import type { SiteLink, SitesCalls, SitesData, SitesEvents } from '../../sites/api';
import { Refusal } from '../ipc/requests';
import type { AuditService } from './audit';
import type { Base } from './base';
import type { CapturesService } from './captures';
import type { CrashesService, Died } from './crashes';
import type { ServerService } from './server';
import type { Changed, Service } from './service';
import { siteFiles, type SiteFiles, type SiteFilesParts } from './siteFiles';
import { siteSupport, type SiteSupport, type SiteSupportParts } from './siteSupport';
import {
  fits,
  longestSiteFile,
  openSite,
  readSites,
  sealed,
  writeSites,
  type RestOfSites,
  type StoredSite,
} from './sitesFile';

type Thread = Callable<SitesCalls, SitesEvents>;

interface SitesParts {
  /** The built sites/thread.ts. */
  readonly worker: string;
  readonly foldWorker: string;
  readonly dataDirectory: string;
  readonly keyStore: KeyStore;
  readonly retention: () => Retention;
  readonly codes: () => readonly string[];
  readonly server: Pick<ServerService, 'onJournalPort'>;
  /** The ends of commands across sites. */
  readonly support: (
    own: Pick<SiteSupportParts, 'allowedUntil' | 'allowFor' | 'thread' | 'changed'>,
  ) => SiteSupport;
  /** Files through the brokers. */
  readonly files: (own: Pick<SiteFilesParts, 'thread' | 'site' | 'masking'>) => SiteFiles;
  readonly captures: Pick<CapturesService, 'sites'>;
  readonly askFile: (windowId: number) => Promise<string | null>;
  readonly changed: Changed;
  readonly problem: (detail: string) => void;
  readonly died: Died;
  readonly now: () => number;
}

type Verbs = 'addSite' | 'changeSite' | 'removeSite' | 'chooseSiteFile' | 'testSite' | 'allowSupport';
type SupportVerbs = 'answerSupport' | 'siteCommand' | 'withdrawSiteCommand';
type FileVerbs = 'siteFiles' | 'sendSiteFile' | 'fetchSiteFile' | 'removeSiteFile';
export interface SitesService extends Service<Verbs | SupportVerbs | FileVerbs, 'sites'> {
  /** Limits of the journal or verification codes have changed. */
  readonly optionsChanged: () => void;
}

/** ms for the thread to write what it has. */
const endWithin = 60_000;

export const sites = (
  base: Base,
  {
    crashes,
    audit,
    captures,
    server,
  }: {
    readonly crashes: CrashesService;
    readonly audit: AuditService;
    readonly captures: CapturesService;
    readonly server: ServerService;
  },
): SitesService => {
  const { problem } = base.log.from('sites');
  const service = sitesService({
    ...base,
    support: (own) => siteSupport({ ...base, ...own, server, audit, problem }),
    files: (own) => siteFiles({ ...base, ...own, captures, journalWorker: base.thread('journalWorker') }),
    worker: base.thread('sitesWorker'),
    foldWorker: base.thread('sitesFoldWorker'),
    retention: () => base.store.settings.retention,
    codes: () => [...base.store.codes().values()],
    server,
    captures,
    askFile: base.ask.any,
    problem,
    died: crashes.died,
  });
  base.feed.watch((part) => {
    if (part === 'settings' || part === 'codes') service.optionsChanged();
  });
  return service;
};

function sitesService(parts: SitesParts): SitesService {
  const { changed, problem, keyStore } = parts;
  const file = join(parts.dataDirectory, 'sites.json');
  const directory = join(parts.dataDirectory, 'sites');
  let all: readonly StoredSite[] = [];
  let maskKey = '';
  let rest: RestOfSites = { sites: [], values: {} };
  let fileProblem: string | null = null;
  let isFileDamaged = false;
  /** Credentials that no key store keeps. */
  const inMemory = new Map<string, string>();
  const progress = new Map<string, SiteProgress>();
  let restarting: Restarting<Thread> | null = null;
  let isEnding = false;

  const secretsOf = (site: StoredSite) => {
    const opened = openSite(site, parts.dataDirectory, keyStore);
    const own = inMemory.get(site.id);
    return own === undefined || opened.credentials !== ''
      ? opened
      : { ...opened, credentials: own, place: 'memory' as const };
  };
  const linkOf = (site: StoredSite): SiteLink => {
    const { id, role, servers, isMasked } = site;
    const { credentials, authority } = secretsOf(site);
    const codes = isMasked ? parts.codes() : [];
    return { id, role, servers, isMasked, credentials, authority, maskKey, codes };
  };
  const shown = (site: StoredSite): Site => {
    const { id, name, role, servers, isMasked, allowedUntil = null } = site;
    const { place, authority } = secretsOf(site);
    const own = progress.get(id) ?? noProgress;
    return {
      id,
      name,
      role,
      servers,
      isMasked,
      credentials: place,
      hasAuthority: authority !== '',
      allowedUntil,
      progress: own,
    };
  };
  /** Computed once for each change of the sites, because secrets must be opened for it. */
  let state: SitesState = { sites: [], problem: null, asks: [] };
  const refresh = (): void => {
    state = { sites: all.map(shown), problem: fileProblem, asks: support.asks() };
    changed('sites');
  };
  const setProgress = (id: string, next: SiteProgress): void => {
    progress.set(id, next);
    state = {
      ...state,
      sites: state.sites.map((site) => (site.id === id ? { ...site, progress: next } : site)),
    };
    changed('sites');
  };

  const launch = (onGone: (error: Error) => void): Thread =>
    new Callable<SitesCalls, SitesEvents>(
      new Worker(parts.worker, {
        name: 'sites',
        workerData: { directory, foldWorker: parts.foldWorker } satisfies SitesData,
      }),
      {
        onGone,
        on: {
          progress: ({ id, progress: next }) => setProgress(id, next),
          moved: (moved) => files.moved(moved),
          asked: (asked) => restarting !== null && support.asked(asked, restarting.thread),
          grown: (growth) => {
            const site = all.find(({ id }) => id === growth.site);
            if (site === undefined) return;
            void parts.captures.sites.grown(site, growth).catch((error: unknown) => problem(String(error)));
          },
          replacing: ({ key, file: replaced }) =>
            void parts.captures.sites
              .replacing(replaced)
              .catch((error: unknown) => problem(String(error)))
              .then(() => restarting?.thread.notify('released', { key })),
          replaced: ({ file: replaced }) => parts.captures.sites.replaced(replaced),
          problem,
        },
      },
    );
  parts.captures.sites.ownedBy({
    repair: async (id, journal, what) => {
      await (await running().ready()).call('repairJournal', { id, journal, what });
    },
    changeMark: async (id, journal, change) =>
      (await running().ready()).call('changeMark', { id, journal, change }),
  });
  const configure = async (thread: Thread): Promise<void> => {
    await thread.call('configure', { links: all.map(linkOf), retention: parts.retention() });
  };
  const prepare = async (thread: Thread): Promise<void> => {
    parts.server.onJournalPort('sites', (port) => thread.notify('connectJournal', { port }, [port]));
    await configure(thread);
  };
  const died = (error: Error, isFinal: boolean): void => {
    problem(`the thread of the sites stopped: ${error.message}${isFinal ? '' : '; it is started again'}`);
    parts.died('sites', error.message, !isFinal);
    for (const { id } of all)
      setProgress(id, {
        ...noProgress,
        status: 'waiting',
        trouble: { code: 'other', detail: error.message },
      });
  };
  const running = (): Restarting<Thread> =>
    (restarting ??= new Restarting<Thread>({
      launch,
      prepare,
      now: parts.now,
      onDeath: died,
      onUnprepared: ({ message }) => problem(`the sites can't begin: ${message}`),
    }));
  /** Starts the thread for the first site; a running thread gets the changed sites. */
  const apply = async (): Promise<void> => {
    if (isEnding || (all.length === 0 && restarting === null)) return;
    if (restarting === null) return void (await running().ready());
    await configure(await restarting.ready());
  };
  const keep = async (next: readonly StoredSite[]): Promise<void> => {
    try {
      if (isFileDamaged) keepDamaged(file, true, parts.now());
      writeSites(file, { sites: next, maskKey, rest });
      // Entries that are not used are still there.
      if (isFileDamaged && rest.sites.length === 0) fileProblem = null;
      isFileDamaged = false;
    } catch (error) {
      throw new Refusal('sitesNotKept', { detail: error instanceof Error ? error.message : String(error) });
    }
    all = next;
    refresh();
    await apply();
    await parts.captures.sites.kept(new Map(all.map(({ id, name }) => [id, name])));
  };
  const siteOf = (id: string): StoredSite => {
    const site = all.find((one) => one.id === id);
    if (site === undefined) throw new Refusal('unknownSite');
    return site;
  };
  const replaced = (site: StoredSite): readonly StoredSite[] =>
    all.map((one) => (one.id === site.id ? site : one));

  const support = parts.support({
    allowedUntil: () => all.find(({ role }) => role === 'send')?.allowedUntil ?? null,
    allowFor: async (ms) => {
      const sender = all.find(({ role }) => role === 'send');
      if (sender !== undefined) await keep(replaced({ ...sender, allowedUntil: parts.now() + ms }));
    },
    thread: () => running().ready(),
    changed: () => {
      state = { ...state, asks: support.asks() };
      changed('sites');
    },
  });

  const files = parts.files({
    thread: () => running().ready(),
    site: siteOf,
    masking: () => ({ key: maskKey, codes: parts.codes() }),
  });

  return {
    live: { sites: () => state },
    optionsChanged: () => void apply().catch((error: unknown) => problem(String(error))),
    start: async () => {
      const found = readSites(file);
      ({ maskKey, rest, isDamaged: isFileDamaged } = found);
      for (const line of found.problems) problem(`sites.json: ${line}`);
      fileProblem = found.problems.length === 0 ? null : found.problems.join('\n');
      all = found.sites;
      for (const site of all) {
        const opened = openSite(site, parts.dataDirectory, keyStore);
        if (opened.problem !== null) problem(`sites.json: ${site.name}: ${opened.problem}`);
      }
      // A prepared file: its sites and its key need names that stay, and its credentials must not stay in clear.
      const isPrepared =
        found.isPrepared ||
        (keyStore.available() && all.some(({ credentials }) => credentials !== undefined));
      if (isPrepared && !isFileDamaged) {
        if (keyStore.available())
          all = all.map((site) =>
            site.credentials === undefined ? site : sealed(site, site.credentials, keyStore),
          );
        try {
          writeSites(file, { sites: all, maskKey, rest });
        } catch (error) {
          problem(
            `sites.json: its credentials stay in clear, because it can't be written (${String(error)})`,
          );
        }
      }
      refresh();
      if (all.length > 0) running();
      return Promise.resolve();
    },
    stop: async () => {
      isEnding = true;
      support.stop();
      // It may be inside SQLite, so it is not terminated.
      await restarting?.end(undefined, (thread) => thread.leave(endWithin));
    },
    requests: {
      ...support.requests,
      ...files.requests,
      allowSupport: async ({ id, for: ms }) => {
        const { allowedUntil: _ended, ...site } = siteOf(id);
        if (site.role !== 'send') throw new Refusal('unknownSite');
        await keep(replaced(ms === null ? site : { ...site, allowedUntil: parts.now() + ms }));
        return null;
      },
      addSite: async (fields) => {
        if (all.length >= mostSites) throw new Refusal('sitesFull', { max: mostSites });
        if (fields.role === 'send' && all.some(({ role }) => role === 'send'))
          throw new Refusal('siteSendsAlready');
        const id = randomUUID();
        await keep([...all, { id, ...fields }]);
        return id;
      },
      changeSite: async ({ id, ...fields }) => {
        await keep(replaced({ ...siteOf(id), ...fields }));
        return null;
      },
      removeSite: async ({ id }) => {
        siteOf(id);
        inMemory.delete(id);
        progress.delete(id);
        await keep(all.filter((site) => site.id !== id));
        rmSync(join(directory, id), { recursive: true, force: true });
        return null;
      },
      chooseSiteFile: async ({ id, content }, { windowId }) => {
        const path = await parts.askFile(windowId);
        if (path === null) return null;
        const text = readShort(path, longestSiteFile)?.toString('utf8') ?? null;
        if (text === null || !fits(content, text))
          throw new Refusal(content === 'credentials' ? 'siteCredentialsOdd' : 'siteAuthorityOdd', {
            file: basename(path),
          });
        const site = siteOf(id);
        if (content === 'authority') {
          const { authorityFile: _file, ...others } = site;
          await keep(replaced({ ...others, authority: text }));
        } else {
          if (!keyStore.available()) inMemory.set(id, text);
          await keep(replaced(sealed(site, text, keyStore)));
        }
        return basename(path);
      },
      testSite: async ({ id }) => {
        const link = linkOf(siteOf(id));
        return (await running().ready()).call('test', link);
      },
    },
  };
}
