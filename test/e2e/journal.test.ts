/** What survives: a restart, and a kill in the middle of traffic. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { everyFrame } from '#shared/filter/frames';
import type { StoredEntry } from '#shared/model/frame';
import type { StoredPage } from '../../src/main/journal/queries/frames';
import { openJournal } from '../../src/main/journal/store/openJournal';
import { startApp } from '../builders/app';
import { decimalFrame, RawClient } from '../builders/server';

const hb = (n: number): string => decimalFrame(`{"cmd":"hb","vmc_no":501,"n":${String(n).padStart(7, '0')}}`);
const answer = decimalFrame('{"cmd":"hb","vmc_no":501}');

describe('the journal of the running app', () => {
  it('after kill -9 the file opens clean with everything older than 200 ms', async () => {
    const app = await startApp();
    const client = await RawClient.open(app.machinePort);
    client.socket.removeAllListeners('data');
    const answeredAt: number[] = [];
    let bytes = 0;
    client.socket.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      while (answeredAt.length < Math.floor(bytes / answer.length)) answeredAt.push(Date.now());
    });
    const end = Date.now() + 2_500;
    // How long this computer leaves a thread waiting that has something to do: those of the app wait as long, each of the three.
    let late = 0;
    for (let n = 0; Date.now() < end; n += 20) {
      client.send(Array.from({ length: 20 }, (_, i) => hb(n + i)).join(''));
      const asleep = Date.now();
      await new Promise((resolve) => setTimeout(resolve, 10));
      late = Math.max(late, Date.now() - asleep - 10);
    }
    const pid = app.electron.process().pid ?? 0;
    const killedAt = Date.now();
    process.kill(pid, 'SIGKILL');
    await client.until(() => client.closed);
    const mustBeThere = answeredAt.filter((at) => at < killedAt - 200 - 3 * late).length;
    expect(mustBeThere).toBeGreaterThan(100);
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
    const frames = await second.page.evaluate(() =>
      window.crema.frames({
        filter: { vmcNo: 501, dir: 'in', cmd: 'HB', text: '' },
        place: { before: null },
        limit: 300,
      }),
    );
    expect(frames.ok && frames.value.rows.length).toBe(300);
    await second.close({ keepData: true });
    await rm(app.dataDirectory, { recursive: true, force: true });
  });
});
