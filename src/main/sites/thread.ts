/** Entry of the thread that sends this computer's journal to a broker and reads those of other sites. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Worker, workerData, type MessagePort } from 'node:worker_threads';
import type { Retention } from '#shared/model/journal';
import { noProgress } from '#shared/model/sites';
import { JournalReader } from '../journal/api';
import { orAbort } from '../lib/threads/orAbort';
import { ownPort, serve } from '../lib/threads/serve';
import type { SiteDecision, SiteLink, SitesCalls, SitesData, SitesEvents } from './calls';
import { answerCommands, type AskedCommand } from './commands/answering';
import { Desk } from './commands/desk';
import { Transfers } from './files/transfers';
import { Folds } from './fold/folds';
import { Link } from './link';
import { pause } from './pause';
import { PlaceFile } from './placeFile';
import { ReadSite } from './reader/site';
import { testBroker } from './broker/test';
import { SiteMasking } from './uplink/masking';
import { keptPlace } from './uplink/position';
import { sentJournal } from './uplink/sentJournal';
import { Uplink } from './uplink/uplink';
import type { SiteAnswer } from './wire/command';

/** [ours] Bytes per second to the broker: about 330,000 entries of a backlog. */
const rate = 8_000_000;

/** ms between counts of the entries that wait for the broker. */
const countEvery = 5_000;

/** [ours] ms for main to close a file. Windows then refuses to rename it, and it is tried again later. */
const releaseWithin = 10_000;

/** [ours] ms for main to decide about a question. Support asks again later. */
const decisionWithin = 3_000;

const { directory, foldWorker } = workerData as SitesData;
const folds = new Folds(
  () => new Worker(foldWorker, { name: 'site folds' }),
  // Like a bug of this thread: main starts both again.
  (error) => {
    throw error;
  },
);
const masking = new SiteMasking();
/** Aborts when Crema quits. */
const ending = new AbortController();
let retention: Retention | null = null;
let reader: JournalReader | null = null;
let isConnected: (value: null) => void = () => undefined;
const connected = new Promise<null>((resolve) => {
  isConnected = resolve;
});

interface Running {
  readonly link: SiteLink;
  readonly connected: Pick<Link, 'broker' | 'connection'>;
  readonly end: () => Promise<void>;
  /** Only of a site that is read. */
  readonly desk?: Desk;
  readonly site?: ReadSite;
}
const running = new Map<string, Running>();
/** All sites, also those that are being restarted or can't be used. */
let known: ReadonlySet<string> = new Set();
/** Questions of support that main decides about. */
const undecided = new Map<number, (decision: SiteDecision | null) => void>();
/** Files that main has open. */
const unreleased = new Map<number, () => void>();
let lastKey = 0;
/** Changes are carried out one after the other, so that no folder has two writers. */
let last: Promise<unknown> = Promise.resolve();
const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
  const done = last.then(work);
  last = done.catch(() => undefined);
  return done;
};

const thread = serve<SitesCalls, SitesEvents>(
  ownPort(),
  {
    configure: (args) =>
      inTurn(async () => {
        ({ retention } = args);
        const same = new Set(
          args.links.filter((link) => isSame(running.get(link.id)?.link, link)).map(({ id }) => id),
        );
        const gone = [...running].filter(([id]) => !same.has(id));
        for (const [id] of gone) running.delete(id);
        known = new Set(args.links.map(({ id }) => id));
        await transfers.keepOnly(known);
        await Promise.allSettled(gone.map(([, { end }]) => end()));
        for (const link of args.links) if (!same.has(link.id)) await beginGuarded(link);
        return null;
      }),
    connectJournal: ({ port }) => connectJournal(port),
    test: (link) => testBroker(link, ending.signal),
    giveCommand: async ({ id, wish }) =>
      (await running.get(id)?.desk?.give(wish)) ?? { code: 'unknownSite', params: {} },
    withdrawCommand: ({ request }) => {
      for (const { desk } of running.values()) desk?.withdraw(request);
      return null;
    },
    repairJournal: async ({ id, journal, what }) => {
      await running.get(id)?.site?.repair(journal, what);
      return null;
    },
    changeMark: ({ id, journal, change }) => {
      const site = running.get(id)?.site;
      if (site === undefined) throw new Error(`site ${id} is not read`);
      return site.changeMark(journal, change);
    },
    released: ({ key }) => {
      unreleased.get(key)?.();
      return null;
    },
    listFiles: ({ id }) => transfers.list(id),
    sendFile: (wish) => transfers.send(wish),
    fetchFile: (wish) => transfers.fetchFile(wish),
    cancelFile: ({ key }) => {
      transfers.cancel(key);
      return null;
    },
    removeFile: ({ id, file }) => transfers.remove(id, file),
    decided: ({ key, decision }) => {
      undecided.get(key)?.(decision);
      return null;
    },
  },
  {
    onEnd: () => {
      ending.abort();
      return inTurn(async () => {
        await transfers.keepOnly();
        await Promise.allSettled([...running.values()].map(({ end }) => end()));
        await folds.end();
        await reader?.close(1_000);
      });
    },
  },
);

