/** A command that is reported as queued is on disk: kill -9 at that moment loses nothing. */
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { appBundles, type Bundles } from '../builders/bundles';
import { logIn, Room } from '../builders/room';
import { useFolder } from '../builders/useFolder';

let bundles: Bundles;
const folder = useFolder();
let room: Room;
beforeAll(() => {
  bundles = appBundles();
});
beforeEach(async () => {
  room = new Room(folder(), join(bundles.directory, 'journalWorker.js'));
  await room.open();
});
afterEach(async () => {
  await room.close();
});
afterAll(() => bundles.remove());

function onDisk(): readonly number[] {
  const db = new DatabaseSync(folder('journal.sqlite'), { readOnly: true });
  const rows = db.prepare('SELECT id FROM commands ORDER BY id').all() as readonly { readonly id: number }[];
  db.close();
  return rows.map(({ id }) => id);
}

it('its answer and its event follow the write to disk', async () => {
  const client = await room.connect();
  await logIn(client, 33_232);
  client.socket.destroy();
  await expect.poll(async () => (await room.machines())[0]?.online).toBe(false);
  /** Commands that windows know, and whether each was on disk at that moment. */
  const told: { readonly shown: number; readonly isKept: boolean }[] = [];
  const push = room.emitted.push.bind(room.emitted);
  room.emitted.push = (...all) => {
    for (const one of all)
      if (one.name === 'news')
        for (const { id } of one.value.batch.commands ?? [])
          told.push({ shown: id, isKept: onDisk().includes(id) });
    return push(...all);
  };
  const names = ['queryStatus', 'querySupplies', 'rinse', 'reboot'] as const;
  for (const [n, name] of names.entries()) {
    expect(await room.request('command', { vmcNo: 33_232, name, input: {} })).toMatchObject({
      id: n + 1,
      state: 'queued',
    });
    expect(onDisk()).toContain(n + 1);
  }
  await expect.poll(() => new Set(told.map(({ shown }) => shown)).size).toBe(names.length);
  expect(told.filter(({ isKept }) => !isKept)).toEqual([]);
});
