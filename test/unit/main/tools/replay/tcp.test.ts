/** The connection of a replay to a real server that does not read. */
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { tcpLink } from '../../../../../src/main/tools/replay/tcp';

const ends: (() => unknown)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

it('a frame that the server never reads does not outlast the replay', async () => {
  const taken: Socket[] = [];
  const server = createServer((socket) => taken.push(socket.on('error', () => undefined).pause()));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ends.push(
    () => server.close(),
    () => taken.forEach((socket) => socket.destroy()),
  );
  const cancel = new AbortController();
  let closed = 0;
  const link = await tcpLink(
    { host: '127.0.0.1', port: (server.address() as AddressInfo).port },
    { came: () => undefined, closed: () => (closed += 1) },
    { now: Date.now, cancel: cancel.signal },
  );
  // More than both ends buffer for a server that does not read.
  const frame = { bytes: Buffer.alloc(32 * 1024 * 1024) } as unknown as Parameters<typeof link.send>[0];
  const sent = link.send(frame);
  cancel.abort();
  await sent;
  await expect.poll(() => closed).toBe(1);
}, 10_000);