const transfers = new Transfers({
  directory,
  site: (id) => {
    const one = running.get(id);
    if (one === undefined) return known.has(id) ? { role: 'read', broker: null, longest: undefined } : null;
    const { broker, connection } = one.connected;
    return { role: one.link.role, broker, longest: connection?.info?.max_payload };
  },
  onProgress: (progress) => thread.emit('moved', progress),
  now: Date.now,
});

const problem = (detail: string): void => thread.emit('problem', detail);

const isSame = (one: SiteLink | undefined, other: SiteLink): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

async function connectJournal(port: MessagePort): Promise<null> {
  if (reader === null) reader = new JournalReader(port, { ready: () => Promise.resolve(), batch: () => 0 });
  else await reader.connect(port);
  isConnected(null);
  return null;
}

/** A site whose folder can't be used must not keep the others from starting. */
async function beginGuarded(link: SiteLink): Promise<void> {
  try {
    running.set(link.id, await begin(link));
  } catch (error) {
    const trouble = { code: 'thisDisk', detail: String(error) } as const;
    thread.emit('progress', { id: link.id, progress: { ...noProgress, status: 'waiting', trouble } });
    problem(`site ${link.id}: ${trouble.detail}`);
  }
}

async function begin(link: SiteLink): Promise<Running> {
  const own = join(directory, link.id);
  mkdirSync(own, { recursive: true, mode: 0o700 });
  transfers.tidy(link.id);
  return link.role === 'send' ? send(link, own) : read(link, own);
}

/** Main decides about support's question; `null`: it can't now. */
async function decisionOf(site: string, asked: AskedCommand): Promise<SiteDecision | null> {
  lastKey += 1;
  const key = lastKey;
  let decide: (decision: SiteDecision | null) => void = () => undefined;
  const decision = new Promise<SiteDecision | null>((resolve) => (decide = resolve));
  undecided.set(key, decide);
  thread.emit('asked', { key, site, asked });
  const timer = setTimeout(() => decide(null), decisionWithin);
  try {
    return await decision;
  } finally {
    clearTimeout(timer);
    undecided.delete(key);
  }
}

/** Resolves when main has closed the file. */
async function released(file: string): Promise<void> {
  lastKey += 1;
  const key = lastKey;
  const answered = new Promise<void>((resolve) => {
    unreleased.set(key, resolve);
    setTimeout(resolve, releaseWithin).unref();
  });
  thread.emit('replacing', { key, file });
  await answered;
  unreleased.delete(key);
}

function send(site: SiteLink, own: string): Running {
  const journal = sentJournal(() => {
    if (reader === null) throw new Error('the journal is not open');
    return reader;
  });
  const answer = async (asked: AskedCommand): Promise<SiteAnswer | null> => {
    const decision = await decisionOf(site.id, asked);
    return decision?.state === 'given' ? { ...decision, journal: (await journal.identity()).name } : decision;
  };
  const place = new PlaceFile(join(own, 'place.json'), keptPlace);
  const uplink = new Uplink({
    journal,
    place,
    mask: site.isMasked ? masking.maskOf(site) : null,
    key: site.maskKey,
    rate,
    onProgress: (change) => link.report(change),
    now: Date.now,
  });
  const link: Link = new Link({
    access: site,
    name: 'Crema',
    onProgress: (progress) => thread.emit('progress', { id: site.id, progress }),
    work: async (broker, signal, connection) => {
      await orAbort(connected, signal);
      answerCommands(connection, answer);
      await uplink.run(broker, signal);
    },
  });
  const counting = setInterval(() => {
    if (link.progress.status !== 'waiting') return;
    const report = (behind: number): void => {
      if (link.progress.status === 'waiting') link.report({ behind });
    };
    // A journal that is not open now is asked again.
    uplink.behind().then(report, () => undefined);
  }, countEvery);
  return {
    link: site,
    connected: link,
    end: async () => {
      clearInterval(counting);
      await link.end();
    },
  };
}

async function read(site: SiteLink, own: string): Promise<Running> {
  const one = new ReadSite({
    id: site.id,
    directory: own,
    folds,
    report: (change) => link?.report(change),
    onGrowth: (growth) => thread.emit('grown', growth),
    problem,
    replacing: released,
    replaced: (file) => thread.emit('replaced', { file }),
    retention: () => retention ?? { days: Infinity, bytes: Infinity },
    now: Date.now,
  });
  // A site that can't be opened has no link that nobody ends.
  let link: Link | null = null;
  await one.open();
  const desk = new Desk({
    connection: () => link?.connection ?? null,
    keep: ({ journal, command }) => {
      void one
        .keepCommand(journal, command)
        .catch((error: unknown) => problem(`site ${site.id}: ${String(error)}`));
    },
    steady: () => performance.now(),
    pause,
  });
  for (const command of one.followedCommands()) desk.follow(command);
  const opened = new Link({
    access: site,
    name: 'Crema',
    onProgress: (progress) => thread.emit('progress', { id: site.id, progress }),
    work: (broker, signal) => one.read(broker, signal),
  });
  link = opened;
  opened.report({ until: one.until });
  return {
    link: site,
    connected: opened,
    desk,
    site: one,
    end: async () => {
      await desk.end();
      await opened.end();
      await one.close();
    },
  };
}
