/** The machine server as in its thread, but in this thread: its requests and their order, with the journal's own thread. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { DatabaseSync } from '@photostructure/sqlite';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { CommandName } from '#shared/commands/index';
import type { Command } from '#shared/model/command';
import { defaultMachineConfig } from '#shared/model/machine';
import { defaultSettings } from '#shared/model/settings';
import { JournalClient } from '../../src/main/journal/client/journalClient';
import type { Server } from '../../src/main/machines/server/server';
import { end, queuedCommand, sentCommand } from '../../src/main/machines/commands/judge';
import type { OfferCalls, OfferEvents } from '../../src/main/packages/host/hostCalls';
import { serve } from '../../src/main/lib/threads/serve';
import { appBundles, type Bundles } from '../builders/bundles';
import { logIn, Room } from '../builders/room';
import { decimalFrame, RawClient } from '../builders/server';
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

function newRoom(
  journalWorker = join(bundles.directory, 'journalWorker.js'),
  options: ConstructorParameters<typeof Room>[2] = {},
): Room {
  const room = new Room(folder(), journalWorker, options);
  servers.push(room.server);
  return room;
}

describe('before it is open', () => {
  it('settings that change are taken', async () => {
    const room = newRoom();
    const settings = { ...defaultSettings, directLink: { vmcNo: 7, tells: true } };
    room.ask.change({ settings, virtualPorts: new Set([1]) });
    await room.open({ settings });
    expect(await room.machines()).toEqual([]);
  });

  it('events of the package host are handled once the commands are there', async () => {
    const upgrade: Command = sentCommand(
      queuedCommand(
        { id: 3, vmcNo: 33232, name: 'upgrade', input: { packageId: 'a' }, sessionId: 's3' },
        Date.now(),
      ),
      { platform: 'android', conn: 1, entry: 1 },
      Date.now(),
    );
    const journal = new JournalClient(join(bundles.directory, 'journalWorker.js'));
    await journal.open(folder('journal.sqlite'));
    journal.keepCommand(upgrade);
    await journal.close();

    const room = newRoom();
    const { port1, port2 } = new MessageChannel();
    const offered: unknown[] = [];
    const host = serve<OfferCalls, OfferEvents>(port2, {
      offer: (offer) => void offered.push(offer),
      expect: () => undefined,
      moved: () => undefined,
    });
    room.ask.connectHost(port1);
    const { sessionId, vmcNo } = upgrade;
    host.emit('notice', {
      vmcNo,
      sessionId,
      done: false,
      reason: '7',
      sign: 'matched',
      at: 5,
      remoteAddress: '192.0.2.7',
    });
    await room.open();
    const commands = room.emitted.flatMap((one) =>
      one.name === 'news' ? (one.value.batch.commands ?? []) : [],
    );
    expect(commands).toEqual([]);
    await expect
      .poll(() =>
        room.emitted.flatMap((one) => (one.name === 'news' ? (one.value.batch.commands ?? []) : [])),
      )
      // The machine was never connected: its address is unknown.
      .toMatchObject([{ id: 3, state: 'sent', steps: [{ what: 'sent' }, { what: 'noticeNotTrusted' }] }]);
    // The machine can fetch its package in this run too.
    await expect.poll(() => offered).toEqual([{ id: 3, vmcNo: 33232, packageId: 'a' }]);
  });

  it('commands that an earlier run had given up are still proved late', async () => {
    const sent = (id: number, name: CommandName): Command =>
      sentCommand(
        queuedCommand({ id, vmcNo: 33232, name, input: {}, sessionId: `s${id}` }, Date.now()),
        { platform: 'android', conn: 1, entry: 1 },
        Date.now(),
      );
    const givenUp = end(sent(3, 'fetchFile'), 'stoppedWaiting', Date.now());
    const journal = new JournalClient(join(bundles.directory, 'journalWorker.js'));
    await journal.open(folder('journal.sqlite'));
    journal.keepCommand(givenUp);
    // Of another kind, and the newest command.
    journal.keepCommand(end(sent(4, 'reboot'), 'stoppedWaiting', Date.now()));
    await journal.close();

    const room = newRoom();
    const { port1, port2 } = new MessageChannel();
    const host = serve<OfferCalls, OfferEvents>(port2, {
      offer: () => undefined,
      expect: () => undefined,
      moved: () => undefined,
    });
    room.ask.connectHost(port1);
    await room.open();
    const { id, vmcNo } = givenUp;
    const about = { id, vmcNo, type: 'log', day: null, askedAt: 0, at: Date.now() } as const;
    const file = { ...about, bytes: 9, sha256: '', fileName: 'a.zip', remoteAddress: '192.0.2.7' };
    host.emit('upload', { ok: true, file });
    await expect
      .poll(() =>
        room.emitted.flatMap((one) => (one.name === 'news' ? (one.value.batch.commands ?? []) : [])),
      )
      .toMatchObject([{ id: 3, state: 'confirmed', steps: [{}, {}, { what: 'late' }, {}] }]);
  });

  it('a server that is being opened is closed in order all the same', async () => {
    const room = newRoom();
    const opening = room.open();
    await room.ask.close(undefined);
    await opening;
    expect(room.journal).toBe('closed');
  });
});

it('entries in transit when the disk begins to refuse can be opened like later ones', async () => {
  const full = folder('full');
  const refusing = join(bundles.directory, 'refusing.mjs');
  writeFileSync(
    refusing,
    `import { existsSync } from 'node:fs';
     import { parentPort } from 'node:worker_threads';
     const on = parentPort.on.bind(parentPort);
     const data = { code: 'SQLITE_FULL', isDamaged: false };
     const problem = { name: 'Error', message: 'disk full', code: '', stack: undefined, data };
     parentPort.on = (what, heard) => on(what, (message) => {
       if (message.name === 'append' && existsSync(${JSON.stringify(full)}))
         parentPort.postMessage({ kind: 'problem', id: message.id, problem });
       else heard(message);
     });
     await import('./journalWorker.js');`,
  );
  const room = newRoom(refusing);
  await room.open();
  const client = await room.connect();
  writeFileSync(full, '');
  await logIn(client);
  await expect.poll(() => room.journal).toBe('failing');
  expect(await room.ask.recentFrame({ id: 2 })).toMatchObject({ id: 2, kind: 'frame', dir: 'in' });
  client.send(decimalFrame('{"cmd":"hb","vmc_no":33232}'));
  await expect.poll(() => room.ask.recentFrame({ id: 4 })).toMatchObject({ id: 4, dir: 'in' });
  const filter = { vmcNo: 33232, dir: 'in', cmd: null, text: '' } as const;
  expect(await room.ask.recentCount({ filter, after: 2 })).toMatchObject({ count: 1 });
  rmSync(full);
  await expect.poll(() => room.journal).toBe('open');
  client.socket.destroy();
});

it('a virtual machine stays one when its port is taken off the list before its connection ends', async () => {
  const room = newRoom();
  await room.open();
  const client = await room.connect();
  room.ask.change({ virtualPorts: new Set([client.socket.localPort ?? 0]) });
  await logIn(client);
  expect(await room.machines()).toMatchObject([{ virtual: true, online: true }]);
  room.ask.change({ virtualPorts: new Set() });
  expect(await room.machines()).toMatchObject([{ virtual: true, online: true }]);
  expect(await room.ask.forgetVirtual(undefined)).toBe(1);
  client.socket.destroy();
  await expect.poll(() => room.machines()).toMatchObject([{ virtual: true, online: false }]);
  expect(await room.ask.forgetVirtual(undefined)).toBe(0);
  expect(await room.machines()).toEqual([]);
});

it('a port for queries that can not be passed on is closed: no client waits', async () => {
  const deadly = folder('deadly');
  const dying = join(bundles.directory, 'dying.mjs');
  writeFileSync(
    dying,
    `import { existsSync } from 'node:fs';
     await import('./journalWorker.js');
     setInterval(() => existsSync(${JSON.stringify(deadly)}) && process.exit(3), 10).unref();`,
  );
  const room = newRoom(dying);
  await room.open();
  writeFileSync(deadly, '');
  await expect.poll(() => room.journal).toBe('failing');
  const { port1, port2 } = new MessageChannel();
  const closed = new Promise((resolve) => port2.once('close', resolve));
  await expect(room.ask.connectReader(port1)).rejects.toThrow('code 3');
  await closed;
});

it('a closed server does not listen again, and closes a port for queries', async () => {
  const room = newRoom();
  await room.open();
  await room.ask.close(undefined);
  await expect(async () => room.ask.listen({ host: '127.0.0.1', port: 0 })).rejects.toThrow(
    'the server is not open',
  );
  const { port1, port2 } = new MessageChannel();
  const closed = new Promise((resolve) => port2.once('close', resolve));
  await room.ask.connectReader(port1);
  await closed;
});

it('a machine that sends its number without a login leaves the list of connections without a number', async () => {
  const room = newRoom();
  await room.open();
  const client = await room.connect();
  const unnamed = () =>
    room.emitted.flatMap((one) => (one.name === 'news' ? (one.value.batch.unnamed ?? []) : []));
  const last = () =>
    room.emitted.findLast((one) => one.name === 'news' && one.value.batch.unnamed !== undefined)?.value;
  await expect.poll(unnamed).toMatchObject([{ address: '127.0.0.1' }]);
  client.send(decimalFrame('{"cmd":"hb","vmc_no":33232}'));
  await expect.poll(last).toMatchObject({ batch: { unnamed: [] } });
  client.socket.destroy();
});

it('a flood waits for the journal, which loses nothing of it; a quiet machine does not wait', async () => {
  const slow = folder('slow');
  const holding = join(bundles.directory, 'holding.mjs');
  // A disk that accepts nothing for a while.
  writeFileSync(
    holding,
    `import { existsSync } from 'node:fs';
     import { parentPort } from 'node:worker_threads';
     const on = parentPort.on.bind(parentPort);
     const held = [];
     parentPort.on = (what, heard) => on(what, (message) => {
       if (message.name !== 'append') return heard(message);
       if (held.push(message) === 1) hear();
       function hear() {
         if (existsSync(${JSON.stringify(slow)})) setTimeout(hear, 10);
         else held.splice(0).forEach(heard);
       }
     });
     await import('./journalWorker.js');`,
  );
  const room = newRoom(holding);
  await room.open();
  const flood = await room.connect();
  await logIn(flood, 1);
  const machine = await room.connect();
  await logIn(machine, 2);
  const beat = (vmcNo: number): string => decimalFrame(`{"cmd":"hb","vmc_no":${vmcNo}}`);
  const each = beat(1).length;
  const beats = 15_000;
  flood.received = Buffer.alloc(0);
  writeFileSync(slow, '');
  let answered = 0;
  try {
    flood.send(beat(1).repeat(beats));
    let still = 0;
    while (still < 20 && answered < beats) {
      machine.received = Buffer.alloc(0);
      machine.send(beat(2));
      await machine.expects(beat(2));
      const now = flood.received.length / each;
      still = now === answered ? still + 1 : 0;
      answered = now;
    }
    expect(room.journal).toBe('open');
  } finally {
    // The end waits for all writes, so the disk must accept them first.
    rmSync(slow);
  }
  expect(answered).toBeLessThan(beats / 2);
  await flood.until(() => flood.received.length === beats * each, 60_000);
  const reading = new DatabaseSync(folder('journal.sqlite'), { readOnly: true });
  const recorded = reading.prepare("SELECT count(*) AS count FROM entries WHERE vmc_no = 1 AND cmd = 'hb'");
  await expect.poll(() => recorded.get() as unknown).toEqual({ count: 2 * beats });
  reading.close();
});

describe('machines that are too many', () => {
  const worker = (): string => join(bundles.directory, 'journalWorker.js');
  const named = new Map([[1, { ...defaultMachineConfig, name: 'Hall' }]]);
  /** Each machine connects, sends this and leaves. */
  const visit = async (room: Room, vmcNo: number, more = ''): Promise<void> => {
    const client = await room.connect();
    await logIn(client, vmcNo);
    if (more !== '') client.send(decimalFrame(more));
    await client.until(() => more === '' || client.received.includes('error_r'));
    client.socket.end();
    const isOnline = async (): Promise<boolean> =>
      (await room.machines()).some((row) => row.vmcNo === vmcNo && row.online);
    await expect.poll(isOnline).toBe(false);
  };
  const numbers = async (room: Room): Promise<readonly number[]> =>
    (await room.machines()).map(({ vmcNo }) => vmcNo).toSorted((a, b) => a - b);
  const error = '{"cmd":"error","vmc_no":2,"error_code":"EC_2","isSet":true}';

  it('are forgotten except for named machines and machines with errors; the window learns of each', async () => {
    const room = newRoom(worker(), { machinesKept: 4 });
    await room.open({ configs: named });
    await visit(room, 1);
    await visit(room, 2, error);
    await visit(room, 3);
    expect(await room.request('command', { vmcNo: 3, name: 'queryStatus', input: {} })).toMatchObject({
      state: 'queued',
    });
    for (const vmcNo of [11, 12, 13, 14]) await visit(room, vmcNo);
    expect(await numbers(room)).toEqual([1, 2, 3, 14]);
    const removed = () =>
      room.emitted.flatMap((one) => (one.name === 'news' ? (one.value.batch.machines?.removed ?? []) : []));
    await expect.poll(removed).toEqual([11, 12, 13]);
  });

  it('are too many after a start too, and forgotten for good', async () => {
    const room = newRoom();
    await room.open({ configs: named });
    await visit(room, 1);
    await visit(room, 2, error);
    for (const vmcNo of [11, 12, 13]) await visit(room, vmcNo);
    await room.close();
    const next = newRoom(worker(), { machinesKept: 3 });
    await next.open({ configs: named });
    expect(await numbers(next)).toEqual([1, 2, 13]);
    await next.close();
    const last = newRoom();
    await last.open({ configs: named });
    expect(await numbers(last)).toEqual([1, 2, 13]);
  });
});

