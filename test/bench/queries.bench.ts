/**
 * Time from a query to its rows in a journal of a million frames (FRAMES=10000000 for ten).
 * The queries: the newest 200 of a machine, of a command, with a text, with a missing text; and their counts.
 * SQLite's own LIKE runs over the same rows for comparison.
 *
 *   npm run bench -- queries            (JOURNAL=FILE keeps the journal there, and uses an existing one)
 */
import { existsSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { everyFrame, type FrameFilter } from '#shared/filter/frames';
import type { JsonObject } from '#shared/model/frame';
import type { StoredEntry } from '#shared/model/frame';
import type { JournalStore } from '../../src/main/journal/store/journalStore';
import { newFolder } from '../builders/folders';
import { frame, trafficMix } from '../builders/frames';
import { batchOf, openStore } from '../builders/journal';

const frames = Number(process.env['FRAMES'] ?? 1_000_000);
/** A prime, so that each machine sends every kind of message. */
const machines = 1_009;
const kept = process.env['JOURNAL'];
const directory = newFolder();
/** The first ones run cold. */
const rounds = 9;
const ms = (since: bigint): number => Number(process.hrtime.bigint() - since) / 1e6;
const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Median and best: the computer may do other work meanwhile. */
function figures(times: readonly number[]): string {
  const sorted = times.toSorted((a, b) => a - b);
  const [median, best] = [sorted[Math.floor(sorted.length / 2)] ?? 0, sorted[0] ?? 0];
  return `${median.toFixed(1).padStart(8)} ms (${best.toFixed(1)})`;
}

function write(store: JournalStore, file: string): void {
  const bodies = trafficMix(100_000);
  const begun = process.hrtime.bigint();
  for (let id = 1; id <= frames;) {
    const entries: StoredEntry[] = [];
    for (let n = 0; n < 5_000 && id <= frames; n += 1, id += 1) {
      const vmcNo = 1_000 + (id % machines);
      const rare = id % 250_000 === 7 ? { note: 'Needle 咖啡' } : {};
      const body: JsonObject = { ...bodies[id % bodies.length], vmc_no: vmcNo, n: id, ...rare };
      entries.push({
        id,
        at: id,
        conn: vmcNo,
        vmcNo,
        kind: 'frame',
        dir: 'in',
        head: 'decimal',
        sequence: null,
        cmd: id % 200_000 === 9 ? 'rinsingrecord' : JSON.stringify(body['cmd']).slice(1, -1),
        bodyStart: 12,
        bytes: frame(body, 'decimal', 0),
        findings: [],
      });
    }
    store.append(batchOf({ entries }));
  }
  const seconds = ms(begun) / 1_000;
  const size = statSync(file).size / frames;
  say(
    `${frames} frames written in ${seconds.toFixed(1)} s (${Math.round(frames / seconds)}/s), ${size.toFixed(0)} bytes each`,
  );
}

try {
  const file = kept ?? join(directory, 'journal.sqlite');
  const isThere = existsSync(file);
  const store = openStore(file);
  if (!isThere) write(store, file);

  const ask = (name: string, filter: Partial<FrameFilter>, limit = 200): void => {
    const times: number[] = [];
    let rows = 0;
    let pages = 0;
    for (let round = 0; round < rounds; round += 1) {
      const since = process.hrtime.bigint();
      rows = 0;
      pages = 0;
      let before: number | null = null;
      do {
        const page = store.frames({
          filter: { ...everyFrame, ...filter },
          place: { before },
          limit: limit - rows,
          now: 0,
          names: {},
        });
        rows += page.entries.length;
        before = page.next;
        pages += 1;
      } while (before !== null && rows < limit);
      times.push(ms(since));
    }
    say(`${name.padEnd(44)} ${figures(times)}  ${rows} rows in ${pages} pages`);
  };
  ask('newest 200', {});
  ask('newest 200 of one machine', { vmcNo: 1_500 });
  ask('newest 200 of a common command', { cmd: 'error' });
  ask('a rare command', { cmd: 'rinsingrecord' });
  ask('one machine and a command', { vmcNo: 1_500, cmd: 'error' });
  ask('one machine and a rare command', { vmcNo: 1_500, cmd: 'rinsingrecord' });
  ask('a text that is often there', { text: 'machinestatus' });
  ask('a text that is there now and then', { text: 'needle' });
  ask('the same in Chinese', { text: '咖啡' });
  ask('a text that is nowhere', { text: '"nowhere to be found"' });
  ask('a machine that is not', { vmcNo: 7 });

  const count = (name: string, filter: Partial<FrameFilter>): void => {
    const times: number[] = [];
    let [sum, slices] = [0, 0];
    for (let round = 0; round < rounds; round += 1) {
      const since = process.hrtime.bigint();
      [sum, slices] = [0, 0];
      for (let after: number | null = 0; after !== null; slices += 1) {
        const slice = store.count({
          filter: { ...everyFrame, ...filter },
          after,
          bins: null,
          now: frames,
          names: {},
        });
        sum += slice.count;
        after = slice.next;
      }
      times.push(ms(since));
    }
    say(`${`count: ${name}`.padEnd(44)} ${figures(times)}  ${sum} in ${slices} slices`);
  };
  count('all', {});
  count('a common command', { cmd: 'error' });
  count('a rare command', { cmd: 'rinsingrecord' });
  count('one machine', { vmcNo: 1_500 });
  count('one machine and a command', { vmcNo: 1_500, cmd: 'error' });
  count('all but a command, of half the time', { text: `-cmd:hb time>=-${frames / 2_000}s` });
  count('a text here and there', { text: 'needle' });
  store.close();

  const db = new DatabaseSync(file);
  const since = process.hrtime.bigint();
  const { n } = db
    .prepare(`SELECT count(*) AS n FROM entries WHERE CAST(bytes AS TEXT) LIKE '%needle%'`)
    .get() as {
    n: number;
  };
  say(`${'SQLite LIKE over every row'.padEnd(44)} ${ms(since).toFixed(1).padStart(8)} ms  ${n} rows`);
  db.close();
} finally {
  rmSync(directory, { recursive: true, force: true });
}
