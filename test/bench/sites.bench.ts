/**
 * A site and its broker: a backlog that is caught up, heartbeats meanwhile, and support reading everything. The site is `crema-serve` with a journal
 * of the recorded day again and again, each time with other order numbers. Plain publishers then send the same messages.
 *
 *   npm run bench -- sites            (needs a build; ENTRIES, ROUNDS and SECONDS change it)
 */
import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Worker } from 'node:worker_threads';
import { gunzipSync } from 'node:zlib';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { Folds } from '../../src/main/sites/fold/folds';
import { Link } from '../../src/main/sites/link';
import { ReadSite } from '../../src/main/sites/reader/site';
import { numbersEach, packEntries, type PackedEntries } from '../../src/main/journal/api';
import { hasBroker, makeStream, siteA, siteB, startBroker, type Broker } from '../builders/broker';
import { newFolder } from '../builders/folders';
import { openStore } from '../builders/journal';
import { Day, type DayInput } from '../builders/recordedDay';
import { machineState } from '../builders/rows';
import { freePorts, Served } from '../builders/served';

const setting = (name: string, usual: number): number => Number(process.env[name] ?? usual);
const wanted = setting('ENTRIES', 10_000_000);
const rounds = setting('ROUNDS', 3);
const seconds = String(setting('SECONDS', 10));
const own = newFolder();
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const since = (begun: number): number => (performance.now() - begun) / 1_000;
const rate = (entries: number, took: number): string => `${Math.round(entries / took / 1_000)}k entries/s`;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const middle = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

/** The entries of the recorded day, in batches. */
function dayBatches(): readonly PackedEntries[] {
  const inputs = gunzipSync(readFileSync(join('test', 'fixtures', 'recordedDay.jsonl.gz')))
    .toString()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as DayInput);
  const day = new Day(inputs[0]?.at ?? 0);
  for (const input of inputs) day.do(input);
  const { entries } = day.world;
  return Array.from({ length: Math.ceil(entries.length / 4_096) }, (_, i) =>
    packEntries(entries.slice(i * 4_096, (i + 1) * 4_096)),
  );
}

const orderNo = Buffer.from('"order_no":"');
/** The characters of a number that are replaced; the others differ between the orders of a day. Shorter numbers are cut off. */
const [replaced, shortest] = [6, 24] as const;

/** Machines send an order number again only for the same order. So each day has its own. */
function renumbered(bytes: Uint8Array, days: number): Uint8Array {
  const copy = Buffer.from(bytes);
  const digits = days.toString(16).padStart(replaced, '0');
  for (let at = copy.indexOf(orderNo); at >= 0; at = copy.indexOf(orderNo, at + 1)) {
    const start = at + orderNo.length;
    if (copy.indexOf('"', start) - start >= shortest) copy.write(digits, start + replaced, 'latin1');
  }
  // A Buffer is slower to read.
  return new Uint8Array(copy.buffer, copy.byteOffset, copy.length);
}

/** Returns the number of its entries. */
function writeBacklog(file: string): number {
  const store = openStore(file);
  const batches = dayBatches();
  const each = batches.reduce((sum, { count }) => sum + count, 0);
  // Newer than the retention.
  const span = 20 * 86_400_000;
  const start = Date.now() - span;
  let written = 0;
  for (let days = 0; written < wanted; days += 1)
    for (const batch of batches) {
      const numbers = batch.numbers.slice();
      for (let i = 0; i < batch.count; i += 1) {
        const n = i * numbersEach;
        // Id, time and connection continue those of the day before.
        numbers[n] = (numbers[n] ?? 0) + days * each;
        numbers[n + 1] = Math.floor(start + ((written + i) / wanted) * span);
        numbers[n + 2] = (numbers[n + 2] ?? 0) + days * 10_000;
      }
      const entries = { ...batch, numbers, bytes: renumbered(batch.bytes, days) };
      store.append({ entries, faults: [], orders: [], commands: [], machines: [] });
      written += batch.count;
    }
  // Otherwise the site folds all entries at its start.
  const state = { vmcNo: 90_001, entry: written, state: JSON.stringify(machineState(90_001)) };
  const noEntries = packEntries([]);
  store.append({ entries: noEntries, faults: [], orders: [], commands: [], machines: [state] });
  store.close();
  return written;
}

