/** Many clients of the package host, some of them hostile. Over real sockets, tests assert which clients are served and how many bytes are held. */
import { once } from 'node:events';
import { afterEach, expect, test, vi } from 'vitest';
import { heldBytes } from '../builders/heldBytes';
import { hostedPackage, packageRequest, until, type HostedPackage } from '../builders/packageHost';

const mebibyte = 1_048_576;
const limits = { places: 1_000, head: 10_000, stall: 60_000 };
const unfinished = 'GET /u/33232/17/update.xml HTTP/1.1\r\nHost: a\r\n';
const hostile = '127.0.0.2';

let hosted: HostedPackage | null = null;
afterEach(async () => {
  await hosted?.close();
  hosted = null;
});
async function host(options: Parameters<typeof hostedPackage>[0]): Promise<HostedPackage> {
  hosted = await hostedPackage(options);
  return hosted;
}
test.each([
  ['nothing', ''],
  ['half a request line', 'GET /u/33232'],
  ['half a head', unfinished],
])('a client that sends %s is let go', async (_what, text) => {
  const { raw } = await host({ size: 1_000, limits: { ...limits, head: 300 } });
  expect(await raw(text)).toMatch(/^HTTP\/1.1 408 .*did not come to its end in time/s);
});

test('a head has ten seconds by default', async () => {
  const { client } = await host({ size: 1_000 });
  // Of the timers, only the head's is left here.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    const socket = client(unfinished);
    while (vi.getTimerCount() === 0) await new Promise((resolve) => setImmediate(resolve));
    vi.advanceTimersByTime(9_999);
    expect(vi.getTimerCount()).toBe(1);
    const answered = once(socket.resume(), 'data');
    vi.advanceTimersByTime(1);
    expect(vi.getTimerCount()).toBe(0);
    expect(String(await answered)).toMatch(/^HTTP\/1.1 408 /);
  } finally {
    vi.useRealTimers();
  }
});

