/**
 * From a question to its rows in a journal of a million frames (FRAMES=10000000 for ten): the newest 200 of a machine, of a command,
 * with a text, and a text that is nowhere. Beside them SQLite's own LIKE over the same rows.
 *
 *   npm run bench -- queries
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { everyFrame, type FrameFilter } from '#shared/filter/frames';
import type { JsonObject } from '#shared/model/frame';
import type { StoredEntry } from '../../src/main/journal/entries';
import { openJournal } from '../../src/main/journal/store';
import { frame, trafficMix } from '../builders/frames';

const frames = Number(process.env['FRAMES'] ?? 1_000_000);
const machines = 1_000;
const directory = mkdtempSync(join(tmpdir(), 'crema-bench-'));
const ms = (since: bigint): number => Number(process.hrtime.bigint() - since) / 1e6;
const say = (line: string): void => void process.stdout.write(`${line}\n`);

try {
  const file = join(directory, 'journal.sqlite');
  const opened = openJournal(file);
  if (opened.kind !== 'open') throw new Error('not opened');
  const { store } = opened;
  const bodies = trafficMix(100_000);
  const begun = process.hrtime.bigint();
  let done = 0;
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
    store.append({ entries, faults: [], orders: [], commands: [], machines: [] });
    done += entries.length;
  }
  const seconds = ms(begun) / 1_000;
  const size = statSync(file).size / frames;
  say(
    `${done} frames written in ${seconds.toFixed(1)} s (${Math.round(done / seconds)}/s), ${size.toFixed(0)} bytes each`,
  );

  const ask = (name: string, filter: Partial<FrameFilter>, limit = 200): void => {
    const times: number[] = [];
    let rows = 0;
    let pages = 0;
    for (let round = 0; round < 5; round += 1) {
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
    times.sort((a, b) => a - b);
    say(`${name.padEnd(38)} ${(times[2] ?? 0).toFixed(1).padStart(8)} ms  ${rows} rows in ${pages} pages`);
  };
  ask('newest 200', {});
  ask('newest 200 of one machine', { vmcNo: 1_500 });
  ask('newest 200 of a common command', { cmd: 'error' });
  ask('a rare command', { cmd: 'rinsingrecord' });
  ask('one machine and a command', { vmcNo: 1_500, cmd: 'error' });
  ask('a text that is often there', { text: 'machinestatus' });
  ask('a text that is there now and then', { text: 'needle' });
  ask('the same in Chinese', { text: '咖啡' });
  ask('a text that is nowhere', { text: '"nowhere to be found"' });
  ask('a machine that is not', { vmcNo: 7 });
  store.close();

  const db = new DatabaseSync(file);
  const since = process.hrtime.bigint();
  const { n } = db
    .prepare(`SELECT count(*) AS n FROM entries WHERE CAST(bytes AS TEXT) LIKE '%needle%'`)
    .get() as {
    n: number;
  };
  say(`${'SQLite LIKE over every row'.padEnd(38)} ${ms(since).toFixed(1).padStart(8)} ms  ${n} rows`);
  db.close();
} finally {
  rmSync(directory, { recursive: true, force: true });
}