async function emptyStream(broker: Broker): Promise<void> {
  for (const account of [siteA, siteB]) {
    const client = await broker.client(account);
    await (await jetstreamManager(client)).streams.delete('UP').catch(() => false);
    await makeStream(client);
    await client.close();
  }
}

interface Beats {
  /** µs. */
  readonly p50: number;
  readonly p99: number;
}
async function beats(port: number): Promise<Beats> {
  const peer = join(import.meta.dirname, '..', 'peers', 'beats.mjs');
  const { stdout } = await promisify(execFile)(process.execPath, [
    peer,
    String(port),
    '1000',
    '1000',
    seconds,
  ]);
  return JSON.parse(stdout) as Beats;
}

const siteFolder = join(own, 'site');
const startSite = (): Served => new Served(join('out', 'main'), [...freePorts, `--data-dir=${siteFolder}`]);
function connects(broker: Broker | null): void {
  rmSync(join(siteFolder, 'sites.json'), { force: true });
  rmSync(join(siteFolder, 'sites'), { recursive: true, force: true });
  if (broker === null) return;
  const access = { servers: `127.0.0.1:${broker.port}`, credentials: `${siteA.user}:${siteA.password}` };
  const site = { name: 'Support', role: 'send', isMasked: false, ...access };
  writeFileSync(join(siteFolder, 'sites.json'), JSON.stringify({ sites: [site] }));
}

/** `Served.port` needs vitest. */
async function portOf(site: Served): Promise<number> {
  for (;;) {
    const [, port] = /machines: listening on 127\.0\.0\.1:(\d+)/.exec(site.text) ?? [];
    if (port !== undefined) return Number(port);
    await pause(50);
  }
}

/** Returns the seconds between the first message and the last one of the backlog. */
async function caughtUp(broker: Broker, entries: number): Promise<number> {
  const client = await broker.client(siteA);
  const manager = await jetstreamManager(client);
  const newest = async (): Promise<number> => {
    const { state } = await manager.streams.info('UP');
    if (state.messages === 0) return 0;
    const last = await manager.streams.getMessage('UP', { seq: state.last_seq });
    return Number(last?.header.get('Crema-Last'));
  };
  let [begun, first] = [0, 0];
  for (;;) {
    const now = await newest();
    if (now > 0 && first === 0) [begun, first] = [performance.now(), now];
    if (now >= entries) break;
    await pause(50);
  }
  await client.close();
  return (since(begun) * entries) / (entries - first);
}

/** The same messages, by a client that knows nothing else. Returns the seconds. */
async function plain(broker: Broker, messages: readonly Uint8Array[], inFlight: number): Promise<number> {
  const client = await broker.client(siteB);
  const js = jetstream(client);
  const begun = performance.now();
  let next = 0;
  await Promise.all(
    Array.from({ length: inFlight }, async () => {
      for (let i = next++; i < messages.length; i = next++) {
        const message = messages[i];
        if (message !== undefined) await js.publish('up.plain', message);
      }
    }),
  );
  const took = since(begun);
  await client.close();
  return took;
}

async function messagesOf(broker: Broker): Promise<readonly Uint8Array[]> {
  const client = await broker.client(siteA);
  const manager = await jetstreamManager(client);
  const { state } = await manager.streams.info('UP');
  const consumer = await jetstream(client).consumers.get('UP');
  const found: Uint8Array[] = [];
  for await (const { data } of await consumer.consume({ max_bytes: 8_000_000 })) {
    found.push(data.slice());
    if (found.length === state.messages) break;
  }
  await client.close();
  return found;
}

