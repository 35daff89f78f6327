/**
 * Throughput of the whole core with its journal and the journal's search: bytes to frames, messages, session, state, and rows on disk.
 * A plain SQLite writer with two indices runs in turn for comparison.
 *
 *   npm run bench -- journal            (needs a build: npm run build)
 */
import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { defaultMachineConfig } from '#shared/model/machine';
import { JournalClient } from '../../src/main/journal/client/journalClient';
import { answer } from '../../src/main/core/connection/answer';
import { ConnectionCore } from '../../src/main/core/connection/core';
import type { Effect } from '../../src/main/core/connection/effects';
import { Fleet } from '../../src/main/core/state/fleet';
import { EntryLog } from '../../src/main/core/state/entryLog';
import { newFolder } from '../builders/folders';
import { frame, pieces, trafficMix } from '../builders/frames';

const frames = Number(process.env['FRAMES'] ?? 100_000);
const rounds = Number(process.env['ROUNDS'] ?? 5);
const connections = 100;
const worker = join(import.meta.dirname, '..', '..', 'out', 'main', 'journalWorker.js');

const directory = newFolder();
const seconds = (since: bigint): number => Number(process.hrtime.bigint() - since) / 1e9;
const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** The messages of every connection, in chunks as a busy socket reads them. */
const streams = Array.from({ length: connections }, (_, i) => {
  const bodies = trafficMix(frames / connections).map((body) => Object.assign(body, { vmc_no: 1_000 + i }));
  return pieces(Buffer.concat(bodies.map((body, n) => frame(body, 'decimal', n))), 4_096).map((c) =>
    Buffer.from(c),
  );
});

async function ours(name: string): Promise<number> {
  const journal = new JournalClient(worker);
  await journal.open(join(directory, name));
  const fleet = new Fleet();
  const entryLog = new EntryLog(fleet);
  entryLog.onEntry((entry) => journal.add(entry));
  const since = process.hrtime.bigint();
  const policy = answer({
    machine: (vmcNo) => fleet.machine(vmcNo),
    config: () => defaultMachineConfig,
    code: () => null,
    paymentTypes: () => ['wx_pub'],
    directLink: () => null,
    verification: () => 'unverifiable',
    rival: () => null,
  });
  const record = (effects: readonly Effect[]): void => {
    for (const effect of effects) if (effect.type === 'record') entryLog.record(effect.entry);
  };
  const links = streams.map((chunks, i) => {
    const peer = { remoteAddress: '192.0.2.7', remotePort: i, localAddress: '192.0.2.1', localPort: 9700 };
    const core = new ConnectionCore(i + 1, peer, policy, Date.now());
    record(core.opened(Date.now()));
    return { chunks, core };
  });
  const longest = Math.max(...streams.map((chunks) => chunks.length));
  for (let n = 0; n < longest; n += 1) {
    for (const link of links) {
      const chunk = link.chunks[n];
      if (chunk === undefined) continue;
      const now = Date.now();
      link.core.received('machine', chunk, now);
      for (let todo = link.core.next(now); todo !== null; todo = link.core.next(now)) record(todo);
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
  const handed = seconds(since);
  await journal.flush();
  const all = seconds(since);
  const written = entryLog.lastId;
  await journal.close();
  process.stdout.write(
    `  handed over after ${handed.toFixed(2)} s, on disk after ${all.toFixed(2)} s, ${written} entries\n`,
  );
  return written / all;
}

function plain(name: string): number {
  const file = join(directory, name);
  const db = new DatabaseSync(file);
  db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
    CREATE TABLE frames (id INTEGER PRIMARY KEY, at INTEGER, conn INTEGER, vmc_no INTEGER, dir TEXT, cmd TEXT, body TEXT);
    CREATE INDEX by_machine ON frames (vmc_no, id);
    CREATE INDEX by_cmd ON frames (cmd, id);`);
  const insert = db.prepare('INSERT INTO frames VALUES (?,?,?,?,?,?,?)');
  const bodies = trafficMix(frames);
  const texts = bodies.map((body) => JSON.stringify(body));
  const since = process.hrtime.bigint();
  for (let n = 0; n < frames; n += 1) {
    if (n % 1_000 === 0) db.exec('BEGIN');
    insert.run(
      n + 1,
      since === 0n ? 0 : n,
      n % connections,
      1_000 + (n % connections),
      'in',
      JSON.stringify(bodies[n]?.['cmd']),
      texts[n] ?? '',
    );
    if (n % 1_000 === 999) db.exec('COMMIT');
  }
  const all = seconds(since);
  db.close();
  return frames / all;
}

const rates: { plain: number[]; ours: number[] } = { plain: [], ours: [] };
try {
  for (let round = 0; round < rounds; round += 1) {
    rates.plain.push(plain(`plain-${round}.sqlite`));
    rates.ours.push(await ours(`ours-${round}.sqlite`));
  }
  const size = statSync(join(directory, 'ours-0.sqlite')).size / frames;
  const ratios = rates.ours.map((rate, i) => rate / (rates.plain[i] ?? 1));
  process.stdout.write(
    `${frames} frames: plain SQLite writer ${Math.round(median(rates.plain))}/s, whole core with journal ${Math.round(
      median(rates.ours),
    )}/s, ratio ${median(ratios).toFixed(2)} (${Math.min(...ratios).toFixed(2)}-${Math.max(...ratios).toFixed(2)}), ${size.toFixed(0)} bytes a frame on disk, peak ${Math.round(process.resourceUsage().maxRSS / 1024)} MB\n`,
  );
} finally {
  rmSync(directory, { recursive: true, force: true });
}
