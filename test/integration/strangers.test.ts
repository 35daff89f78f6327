/** The mark of unknown machines in the list, which a command or a run removes while it is open. */
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { applyChange } from '#shared/contract/replica';
import { live } from '#shared/contract/live';
import type { MachineRow } from '#shared/model/machine';
import { together } from '#shared/model/run';
import { appBundles, type Bundles } from '../builders/bundles';
import { Room } from '../builders/room';
import { decimalFrame } from '../builders/server';
import { useFolder } from '../builders/useFolder';

const vmcNo = 33_232;

let bundles: Bundles;
const folder = useFolder();
let room: Room;
beforeAll(() => {
  bundles = appBundles();
});
beforeEach(async () => {
  room = new Room(folder(), join(bundles.directory, 'journalWorker.js'));
  await room.open();
  const client = await room.connect();
  client.send(decimalFrame(`{"cmd":"hb","vmc_no":${vmcNo}}`));
  client.socket.end();
  await expect.poll(shown).toMatchObject({ online: false, stranger: true });
});
afterEach(async () => {
  await room.close();
});
afterAll(() => bundles.remove());

/** The machine's row, as batches made it. */
function shown(): MachineRow | undefined {
  let rows: ReadonlyMap<number, MachineRow> = new Map();
  for (const one of room.emitted)
    if (one.name === 'news') rows = applyChange(rows, one.value.batch.machines ?? {}, live.machines);
  return rows.get(vmcNo);
}

const isStranger = (): boolean => shown()?.stranger === true;

it('an offline machine is no stranger while a command waits for it', async () => {
  const given = await room.request('command', { vmcNo, name: 'queryStatus', input: {} });
  expect(given).toMatchObject({ id: 1, state: 'queued' });
  await expect.poll(isStranger).toBe(false);
  await room.request('cancelCommand', { id: 1 });
  await expect.poll(isStranger).toBe(true);
  expect(await room.request('forgetStrangers', { most: 1 })).toEqual({ forgotten: 1 });
});

it('an offline machine is no stranger while it takes part in a run', async () => {
  const started = await room.request('startRun', {
    title: 'Check',
    steps: [{ do: 'ask', question: { en: 'Is the door closed?' } }],
    machines: [vmcNo],
    leftOut: [],
    waves: together,
  });
  expect(started).toMatchObject({ run: { id: 1 }, changed: [] });
  await expect.poll(isStranger).toBe(false);
  await room.request('controlRun', { id: 1, to: 'stop' });
  await expect.poll(isStranger).toBe(true);
});
