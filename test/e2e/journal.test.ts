/** What survives: a restart, and a kill in the middle of traffic. */
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { describe, expect, it } from 'vitest';
import { everyFrame } from '#shared/filter/frames';
import type { StoredEntry } from '#shared/model/frame';
import type { StoredPage } from '../../src/main/journal/queries/frames';
import { openJournal } from '../../src/main/journal/store/openJournal';
import { startApp } from '../builders/app';
import { decimalFrame, RawClient } from '../builders/server';
import { removed } from '../builders/removed';

const hb = (n: number): string => decimalFrame(`{"cmd":"hb","vmc_no":501,"n":${String(n).padStart(7, '0')}}`);
const answer = decimalFrame('{"cmd":"hb","vmc_no":501}');

describe('the journal of the running app', () => {
  it('after kill -9 the file opens clean with all but the last batches, which come every 100 ms', async () => {
    const app = await startApp();
    const client = await RawClient.open(app.machinePort);
    client.socket.removeAllListeners('data');
    let bytes = 0;
    client.socket.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
    });
    const file = new DatabaseSync(join(app.dataDirectory, 'journal.sqlite'), { readOnly: true });
    const query = file.prepare('PRAGMA data_version');
    const version = (): unknown => (query.get() as { readonly data_version: number }).data_version;
    /** Each time that something more was in the file: when, and how many frames had been answered by then. */
    const commits: { readonly at: number; readonly answered: number }[] = [];
    let seen = version();
    for (let n = 0; commits.length < 20; n += 20) {
      client.send(Array.from({ length: 20 }, (_, i) => hb(n + i)).join(''));
      await new Promise((resolve) => setTimeout(resolve, 10));
      const now = version();
      if (now !== seen) commits.push({ at: Date.now(), answered: Math.floor(bytes / answer.length) });
      seen = now;
    }
    const pid = app.electron.process().pid ?? 0;
    process.kill(pid, 'SIGKILL');
    await client.until(() => client.closed);
    file.close();
    // One batch is being written while the next one waits. How long each took is the computer's affair; that they are not seldom is ours.
    const mustBeThere = commits.at(-4)?.answered ?? 0;
    expect(mustBeThere).toBeGreaterThan(100);
    const apart = commits.map(({ at }, n) => at - (commits[n - 1]?.at ?? Number.NEGATIVE_INFINITY));
    expect(Math.min(...apart)).toBeLessThanOrEqual(200);
    const result = openJournal(join(app.dataDirectory, 'journal.sqlite'));
    if (result.kind !== 'open') throw new Error('the journal does not open');
    expect(result.damagedCopy).toBeNull();
    const kept: StoredEntry[] = [];
    for (let top: number | null = null, more = true; more; more = top !== null) {
      const filter = { ...everyFrame, vmcNo: 501 };
      const page: StoredPage = result.store.frames({
        filter,
        place: { before: top },
        limit: 5_000,
        now: 0,
        names: {},
      });
      kept.push(...page.entries.filter((entry) => entry.kind === 'frame' && entry.dir === 'in'));
      top = page.next;
    }
    result.store.close();
    const text = (entry: (typeof kept)[number]): string =>
      'bytes' in entry ? Buffer.from(entry.bytes).toString() : '';
    expect(kept.length).toBeGreaterThanOrEqual(mustBeThere);
    // Oldest to newest without a hole.
    expect(kept.toReversed().map(text)).toEqual(kept.map((_, n) => hb(n)));

    // The next run knows the machine, and that it is gone.
    const second = await startApp({ dataDirectory: app.dataDirectory });
    const snapshot = await second.page.evaluate(() => window.crema.snapshot(undefined));
    expect(snapshot).toMatchObject({ ok: true, value: { machines: [{ vmcNo: 501, online: false }] } });
    const watched = await second.page.evaluate(() => window.crema.watchMachine({ vmcNo: 501 }));
    expect(watched.ok && watched.value?.state.counts.framesIn).toBe(kept.length);
    // A page ends early where a slow computer took too long for it, and says where to go on.
    const rows = await second.page.evaluate(async (wanted) => {
      let found = 0;
      for (let before: number | null = null, more = true; more && found < wanted; more = before !== null) {
        const reply = await window.crema.frames({
          filter: { vmcNo: 501, dir: 'in', cmd: 'HB', text: '' },
          place: { before },
          limit: wanted - found,
        });
        if (!reply.ok) return reply.error.code;
        found += reply.value.rows.length;
        before = reply.value.next;
      }
      return found;
    }, 300);
    // How many came within twenty batches is the computer's affair.
    expect(rows).toBe(Math.min(300, kept.length));
    await second.close({ keepData: true });
    await removed(app.dataDirectory);
  });
});
