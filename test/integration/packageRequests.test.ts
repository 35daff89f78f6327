/** Forms of package requests, over real sockets: ranges and headers alone (RFC 9110), and stray spaces. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, utimes, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { hostedPackage, packageRequest, until, type HostedPackage } from '../builders/packageHost';
import { useFolder } from '../builders/useFolder';

let hosted: HostedPackage;
beforeAll(async () => {
  hosted = await hostedPackage({ size: 100_000, fileName: '升级 vendui+3.2.1.zip' });
});
beforeEach(() => {
  hosted.transfers.length = 0;
});
afterAll(() => hosted.close());

/** Ranges of the package and the bytes that RFC 9110 requires for them; `null`: the whole with 200. */
const ranges: readonly (readonly [string, readonly [number, number] | null | 416])[] = [
  ['bytes=-5', [-5, 0]],
  ['bytes=5-', [5, 0]],
  ['bytes=0-0', [0, 1]],
  ['Bytes=0-4', [0, 5]],
  ['bytes= 0-4 , ,', [0, 5]],
  ['bytes=10-99999999999999999999', [10, 0]],
  // Longer than the file: all of it.
  ['bytes=-99999999999', [0, 0]],
  ['bytes=0-4,5-9', [0, 10]],
  ['bytes=0-4,99999999999-', [0, 5]],
  ['bytes=0-0,-1', null],
  ['bytes=0-0,-99999999999', [0, 0]],
  ['bytes=99999999999-', 416],
  ['bytes=-0', 416],
  // Not valid as a whole, so ignored as a whole.
  ['bytes=5-2', null],
  ['bytes=0-4,9-5', null],
  ['bytes=0 -4', null],
  ['bytes=-', null],
  ['bytes=', null],
  ['bytes=0x0-4', null],
  ['bytes 0-4', null],
  ['items=0-4', null],
];
test.each(ranges)('range %s', async (range, wanted) => {
  const { ask, packageUrl, bytes } = hosted;
  const { status, headers, body } = await ask(packageUrl, { range });
  const got = [status, headers['content-range'], headers['content-length'], body.toString('latin1')];
  expect(got).toEqual(answerTo(wanted, bytes));
});

test.each([
  ['bytes=0-', true],
  ['bytes=0-99999', true],
  ['bytes=-100000', true],
  // As one range, because they touch.
  ['bytes=0-9,10-', true],
  ['bytes=1-', false],
  ['bytes=0-99998', false],
  ['bytes=0-0', false],
  // Not joined: the whole with 200.
  ['bytes=0-0,-1', true],
] as const)('range %s is the whole package: %s', async (range, isWhole) => {
  const { ask, packageUrl, transfers } = hosted;
  await ask(packageUrl, { range });
  await until(() => transfers.at(-1)?.complete === true, 'the end of the download');
  const { total, size, from } = transfers.at(-1) ?? { total: 0, size: -1, from: 0 };
  expect([total === size, size]).toEqual([isWhole, 100_000]);
  expect(from).toBe(range === 'bytes=1-' ? 1 : 0);
});

function answerTo(wanted: (typeof ranges)[number][1], bytes: Buffer): readonly unknown[] {
  if (wanted === null) return [200, undefined, String(bytes.length), bytes.toString('latin1')];
  const refusal = 'Crema: the package has no such bytes.\n';
  if (wanted === 416) return [416, `bytes */${bytes.length}`, String(refusal.length), refusal];
  const [from, to] = wanted;
  const part = bytes.subarray(from, to === 0 ? undefined : to);
  const start = part.byteOffset - bytes.byteOffset;
  const contentRange = `bytes ${start}-${start + part.length - 1}/${bytes.length}`;
  return [206, contentRange, String(part.length), part.toString('latin1')];
}

test('a range of another file is not served: only the very same validator counts', async () => {
  const {
    ask,
    packageUrl,
    bytes,
    pkg: { id },
  } = hosted;
  const { headers } = await ask(packageUrl, {}, 'HEAD');
  const date = headers['last-modified'] ?? '';
  const later = new Date(Date.parse(date) + 60_000).toUTCString();
  const earlier = new Date(Date.parse(date) - 60_000).toUTCString();
  const statusFor = async (ifRange: string) =>
    (await ask(packageUrl, { range: 'bytes=0-4', 'if-range': ifRange })).status;
  for (const same of [`"${id}"`, date]) expect([same, await statusFor(same)]).toEqual([same, 206]);
  for (const other of [`W/"${id}"`, `"${id}`, '"another"', later, earlier, 'yesterday'])
    expect([other, await statusFor(other)]).toEqual([other, 200]);
  // `If-Range` is checked first, so a range beyond another file is not an error.
  const beyond = await ask(packageUrl, { range: `bytes=${bytes.length}-`, 'if-range': '"another"' });
  expect([beyond.status, beyond.body.length]).toEqual([200, bytes.length]);
});

test('its date stays the same when its file is written again', async () => {
  const { ask, packageUrl, file } = hosted;
  const before = (await ask(packageUrl, {}, 'HEAD')).headers['last-modified'];
  await utimes(file, 1, 1);
  expect((await ask(packageUrl, {}, 'HEAD')).headers['last-modified']).toBe(before);
});

