/** Entry of the thread that sends this computer's journal to a broker and reads those of other sites. */
import { Buffer } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { workerData, type MessagePort } from 'node:worker_threads';
import type { Retention } from '#shared/model/journal';
import { noProgress } from '#shared/model/sites';
import { Masker } from '../core/masking/masker';
import { PrivateTexts } from '../core/masking/privateTexts';
import { JournalReader, packEntries, unpacked, type PackedEntries } from '../journal/api';
import { orAbort } from '../lib/threads/orAbort';
import { ownPort, serve } from '../lib/threads/serve';
import type { SiteLink, SitesCalls, SitesData, SitesEvents } from './calls';
import { Link } from './link';
import { PlaceFile } from './placeFile';
import { ReadSite } from './reader/site';
import { testBroker } from './broker/test';
import { keptPlace } from './uplink/position';
import { sentJournal } from './uplink/sentJournal';
import { Uplink } from './uplink/uplink';

/** [ours] Bytes per second to the broker: about 250,000 entries per second. */
const rate = 8_000_000;

const { directory } = workerData as SitesData;
const launch = randomUUID();
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
  readonly end: () => Promise<void>;
}
const running = new Map<string, Running>();
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
        await Promise.allSettled(gone.map(([, { end }]) => end()));
        for (const link of args.links) if (!same.has(link.id)) await beginGuarded(link);
        return null;
      }),
    connectJournal: ({ port }) => connectJournal(port),
    test: (link) => testBroker(link, ending.signal),
  },
  {
    onEnd: () => {
      ending.abort();
      return inTurn(async () => {
        await Promise.allSettled([...running.values()].map(({ end }) => end()));
        await reader?.close(1_000);
      });
    },
  },
);

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
  return link.role === 'send' ? send(link, own) : read(link, own);
}

/** One key for all launches: equal private texts get equal replacements. */
function maskingOf({ maskKey, codes }: SiteLink): (entries: PackedEntries) => PackedEntries {
  const masker = new Masker(new PrivateTexts(Buffer.from(maskKey, 'hex'), codes));
  return (entries) => packEntries([...unpacked(entries)].map((entry) => masker.mask(entry).entry));
}

function send(site: SiteLink, own: string): Running {
  const journal = sentJournal(() => {
    if (reader === null) throw new Error('the journal is not open');
    return reader;
  });
  const place = new PlaceFile(join(own, 'place.json'), keptPlace);
  const uplink = new Uplink({
    journal,
    place,
    mask: site.isMasked ? maskingOf(site) : null,
    launch,
    rate,
    onProgress: (change) => link.report(change),
    now: Date.now,
  });
  const link: Link = new Link({
    access: site,
    name: 'Crema',
    onProgress: (progress) => thread.emit('progress', { id: site.id, progress }),
    work: async (broker, signal) => {
      await orAbort(connected, signal);
      await uplink.run(broker, signal);
    },
  });
  return { link: site, end: () => link.end() };
}

async function read(site: SiteLink, own: string): Promise<Running> {
  const one = new ReadSite({
    id: site.id,
    directory: own,
    report: (change) => link?.report(change),
    onGrowth: (growth) => thread.emit('grown', growth),
    problem,
    retention: () => retention ?? { days: Infinity, bytes: Infinity },
    now: Date.now,
  });
  // A site that can't be opened has no link that nobody ends.
  let link: Link | null = null;
  await one.open();
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
    end: async () => {
      await opened.end();
      one.close();
    },
  };
}
