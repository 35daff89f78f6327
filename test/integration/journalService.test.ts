/** Machine states of a run stay known after its journal is replaced. */
import { closeSync, openSync, readdirSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { JournalClient } from '../../src/main/journal/client/journalClient';
import { startJournal } from '../../src/main/machines/server/journal';
import { Fleet } from '../../src/main/core/state/fleet';
import { appBundles, type Bundles } from '../builders/bundles';
import { connection, World } from '../builders/connection';
import { useFolder } from '../builders/useFolder';

let bundles: Bundles;
const directory = useFolder();
beforeAll(() => {
  bundles = appBundles();
});
afterAll(() => bundles.remove());

const file = (): string => directory('journal.sqlite');
const kept = (fleet: Fleet) =>
  startJournal(file(), join(bundles.directory, 'journalWorker.js'), fleet, {
    onError: (error) => {
      throw error;
    },
  });

it('a file found damaged while the machines are read: the next run knows them all the same', async () => {
  const world = new World();
  // The machine is offline and stays so: no event would write its state again.
  connection({}, world)
    .receives({ cmd: 'login', vmc_no: 33232, version: '1.0', linuxDriverVersion: '1.3' })
    .hangsUp();
  const last = world.entries.at(-1)?.id ?? 0;
  const journal = new JournalClient(join(bundles.directory, 'journalWorker.js'));
  await journal.open(file());
  for (const entry of world.entries) journal.add(entry);
  journal.keepMachine(33232, last, JSON.stringify(world.fleet.machine(33232)));
  const bytes = Buffer.alloc(400, 0x78);
  // All entries after the written state are read again.
  for (let id = last + 1; id <= 6_000; id += 1)
    journal.add({ id, at: world.now, conn: 1, vmcNo: 33232, kind: 'junk', bytes, findings: [] });
  await journal.close();
  const pages = Math.floor(statSync(file()).size / 8_192);
  const handle = openSync(file(), 'r+');
  const from = Math.floor(pages * 0.4);
  const junk = Buffer.alloc((Math.floor(pages * 0.6) - from) * 8_192, 0xa5);
  writeSync(handle, junk, 0, junk.length, from * 8_192);
  closeSync(handle);

  const fleet = new Fleet();
  const first = await kept(fleet);
  expect(first.opened).toMatchObject({ kind: 'open', aside: null });
  expect(first.client.state).toMatchObject({ status: 'open', aside: { why: 'damaged' } });
  expect([...fleet.machines.keys()]).toEqual([33232]);
  await first.close();
  expect(readdirSync(directory()).filter((name) => name.startsWith('journal.damaged-')).length).toBe(1);

  const again = new Fleet();
  const second = await kept(again);
  expect([...again.machines.keys()]).toEqual([33232]);
  await second.close();
});