test('a head that arrives byte by byte has no more time than a head that arrives at once', async () => {
  const { client } = await host({ size: 1_000, limits: { ...limits, head: 600 } });
  const socket = client('');
  let written = 0;
  socket.resume();
  while (!socket.closed && written < 500) {
    socket.write('GET /u/33232/17/update.xml HTTP/1.1\r\n'.charAt(written) || 'a');
    written += 1;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  expect(socket.closed).toBe(true);
});

test('one connection carries one request after the other', async () => {
  const { client, packageUrl, folderUrl, bytes, transfers } = await host({ size: mebibyte });
  const asking = (path: string): string => `GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`;
  const chunks: Buffer[] = [];
  let closed = false;
  const socket = client(asking(`${folderUrl}/update.xml`))
    .on('data', (chunk) => chunks.push(chunk))
    .on('close', () => (closed = true))
    .resume();
  const came = (): string => Buffer.concat(chunks).toString('latin1');
  await until(() => came().includes('</Jetinno>'), 'update.xml');
  expect(came()).toContain('Connection: keep-alive');
  socket.write(asking(packageUrl));
  await until(() => Buffer.concat(chunks).subarray(-bytes.length).equals(bytes), 'the package');
  expect(transfers.filter(({ complete }) => complete === true).map(({ what }) => what)).toEqual([
    'update.xml',
    'package',
  ]);
  // A malformed request is rejected as on a connection of its own.
  const before = came().length;
  socket.write('rubbish\r\n\r\n');
  await until(() => closed, 'the end');
  expect(came().slice(before)).toMatch(/^HTTP\/1\.1 400 /);
});

test('requests sent before the previous answer are dropped: none of them holds a file', async () => {
  const { raw, packageUrl, transfers } = await host({ size: 100_000 });
  const answer = await raw(`GET ${packageUrl} HTTP/1.1\r\nHost: a\r\n\r\n`.repeat(100));
  // The client must send the other requests again on another connection (RFC 9112, 9.3.2).
  expect(answer.match(/HTTP\/1\.1 200 /g)).toHaveLength(1);
  expect(new Set(transfers.map(({ startedAt, complete }) => `${startedAt} ${complete}`)).size).toBe(2);
  expect(transfers.at(-1)).toMatchObject({ complete: true, sent: 100_000 });
});

test('a space in a later address ends the connection silently, so that the client asks again', async () => {
  const { client, folderUrl, visits } = await host({ size: 10 });
  let came = '';
  const socket = client(`GET ${folderUrl}/update.xml HTTP/1.1\r\nHost: a\r\n\r\n`);
  socket.on('data', (chunk) => (came += chunk.toString('latin1'))).resume();
  await until(() => came.includes('</Jetinno>'), 'update.xml');
  const before = came;
  socket.write(`GET ${folderUrl}/ update.xml HTTP/1.1\r\nHost: a\r\n\r\n`);
  await once(socket, 'close');
  expect(came).toBe(before);
  expect(visits).toEqual([]);
});

test('a client without further requests is disconnected', async () => {
  const { raw, folderUrl } = await host({ size: 10, limits: { ...limits, head: 300 } });
  const answer = await raw(`GET ${folderUrl}/update.xml HTTP/1.1\r\nHost: a\r\n\r\n`);
  expect(answer).toMatch(/^HTTP\/1\.1 200 .*<\/Jetinno>\s*$/s);
});

test.each([
  ['HTTP/1.0', 'GET /u/33232/17/update.xml HTTP/1.0\r\n\r\n'],
  ['a client that closes', 'GET /u/33232/17/update.xml HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n'],
  // Only the first request of a connection is repaired.
  ['a space in the address', 'GET /u/33232/17/ update.xml HTTP/1.1\r\nHost: a\r\n\r\n'],
  ['a refusal', 'DELETE /u/33232/17/update.xml HTTP/1.1\r\nHost: a\r\n\r\n'],
])('the connection ends with the answer: %s', async (_name, text) => {
  const { raw } = await host({ size: 10, limits: { ...limits, head: 60_000 } });
  expect(await raw(text)).toContain('Connection: close');
});

test('a download that reads nothing ends as broken; a slow download continues', async () => {
  const { client, packageUrl, transfers } = await host({
    size: 24 * mebibyte,
    limits: { ...limits, stall: 1_000 },
  });
  const idle = client(packageRequest(packageUrl));
  await until(() => transfers.some(({ complete }) => complete === false), 'the end of what nobody reads');
  // After its end, a pending read reports nothing more.
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(transfers.at(-1)).toMatchObject({ complete: false, status: 200, total: 24 * mebibyte });
  idle.destroy();

  const before = transfers.length;
  const slow = client(packageRequest(packageUrl));
  let closed = false;
  slow.on('close', () => (closed = true));
  const began = performance.now();
  while (performance.now() - began < 2_500) {
    slow.read(512_000);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  expect(closed).toBe(false);
  expect(transfers.slice(before).every(({ complete }) => complete === null)).toBe(true);
});

test('a hundred and fifty downloads without a reader hold little memory, and another one stays fast', async () => {
  const { client, packageUrl, transfers, ask, bytes } = await host({ size: 24 * mebibyte });
  const before = heldBytes();
  // Each fills the system's buffers, which takes longer than the rest of the test.
  const many = 150;
  for (let count = 0; count < many; count += 1) client(packageRequest(packageUrl), `127.0.1.${1 + count}`);
  const begun = () => new Set(transfers.map(({ remoteAddress }) => remoteAddress)).size;
  await until(() => transfers.length >= many && begun() === many, 'all downloads');
  // The data read for them is held, and no more is read.
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  expect(heldBytes() - before).toBeLessThan(52 * mebibyte);
  expect((await ask(packageUrl)).body.equals(bytes)).toBe(true);
}, 120_000);

test('the downloads of one address alone hold less', async () => {
  const { client, packageUrl, transfers } = await host({ size: 24 * mebibyte });
  const before = heldBytes();
  for (let count = 0; count < 100; count += 1) client(packageRequest(packageUrl), hostile);
  await until(() => transfers.filter(({ sent }) => sent === 0).length >= 100, 'all downloads');
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  expect(heldBytes() - before).toBeLessThan(32 * mebibyte);
});

test('a thousand unfinished requests of one address do not keep a download from beginning', async () => {
  const { client, packageUrl, ask, bytes, turnedAway } = await host({ size: mebibyte });
  for (let count = 0; count < 1_000; count += 1) client(unfinished, hostile).resume();
  expect((await ask(packageUrl)).body.equals(bytes)).toBe(true);
  await until(() => turnedAway.length > 0, 'somebody turned away');
  expect(new Set(turnedAway)).toEqual(new Set([hostile]));
});

test('nor do they when they reconnect at once, or use the same address', async () => {
  const { client, packageUrl, ask, bytes, turnedAway } = await host({ size: mebibyte });
  let ends = false;
  const again = (): void => {
    if (!ends) client(unfinished).resume().on('close', again);
  };
  for (let count = 0; count < 1_050; count += 1) again();
  await until(() => turnedAway.length > 100, 'somebody turned away');
  for (const _ of [1, 2, 3]) expect((await ask(packageUrl)).body.equals(bytes)).toBe(true);
  ends = true;
});

test('of the address that holds most the oldest unfinished request gives way, then the oldest download', async () => {
  const { client, packageUrl, transfers, turnedAway } = await host({
    size: 24 * mebibyte,
    limits: { ...limits, places: 4 },
  });
  const closed: string[] = [];
  const enter = async (name: string, text: string, from: string): Promise<void> => {
    const socket = client(text, from).on('close', () => closed.push(name));
    await new Promise((resolve) => socket.once('connect', resolve));
    const [begun, away] = [transfers.length, turnedAway.length];
    if (text !== unfinished) await until(() => transfers.length > begun, name);
    else await until(() => turnedAway.length > away || closed.length === 0, name);
    // A client notices its eviction only when it reads.
    socket.resume();
    socket.pause();
  };
  await enter('good', packageRequest(packageUrl), '127.0.0.3');
  await enter('download 1', packageRequest(packageUrl), hostile);
  await enter('download 2', packageRequest(packageUrl), hostile);
  await enter('head', unfinished, hostile);
  await enter('new 1', packageRequest(packageUrl), '127.0.0.4');
  expect(turnedAway).toEqual([hostile]);
  expect(transfers.every(({ complete }) => complete === null)).toBe(true);
  await enter('new 2', packageRequest(packageUrl), '127.0.0.5');
  expect(turnedAway).toEqual([hostile, hostile]);
  const broken = transfers.filter(({ complete }) => complete === false);
  expect(broken.map(({ remoteAddress }) => remoteAddress)).toEqual([hostile]);
});

test('machines continue to download the package during any request of a hostile client', async () => {
  const { client, ask, raw, packageUrl, folderUrl, bytes, visits, transfers } = await host({
    size: 12 * mebibyte,
  });
  const machines = [0, 1].map(() => {
    const chunks: Buffer[] = [];
    const socket = client(packageRequest(packageUrl));
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    return { socket, got: () => Buffer.concat(chunks) };
  });
  await until(() => transfers.filter(({ what }) => what === 'package').length >= 2, 'both downloads');
  // A thousand silent clients from one address: they evict each other.
  const idle = Array.from({ length: 1_000 }, () => client('', hostile));
  await Promise.all(idle.slice(0, 900).map((socket) => once(socket, 'connect').catch(() => null)));
  const tricks = [
    '/../../../../etc/passwd',
    '/%2e%2e/%2e%2e/packages.json',
    `${folderUrl}/..%5c..%5cpackages.json`,
    `${folderUrl}/%00`,
    `${folderUrl}/${'x'.repeat(4_000)}`,
    '//u//33232//17//other.zip',
    `${folderUrl}/update.xml/..;/packages.json`,
  ];
  for (const path of tricks) expect((await ask(path)).status).toBe(404);
  const ranges = Array.from({ length: 400 }, (_, n) => `${n}-${n + 100_000}`).join(',');
  // Ranges that overlap are sent once, joined.
  const joined = await ask(packageUrl, { range: `bytes=${ranges}` });
  expect([joined.status, joined.body.length]).toEqual([206, 100_400]);
  const flood = Array.from({ length: 3_000 }, (_, n) => `X-${n}: ${n}`).join('\r\n');
  expect(await raw(`GET ${packageUrl} HTTP/1.1\r\nHost: a\r\n${flood}\r\n\r\n`)).toMatch(/^HTTP\/1.1 431 /);
  expect(visits).toHaveLength(tricks.length + 1);
  for (const { socket } of machines) socket.resume();
  await Promise.all(machines.map(({ socket }) => once(socket, 'close')));
  for (const { got } of machines) expect(got().subarray(-bytes.length).equals(bytes)).toBe(true);
});
