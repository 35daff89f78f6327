import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { noRelay } from '#shared/model/relay';
import { socketOptions } from '../../../../../src/main/machines/link/machineServer';
import { RelayGate, type Early } from '../../../../../src/main/machines/relay/relayGate';
import { Upstreams } from '../../../../../src/main/machines/relay/upstreams';
import { frame } from '../../../../builders/frames';

const servers: Server[] = [];
const sockets: Socket[] = [];
async function listens(onSocket: (socket: Socket) => void): Promise<number> {
  const server = createServer((socket) => {
    sockets.push(socket.on('error', () => undefined));
    onSocket(socket);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
  for (const socket of sockets.splice(0)) socket.destroy();
  for (const server of servers.splice(0)) server.close();
});

it('a machine that was silent for 15 s is heard afterwards, while many others have no number', async () => {
  const port = await listens(() => undefined);
  const served: (Early | null)[] = [];
  const gate = new RelayGate({
    settings: () => ({ ...noRelay, isOn: true, upstream: { host: '127.0.0.1', port } }),
    directLink: () => null,
    answersWhenGone: () => false,
    areManyNameless: () => true,
    upstreams: new Upstreams(socketOptions, {
      now: Date.now,
      isWanted: () => true,
      isSelf: () => false,
      back: () => undefined,
      changed: () => undefined,
    }),
    serve: (_socket, _peer, upstream, early) => {
      if (upstream !== null) sockets.push(upstream);
      served.push(early);
      return null;
    },
    changed: () => undefined,
  });
  const peer = { remoteAddress: '127.0.0.1', remotePort: 1, localAddress: '127.0.0.1', localPort: 2 };
  const crema = await listens((socket) => void gate.take(socket, peer));
  const machine = connect(crema, '127.0.0.1');
  sockets.push(machine);
  await expect.poll(() => gate.waiting).toBe(1);
  await vi.advanceTimersByTimeAsync(16_000);
  expect(served).toEqual([]);
  const login = frame({ cmd: 'login', vmc_no: 33232 });
  machine.write(login);
  await expect.poll(() => served.length).toBe(1);
  expect(Buffer.from(served[0]?.bytes ?? [])).toEqual(Buffer.from(login));
});