describe('messages to a machine', () => {
  const sentTo = (client: { readonly received: Buffer }): readonly string[] =>
    [...client.received.toString('latin1').matchAll(/"cmd":"(\w+)"/g)].map(([, cmd = '']) => cmd);

  it('as a custom message restarts it only once no command waits for its proof; the refusal names it', async () => {
    const room = newRoom();
    await room.open();
    const client = await room.connect();
    await logIn(client);
    await room.request('command', { vmcNo: 33232, name: 'queryStatus', input: {} });
    await client.until(() => sentTo(client).includes('statusquery'));
    const write = (text: string) =>
      room.request('sendFrame', { vmcNo: 33232, content: { as: 'text', text, head: 'machine' } });
    const refused = { code: 'commandGoesFirst', params: { vmcNo: 33232, behind: 'queryStatus' } };
    const reboot = '{"cmd":"reboot","vmc_no":33232}';
    expect(await write(reboot)).toEqual(refused);
    expect(await write('{"cmd":"priceset","vmc_no":33232,"price":[]}')).toEqual(refused);
    const hex = Buffer.from(decimalFrame(reboot)).toString('hex');
    expect(await room.request('sendFrame', { vmcNo: 33232, content: { as: 'bytes', hex } })).toEqual(refused);
    expect(await write('{"cmd":"error_r","vmc_no":33232}')).toMatchObject({
      id: expect.any(Number) as number,
    });
    client.send(decimalFrame('{"cmd":"statusquery_r","vmc_no":33232,"status":"normal"}'));
    await expect.poll(async () => (await room.snapshot()).running.map(({ name }) => name)).toEqual([]);
    expect(await write(reboot)).toMatchObject({ id: expect.any(Number) as number });
    await client.until(() => sentTo(client).includes('reboot'));
    expect(sentTo(client)).toEqual(['login_r', 'statusquery', 'error_r', 'reboot']);
    client.socket.destroy();
  });

  it('of sixty machines with a queue each: every frame once, in order, and none in one ms with another', async () => {
    const room = newRoom();
    await room.open();
    const numbers = Array.from({ length: 60 }, (_, n) => 1_001 + n);
    const clients = new Map<number, Awaited<ReturnType<Room['connect']>>>();
    for (const vmcNo of numbers) {
      const client = await room.connect();
      clients.set(vmcNo, client);
      await logIn(client, vmcNo);
    }
    const orders = ['a', 'b', 'c'];
    for (const vmcNo of numbers)
      for (const orderNo of orders)
        await room.request('command', {
          vmcNo,
          name: 'answerQr',
          input: { orderNo, qrType: 'wx_pub', qrCode: 'x' },
        });
    for (const client of clients.values()) await client.until(() => sentTo(client).length === 4, 60_000);
    await room.ask.flush(undefined);
    const reading = new DatabaseSync(folder('journal.sqlite'), { readOnly: true });
    const counted = reading
      .prepare(
        "SELECT count(*) AS frames, count(DISTINCT vmc_no || ' ' || at) AS moments FROM entries WHERE dir = 'out'",
      )
      .get() as unknown;
    reading.close();
    expect(counted).toEqual({ frames: 240, moments: 240 });
    for (const client of clients.values()) {
      const said = [...client.received.toString('latin1').matchAll(/"order_no":"(\w)"/g)].map(
        ([, order]) => order,
      );
      expect(said).toEqual(orders);
      client.socket.destroy();
    }
  });
});

