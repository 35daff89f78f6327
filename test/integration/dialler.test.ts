/** Outbound connections over real sockets: served as any other, retried with growing pauses, closed when removed from the list. */
import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { DialTarget } from '#shared/model/dial';
import { Dialler } from '../../src/main/machines/link/dialler';
import { socketOptions } from '../../src/main/machines/link/machineServer';
import { FrameDecoder } from '../../src/main/core/protocol/frame';
import { frame } from '../builders/frames';
import { ownPort } from '../builders/ports';
import { startServer, type TestServer } from '../builders/server';

let crema: TestServer;
let dialler: Dialler;
const machines: Server[] = [];
beforeEach(async () => {
  crema = await startServer();
  dialler = new Dialler(socketOptions, {
    now: Date.now,
    isSelf: (socket) => crema.server.isSelf(socket),
    serve: (socket) => crema.server.serveDialled(socket),
    vmcNoOf: (conn) => crema.server.connection(conn)?.vmcNo ?? null,
    hangUp: (conn) => crema.server.connection(conn)?.close('byPerson'),
    changed: () => undefined,
  });
});
afterEach(async () => {
  dialler.stop();
  for (const machine of machines.splice(0)) machine.close();
  await crema.stop();
});

/** A machine that waits for a call, or another program that listens there. */
async function listens(onCall: (socket: Socket) => void, port: number | null = null): Promise<DialTarget> {
  const machine = createServer((socket) => onCall(socket.on('error', () => undefined)));
  machines.push(machine);
  const at = port ?? (await ownPort());
  await new Promise<void>((resolve) => machine.listen(at, '127.0.0.1', resolve));
  return { host: '127.0.0.1', port: at };
}
const dial = () => dialler.dials[0];

it('a called machine is served as any other, and disconnected when removed from the list', async () => {
  const heard: Buffer[] = [];
  let ends = 0;
  const target = await listens((socket) => {
    socket.write(frame({ cmd: 'login', vmc_no: 33232, timestamp: 20150624, sign: 'x', version: '1.2.8.8' }));
    socket
      .on('data', (bytes) => heard.push(bytes))
      .on('end', () => {
        ends += 1;
        socket.end();
      });
  });
  dialler.setTargets([target]);
  await expect.poll(() => crema.server.connectionOf(33232) !== undefined).toBe(true);
  await expect.poll(() => heard.length).toBeGreaterThan(0);
  const [said] = new FrameDecoder().push(Buffer.concat(heard));
  expect(said).toMatchObject({ kind: 'frame', json: { cmd: 'login_r' } });
  const [opened] = crema.entries;
  expect(opened).toMatchObject({
    kind: 'opened',
    peer: { remoteAddress: '127.0.0.1', remotePort: target.port, dialled: true },
  });
  expect(dial()).toMatchObject({
    ...target,
    status: 'connected',
    failures: 0,
    conn: opened?.conn,
    vmcNo: 33232,
  });

  // The same list again changes nothing.
  dialler.setTargets([{ ...target }]);
  expect(dial()).toMatchObject({ status: 'connected', conn: opened?.conn });
  dialler.setTargets([]);
  await expect.poll(() => ends).toBe(1);
  expect(dialler.dials).toEqual([]);
  expect(crema.entries.at(-1)).toMatchObject({ kind: 'closed', reason: 'byPerson' });
});

it('a quit ends a called machine as it ends the others: no person hung up', async () => {
  const target = await listens((socket) => {
    socket.write(frame({ cmd: 'login', vmc_no: 33232, timestamp: 20150624, sign: 'x', version: '1.2.8.8' }));
    socket.on('end', () => socket.end());
  });
  dialler.setTargets([target]);
  await expect.poll(() => crema.server.connectionOf(33232) !== undefined).toBe(true);
  dialler.stop();
  crema.server.closeAll('shutdown');
  expect(crema.entries.filter(({ kind }) => kind === 'closed')).toMatchObject([{ reason: 'shutdown' }]);
});

it('an unreachable machine is called again at growing intervals, or at once if a person asks', async () => {
  const target = await listens(() => undefined);
  machines.pop()?.close();
  dialler.setTargets([target]);
  const pauses: number[] = [];
  for (const failures of [1, 2, 3, 4, 5, 6, 7, 8]) {
    await expect.poll(() => dial()?.failures === failures && dial()?.status === 'waiting').toBe(true);
    const { nextAt, since, detail } = dial() ?? { nextAt: 0, since: 0, detail: '' };
    expect(detail).toBe('ECONNREFUSED');
    pauses.push((nextAt ?? 0) - since);
    dialler.retry(target);
  }
  expect(pauses).toEqual([1_000, 2_000, 4_000, 8_000, 15_000, 30_000, 60_000, 60_000]);
  // Failed attempts are not recorded.
  expect(crema.entries).toEqual([]);

  await expect.poll(() => dial()?.status).toBe('waiting');
  await listens(() => undefined, target.port);
  dialler.retry(target);
  await expect.poll(() => dial()?.status).toBe('connected');
  // A peer that only accepts the connection is not a machine.
  expect(dial()?.vmcNo).toBeNull();
});

it('a target that leads back to Crema itself is not served: two connections would wait for each other', async () => {
  const target = { host: '127.0.0.1', port: crema.port };
  dialler.setTargets([target]);
  for (const failures of [1, 2]) {
    await expect.poll(() => dial()?.failures === failures && dial()?.status === 'waiting').toBe(true);
    expect(dial()).toMatchObject({ detail: 'SELF', conn: null });
    dialler.retry(target);
  }
  expect(crema.entries.flatMap((entry) => (entry.kind === 'opened' ? [entry.peer] : []))).not.toMatchObject([
    { dialled: true },
  ]);
});

it('a machine that accepts the call and hangs up is called no more often than an unreachable one', async () => {
  const target = await listens((socket) => socket.end());
  dialler.setTargets([target]);
  for (const failures of [1, 2]) {
    await expect.poll(() => dial()?.failures === failures && dial()?.status === 'waiting').toBe(true);
    expect(dial()).toMatchObject({ detail: '', conn: null });
    expect((dial()?.nextAt ?? 0) - (dial()?.since ?? 0)).toBe(failures * 1_000);
    dialler.retry(target);
  }
  expect(crema.entries.slice(0, 2)).toMatchObject([
    { kind: 'opened', peer: { dialled: true } },
    { kind: 'closed', reason: 'machineClosed' },
  ]);
});