test.each(['', '/update.xml', `/${encodeURIComponent('升级 vendui+3.2.1.zip')}`, '/other'])(
  'HEAD of %s has the headers of GET',
  async (name) => {
    const {
      ask,
      bytes,
      folderUrl,
      pkg: { id },
    } = hosted;
    const path = `${folderUrl}${name}`;
    const whole = await ask(path);
    const { date: _at, ...wanted } = whole.headers;
    for (const headers of [{}, { range: 'bytes=0-4' }, { range: `bytes=${bytes.length}-` }]) {
      const head = await ask(path, headers, 'HEAD');
      const { date: _when, ...got } = head.headers;
      expect([head.status, got, head.body.length]).toEqual([whole.status, wanted, 0]);
    }
    const unchanged = { 'if-none-match': `"${id}"` };
    const [got, head] = [await ask(path, unchanged), await ask(path, unchanged, 'HEAD')];
    expect([head.status, head.headers.etag]).toEqual([got.status, got.headers.etag]);
  },
);

describe('a stray space', () => {
  const named = encodeURIComponent('升级 vendui+3.2.1.zip');
  test.each([
    ['behind the folder, %20', '/u/33232/17%20/update.xml'],
    ['behind the folder, +', '/u/33232/17+/update.xml'],
    ['behind the folder, raw', '/u/33232/17 /update.xml'],
    ['before the name, raw', '/u/33232/17/ update.xml'],
    ['at the end, %20', '/u/33232/17/update.xml%20%20'],
    ['at the end, +', '/u/33232/17/update.xml+'],
    ['at the end, raw', '/u/33232/17/update.xml '],
    ['behind the package, raw', `/u/33232/17/${named} `],
    ['in the whole address, raw', 'http://127.0.0.1/u/33232 /17 /update.xml'],
  ])('%s: it is served and flagged', async (_where, path) => {
    const { raw, transfers } = hosted;
    expect(await raw(packageRequest(path))).toMatch(/^HTTP\/1\.1 200 /);
    await until(() => transfers.some(({ complete }) => complete === true), 'the transfer');
    expect(transfers.at(-1)).toMatchObject({ complete: true, straySpaces: true });
  });

  test.each([
    ['%20', named],
    ['+', named.replaceAll('%20', '+')],
    ['raw', named.replaceAll('%20', ' ')],
    ['beside a + of its own', named.replaceAll('%20', ' ').replaceAll('%2B', '+')],
  ])('no stray one, but of the name: %s', async (_how, name) => {
    const { raw, transfers, folderUrl } = hosted;
    expect(await raw(packageRequest(`${folderUrl}/${name}`))).toMatch(/^HTTP\/1\.1 200 /);
    await until(() => transfers.some(({ complete }) => complete === true), 'the transfer');
    expect(transfers.at(-1)).toMatchObject({ what: 'package', complete: true, straySpaces: false });
  });

  test('a request line with a space that arrives in pieces', async () => {
    const { client } = hosted;
    const socket = client('GET /u/33232/17');
    const closed = new Promise((resolve) => socket.once('close', resolve));
    let answer = '';
    socket.on('data', (chunk) => (answer += chunk.toString())).resume();
    for (const piece of [' ', '/update.xml HTTP', '/1.1\r', '\nHost: a\r\n', '\r\n']) {
      await new Promise((resolve) => setTimeout(resolve, 30));
      socket.write(piece);
    }
    await closed;
    expect(answer).toMatch(/^HTTP\/1\.1 200 .*<\/Jetinno>/s);
  });

  test.each([
    ['frames of a machine', '00000037{"cmd":"hb","vmc_no":33232}', 400],
    ['no version', 'GET /u/33232/17 /update.xml\r\n\r\n', 400],
    ['an address that does not end', `GET /${'a'.repeat(20_000)}`, 431],
  ])('what is no request is refused at once: %s', async (_what, text, status) => {
    expect(await hosted.raw(text)).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  });
});

const folder = useFolder();
const has = (program: string): boolean =>
  (process.env['PATH'] ?? '').split(delimiter).some((place) => existsSync(join(place, program)));

test.each([
  ['curl', (url: string, file: string) => ['-s', '-S', '-C', '-', '-o', file, url]],
  ['wget', (url: string, file: string) => ['-q', '-c', '-O', file, url]],
] as const)('%s goes on where an interrupted download ended, and has the package', async (program, args) => {
  if (!has(program)) return;
  const { url, packageUrl, bytes, transfers } = hosted;
  const file = folder('package.zip');
  await writeFile(file, bytes.subarray(0, 61_234));
  await promisify(execFile)(program, args(`${url}${packageUrl}`, file));
  expect((await readFile(file)).equals(bytes)).toBe(true);
  await until(() => transfers.at(-1)?.complete === true, 'the end of the download');
  expect(transfers.at(-1)).toMatchObject({
    status: 206,
    from: 61_234,
    total: 100_000 - 61_234,
    size: 100_000,
  });
});
