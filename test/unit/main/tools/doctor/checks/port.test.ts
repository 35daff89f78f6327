import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { port } from '../../../../../../src/main/tools/doctor/checks/port';
import type { Computer } from '../../../../../../src/main/tools/doctor/computer';
import { lockFolder } from '../../../../../../src/main/lib/files/folderLock';
import { codesOf, computer } from '../../../../../builders/doctor';
import { useFolder } from '../../../../../builders/useFolder';

const machines = port('machinePort', (one) => one.machines);
const at = (host: string, number: number, patch: Partial<Computer> = {}): Computer =>
  computer({ machines: { host, port: number }, ...patch });

let holder: Server;
let held = 0;
const folder = useFolder();
beforeEach(async () => {
  holder = createServer();
  await new Promise<void>((resolve) => {
    holder.listen(0, '127.0.0.1', resolve);
  });
  held = (holder.address() as AddressInfo).port;
});
afterEach(() => {
  holder.close();
});

describe('a port', () => {
  it('is in use, with the name of its holder', async () => {
    const [found] = await machines(at('127.0.0.1', held));
    expect(found).toMatchObject({
      level: 'problem',
      code: 'heldBy',
      params: { port: held, pid: process.pid },
    });
  });

  it('is in use by the Crema of the folder', async () => {
    const lock = lockFolder(folder());
    expect(codesOf(await machines(at('127.0.0.1', held, { folder: folder(), isOpen: true })))).toEqual([
      'warning oursHere',
    ]);
    lock?.release();
  });

  it('is in use by the Crema of the folder, and the network reaches it', async () => {
    const look = port('machinePort', (one) => one.machines, {
      listenError: () => Promise.resolve('EADDRINUSE'),
      portHolder: () => Promise.resolve({ pid: process.pid, name: 'crema' }),
    });
    const found = await look(at('192.168.1.20', held, { folder: folder(), isOpen: true }));
    expect(codesOf(found)).toEqual(['ok ours']);
  });

  it('is in use by another program, as a Crema with that address knows', async () => {
    const look = port('machinePort', (one) => one.machines, {
      listenError: () => Promise.resolve('EADDRINUSE'),
      portHolder: () => Promise.resolve({ pid: 1, name: 'other' }),
    });
    const found = await look(at('127.0.0.1', held, { folder: folder(), isOpen: true, isItself: true }));
    expect(codesOf(found)).toEqual(['problem heldBy']);
  });

  it('is free, and stays free after the check', async () => {
    await new Promise((resolve) => {
      holder.close(resolve);
    });
    const here = at('127.0.0.1', held);
    expect(codesOf(await machines(here))).toEqual(['ok freeHere']);
    expect(codesOf(await machines(here))).toEqual(['ok freeHere']);
    expect(codesOf(await machines(at('0.0.0.0', held)))).toEqual(['ok free']);
  });

  it.each([
    ['EADDRINUSE', 'problem held'],
    ['EACCES', 'problem denied'],
    ['EAFNOSUPPORT', 'problem refused'],
  ])('the system reports %s only', async (code, expected) => {
    const look = port('updatePort', (one) => one.updates, {
      listenError: () => Promise.resolve(code),
      portHolder: () => Promise.resolve(null),
    });
    expect(codesOf(await look(computer({ updates: { host: '127.0.0.1', port: 80 } })))).toEqual([expected]);
  });

  it('for android’s reports is checked where Crema is to listen for them', async () => {
    const notices = port('noticePort', (one) => one.notices);
    expect(codesOf(await notices(computer()))).toEqual(['ok off']);
    expect(codesOf(await notices(computer({ notices: { host: '127.0.0.1', port: held } })))).toEqual([
      'problem heldBy',
    ]);
  });

  it('is any port, or its address is gone', async () => {
    expect(codesOf(await machines(at('127.0.0.1', 0)))).toEqual(['ok anyFree']);
    // From the block for documentation, which no adapter has.
    expect(codesOf(await machines(at('203.0.113.7', 9_700)))).toEqual(['problem noAddress']);
  });
});
