/** A large journal without stored machine states: the server listens at once and folds while it serves machines. */
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { MachineState } from '#shared/model/machine';
import { Fleet } from '../../src/main/core/state/fleet';
import { readStored } from '../../src/main/core/state/readStored';
import { appBundles, type Bundles } from '../builders/bundles';
import { openStore } from '../builders/journal';
import { makeManyInJournal } from '../builders/manyInJournal';
import { logIn, Room } from '../builders/room';
import { useFolder } from '../builders/useFolder';

/** More entries than the limit that is folded before serving. */
const frames = 11_000;
const machines = 1_000;
const first = 33_232;

let bundles: Bundles;
/** The journal, made once and copied. */
const made = useFolder('all');
const folder = useFolder();
const rooms: Room[] = [];
beforeAll(async () => {
  bundles = appBundles();
  await makeManyInJournal(made('journal.sqlite'), frames);
});
beforeEach(() => {
  copyFileSync(made('journal.sqlite'), file());
});
afterEach(async () => {
  for (const room of rooms.splice(0)) await room.close();
});
afterAll(() => {
  bundles.remove();
});

const file = (): string => folder('journal.sqlite');

async function opened(): Promise<Room> {
  const room = new Room(folder(), join(bundles.directory, 'journalWorker.js'));
  rooms.push(room);
  await room.open();
  return room;
}

const state = async (room: Room, vmcNo: number): Promise<MachineState | null> =>
  (await room.ask.machine({ vmcNo })) as MachineState | null;

/** The machines after a fold of the whole journal. */
function foldedOf(): Fleet {
  const store = openStore(file());
  const fleet = new Fleet();
  for (const entry of store.entriesAfter(0, 1e6)) fleet.apply(readStored(entry));
  store.close();
  return fleet;
}

const storedStates = (): number => {
  const db = new DatabaseSync(file(), { readOnly: true });
  const { n } = db.prepare('SELECT count(*) AS n FROM machines').get() as { readonly n: number };
  db.close();
  return n;
};

it('machines are served at once, and each is then as if all had been folded first', async () => {
  const room = await opened();
  expect(await room.machines()).toEqual([]);
  const client = await room.connect();
  await logIn(client, first);
  expect(await state(room, first)).toMatchObject({ counts: { framesIn: 1 } });
  await expect.poll(async () => (await room.machines()).length).toBe(machines);
  const now = await state(room, first);
  expect(now).toMatchObject({ link: { status: 'online' }, counts: { framesIn: frames / machines + 1 } });
  // Its connections of an earlier run are over.
  expect(await state(room, first + 1)).toMatchObject({ link: { status: 'offline', reason: 'killed' } });
  await room.close();
  rooms.pop();
  expect(storedStates()).toBe(machines);
  const folded = foldedOf();
  const again = await opened();
  for (const vmcNo of [first, first + 1, first + 500])
    expect(await state(again, vmcNo)).toEqual(folded.machine(vmcNo));
}, 60_000);

it('a run that ends before that stores no state: the next one begins again', async () => {
  const room = await opened();
  const client = await room.connect();
  await logIn(client, first);
  await room.close();
  rooms.pop();
  expect(storedStates()).toBe(0);
});
