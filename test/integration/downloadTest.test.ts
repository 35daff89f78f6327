/** Results of the download test against other servers, over real sockets. packageHostThread.test.ts tests it against our host. */
import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { testDownload } from '../../src/main/packages/host/downloadTest';

const here = '127.0.0.1';
const secret = { token: 'a', answer: 'b' };
let server: Server | null = null;
afterEach(async () => {
  await new Promise((resolve) => (server === null ? resolve(null) : server.close(resolve)));
  server = null;
});

/** Sends this text to every client and closes; `null`: accepts the connection and sends nothing. */
async function answering(text: string | null): Promise<number> {
  server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.resume();
    if (text !== null) socket.end(text);
  });
  await new Promise<void>((resolve) => server?.listen(0, here, resolve));
  return (server.address() as AddressInfo).port;
}

test.each([
  ['no HTTP', 'SSH-2.0-x\r\n', 'otherServer'],
  ['another answer', 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx', 'otherServer'],
  [
    'a proxy that has no host',
    'HTTP/1.1 502 Bad Gateway\r\nServer: px\r\nContent-Length: 0\r\n\r\n',
    'otherServer',
  ],
  ['an answer without end', `HTTP/1.1 200 OK\r\n\r\n${'x'.repeat(5_000)}`, 'otherServer'],
  ['nothing', '', 'otherServer'],
])('%s', async (_, text, problem) => {
  const port = await answering(text);
  expect(await testDownload({ host: here, port }, true, secret)).toMatchObject({ problem });
});

test('silence: a time-out; no listener: refused where we listen, not bound where we do not', async () => {
  const port = await answering(null);
  expect(await testDownload({ host: here, port }, true, secret, 50)).toMatchObject({ problem: 'timeout' });
  const open = { host: '127.0.0.3', port };
  expect(await testDownload(open, true, secret)).toMatchObject({ problem: 'refused' });
  expect(await testDownload(open, false, secret)).toMatchObject({ problem: 'notBound' });
  const gone = { host: '192.0.2.9', port };
  expect(await testDownload(gone, false, secret)).toEqual({ problem: 'notBound', detail: 'EADDRNOTAVAIL' });
});