/** Returns the seconds that support needs for everything, and µs of CPU for each entry, which depend less on other work. */
async function read(
  broker: Broker,
  entries: number,
): Promise<{ readonly took: number; readonly cpu: number }> {
  const directory = join(own, 'desk');
  let done: (value: null) => void = () => undefined;
  const isDone = new Promise<null>((resolve) => (done = resolve));
  const folds = new Folds(
    () => new Worker(join(process.cwd(), 'out', 'main', 'sitesFoldWorker.js')),
    (error) => {
      throw error;
    },
  );
  const site = new ReadSite({
    id: 'bench',
    directory,
    folds,
    report: () => undefined,
    onGrowth: ({ facts }) => facts.entries >= entries && done(null),
    problem: (detail) => say(detail),
    replacing: () => Promise.resolve(),
    replaced: () => undefined,
    retention: () => ({ days: Infinity, bytes: Infinity }),
    now: Date.now,
  });
  await site.open();
  const [begun, before] = [performance.now(), process.cpuUsage()];
  const link: Link = new Link({
    access: { servers: `127.0.0.1:${broker.port}`, role: 'read', credentials: 'a:secret-a', authority: '' },
    name: 'bench',
    onProgress: () => void link.progress,
    work: (one, signal) => site.read(one, signal),
  });
  await isDone;
  const [took, { user, system }] = [since(begun), process.cpuUsage(before)];
  await link.end();
  await site.close();
  await folds.end();
  return { took, cpu: (user + system) / entries };
}

if (!hasBroker) say('left out: there is no nats-server');
else {
  mkdirSync(siteFolder, { recursive: true });
  const retention = { days: 3_650, bytes: 1e12 };
  writeFileSync(join(siteFolder, 'settings.json'), JSON.stringify({ settings: { retention } }));
  const begun = performance.now();
  const entries = writeBacklog(join(siteFolder, 'journal.sqlite'));
  say(`journal of ${entries} entries written in ${since(begun).toFixed(0)} s`);
  const broker = await startBroker(join(own, 'broker'));
  try {
    const [alone, busy]: [Beats[], Beats[]] = [[], []];
    for (let round = 0; round < rounds; round += 1)
      for (const [isBusy, all] of [[false, alone] as const, [true, busy] as const]) {
        await emptyStream(broker);
        connects(isBusy ? broker : null);
        const site = startSite();
        const port = await portOf(site);
        await pause(2_000);
        all.push(await beats(port));
        await site.end('SIGKILL');
      }
    const p = (all: readonly Beats[], of: 'p50' | 'p99'): number => middle(all.map((one) => one[of]));
    const ratios = busy.map(({ p99 }, i) => p99 / (alone[i]?.p99 ?? NaN));
    say(`heartbeats, no broker: p50 ${p(alone, 'p50')} µs, p99 ${p(alone, 'p99')} µs`);
    say(`heartbeats, catching up: p50 ${p(busy, 'p50')} µs, p99 ${p(busy, 'p99')} µs`);
    say(
      `p99: ${middle(ratios).toFixed(2)} times as long (${ratios.map((one) => one.toFixed(2)).join(', ')})`,
    );

    await emptyStream(broker);
    connects(broker);
    const site = startSite();
    const took = await caughtUp(broker, entries);
    await site.end('SIGTERM');
    say(`uplink: ${rate(entries, took)}, ${took.toFixed(0)} s`);
    const messages = await messagesOf(broker);
    const bytes = messages.reduce((sum, { length }) => sum + length, 0);
    say(`${messages.length} messages, ${(bytes / entries).toFixed(1)} bytes for each entry`);
    for (const inFlight of [1, 8]) {
      const other = await plain(broker, messages, inFlight);
      say(
        `plain publisher, ${inFlight} in flight: ${rate(entries, other)}; the uplink has ${(other / took).toFixed(2)} of it`,
      );
    }
    const { took: readIn, cpu } = await read(broker, entries);
    say(
      `support reads ${rate(entries, readIn)}, ${readIn.toFixed(0)} s, ${cpu.toFixed(1)} µs of CPU for each entry`,
    );
  } finally {
    await broker.kill();
    rmSync(own, { recursive: true, force: true });
  }
}
