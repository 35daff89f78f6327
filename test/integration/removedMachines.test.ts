/** Machines removed from the list stay removed after a start, with the journal's own thread. */
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Server } from '../../src/main/machines/server/server';
import { appBundles, type Bundles } from '../builders/bundles';
import { logIn, Room } from '../builders/room';
import { useFolder } from '../builders/useFolder';

let bundles: Bundles;
const folder = useFolder();
const servers: Server[] = [];
beforeAll(() => {
  bundles = appBundles();
});
afterEach(async () => {
  for (const server of servers.splice(0)) await server.handlers.close(undefined);
});
afterAll(() => bundles.remove());

/** Starts the server on the same journal. */
async function start(): Promise<Room> {
  const room = new Room(folder(), join(bundles.directory, 'journalWorker.js'));
  servers.push(room.server);
  await room.open();
  return room;
}

const numbers = async (room: Room): Promise<readonly number[]> =>
  (await room.machines()).map(({ vmcNo }) => vmcNo).toSorted((a, b) => a - b);

/** Logs in machines, which then leave. */
async function visit(room: Room, ...vmcNos: readonly number[]): Promise<void> {
  for (const vmcNo of vmcNos) {
    const client = await room.connect();
    await logIn(client, vmcNo);
    client.socket.destroy();
  }
  await expect.poll(async () => (await room.machines()).filter(({ online }) => online)).toEqual([]);
}

describe.each([
  { beside: 'no other machine', silent: [] },
  { beside: 'a machine that was silent meanwhile', silent: [7] },
])('beside $beside', ({ silent }) => {
  it('removed machines do not return at later starts, but do when they log in again', async () => {
    let room = await start();
    await visit(room, ...silent);
    await room.close();
    room = await start();
    await visit(room, 90001, 90002);
    for (const vmcNo of [90001, 90002]) await room.request('forgetMachine', { vmcNo });
    expect(await numbers(room)).toEqual(silent);
    for (let starts = 0; starts < 2; starts += 1) {
      await room.close();
      room = await start();
      expect(await numbers(room)).toEqual(silent);
    }
    await visit(room, 90001);
    await room.close();
    room = await start();
    expect(await numbers(room)).toEqual([...silent, 90001]);
  });
});