it('a direct link for the first machine is kept for that machine; others are disconnected, connected or not', async () => {
  const room = newRoom();
  await room.open();
  const silent = await room.connect();
  const known = await RawClient.open(silent.socket.remotePort ?? 0);
  await logIn(known, 9);
  const settings = { ...defaultSettings, directLink: { vmcNo: null, tells: false } };
  room.ask.change({ settings });
  const first = await RawClient.open(silent.socket.remotePort ?? 0);
  await logIn(first, 7);
  expect(room.emitted.filter(({ name }) => name === 'directMachine')).toEqual([
    { name: 'directMachine', value: 7 },
  ]);
  await known.until(() => known.closed);
  const second = await RawClient.open(silent.socket.remotePort ?? 0);
  for (const client of [silent, second]) {
    client.send(decimalFrame('{"cmd":"login","vmc_no":8,"version":"1","linuxDriverVersion":"1"}'));
    await client.until(() => client.closed);
    expect(client.received).toHaveLength(0);
  }
  first.send(decimalFrame('{"cmd":"hb","vmc_no":7}'));
  await first.until(() => first.received.includes('"hb"'));
  // A person sets another number.
  room.ask.change({ settings: { ...settings, directLink: { vmcNo: 8, tells: false } } });
  await first.until(() => first.closed);
});

it('the ends of connections that a direct link closes follow the frame of its first machine', async () => {
  const room = newRoom();
  await room.open();
  const other = await room.connect();
  await logIn(other, 9);
  room.ask.follow({ window: 1, token: 1, filter: { vmcNo: null, dir: null, cmd: null, text: '' } });
  room.ask.change({ settings: { ...defaultSettings, directLink: { vmcNo: null, tells: false } } });
  await logIn(await RawClient.open(other.socket.remotePort ?? 0), 7);
  const followed = () =>
    room.emitted.flatMap((one) =>
      one.name === 'news' ? one.value.own.flatMap(({ frames }) => frames?.rows ?? []) : [],
    );
  await expect.poll(() => followed().map(({ kind }) => kind)).toContain('closed');
  const ids = followed().map(({ id }) => id);
  expect(ids).toEqual(ids.toSorted((a, b) => a - b));
});
