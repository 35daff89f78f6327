/** Files that machines post to the package host: real HTTP, by clients of other languages too. */
import { execFile, execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  closeSync,
  constants,
  existsSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  writeFileSync,
} from 'node:fs';
import { connect, type AddressInfo, type Server } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ExpectedFile, Upload } from '#shared/model/fetched';
import type { FileDamage } from '#shared/model/fileDamage';
import { keptFiles } from '../../src/main/packages/uploads/keep';
import { PackageHost } from '../../src/main/packages/host/host';
import { useFolder } from '../builders/useFolder';

const run = promisify(execFile);
const here = '127.0.0.1';
const expected: ExpectedFile = {
  id: 17,
  vmcNo: 33_232,
  token: 'abc',
  type: 'log',
  day: '2026-03-04',
  askedAt: 900,
  address: here,
};
const content = randomBytes(3_000_000);
const fileHead = 'Content-Disposition: form-data; name="file"; filename="a"\r\n\r\n';
/** Arguments for curl to send a prepared form from a file. */
const form = ['-H', 'Content-Type: multipart/form-data; boundary=xx', '--data-binary'];

const folder = useFolder();
let host: PackageHost;
let server: Server;
let url: string;
const uploads: Upload[] = [];

beforeEach(async () => {
  uploads.length = 0;
  host = new PackageHost({
    now: Date.now,
    onTransfer: () => undefined,
    files: folder('fetched'),
    onUpload: (upload) => uploads.push(upload),
    onLooked: () => undefined,
    onCrowded: () => undefined,
    onVisit: () => undefined,
  });
  host.expect(expected);
  server = host.createServer();
  await new Promise<void>((resolve) => server.listen(0, here, resolve));
  url = `http://${here}:${(server.address() as AddressInfo).port}/f/33232/17/abc`;
  writeFileSync(folder('file'), content);
});
afterEach(async () => {
  const closed = new Promise((resolve) => server.close(resolve));
  host.close();
  await closed;
});

/** The output of curl: body and status of the answer. */
async function curl(...args: readonly string[]): Promise<string> {
  const { stdout } = await run('curl', ['-s', '-w', ' %{http_code}', ...args]);
  return stdout.trim();
}
const post = (vmc: string, to = url): Promise<string> =>
  curl('-F', `vmc=${vmc}`, '-F', 'type=log', '-F', `file=@${folder('file')};filename=a.zip`, to);

it('keeps a whole file with its hash, reports success, and takes none a second time', async () => {
  expect(await post('33232')).toBe('{"message":"success"} 200');
  const sha256 = createHash('sha256').update(content).digest('hex');
  const file = { id: 17, vmcNo: 33_232, type: 'log', day: '2026-03-04', bytes: content.length, sha256 };
  expect(uploads).toEqual([
    { ok: true, file: expect.objectContaining({ ...file, fileName: 'a.zip' }) as never },
  ]);
  expect(readFileSync(folder('fetched', '33232', '17')).equals(content)).toBe(true);
  const damage: FileDamage[] = [];
  const kept = await keptFiles({
    folder: folder('fetched'),
    hash: () => Promise.resolve(''),
    asked: () => Promise.resolve(null),
    onDamage: (one) => damage.push(one),
  });
  expect([kept, damage]).toEqual([[expect.objectContaining(file)], []]);
  expect(await post('33232')).toMatch(/ 404$/);
  expect(uploads).toHaveLength(1);
});

it('takes it from a client in another language, with its fields in any order', async () => {
  const script = `
import http.client, sys
b = 'xx'
body = ('--xx\\r\\nContent-Disposition: form-data; name="file"; filename="日志.log"\\r\\nContent-Type: application/octet-stream\\r\\n\\r\\n').encode() + b'a log\\n' + ('\\r\\n--xx\\r\\nContent-Disposition: form-data; name="vmc"\\r\\n\\r\\n33232\\r\\n--xx--\\r\\n').encode()
c = http.client.HTTPConnection('${here}', int(sys.argv[1]))
c.request('POST', sys.argv[2], body, {'Content-Type': 'multipart/form-data; boundary=xx'})
r = c.getresponse(); print(r.status, r.read().decode())
`;
  const { port, pathname } = new URL(url);
  const { stdout } = await run('python3', ['-c', script, port, pathname]);
  expect(stdout.trim()).toBe('200 {"message":"success"}');
  expect(uploads).toEqual([
    { ok: true, file: expect.objectContaining({ bytes: 6, fileName: '日志.log' }) as never },
  ]);
});

it('takes nothing from another address than the machine’s, and continues to wait for the machine', async () => {
  host.expect({ ...expected, address: '198.51.100.9' });
  for (let nth = 0; nth < 105; nth += 1)
    expect(await curl('-F', 'vmc=33232', '-F', 'file=hello;filename=a.log', url)).toMatch(
      /machine that was asked.* 403$/s,
    );
  expect(existsSync(folder('fetched'))).toBe(false);
  // At most 100 are reported.
  expect(uploads).toHaveLength(100);
  expect(new Set(uploads.map((upload) => !upload.ok && upload.why))).toEqual(new Set(['notFromMachine']));
  expect(uploads[0]).toMatchObject({ remoteAddress: here, bytes: 0 });
  // The machine connects from this address now.
  host.moved({ vmcNo: 33_232, address: here });
  expect(await post('33232')).toMatch(/ 200$/);
});

it('reports a rejected upload, keeps nothing of it, and waits for another try', async () => {
  expect(await post('4711')).toMatch(/another machine\.\n? 403$/);
  expect(await curl('-F', 'vmc=33232', url)).toMatch(/no file in this form\.\n? 400$/);
  expect(await curl('-d', 'a=b', '-H', 'Content-Type: text/plain', url)).toMatch(
    /not a complete multipart\/form-data body\.\n? 400$/,
  );
  expect(await curl(url)).toMatch(/only POST.*405$/s);
  expect(await post('33232', url.replace('abc', 'abd'))).toMatch(/ 404$/);
  // Incomplete forms that look complete, and forms that would need a second file.
  writeFileSync(folder('nothing'), '');
  expect(await curl('-F', `file=@${folder('nothing')};filename=a.log`, url)).toMatch(/ 400$/);
  const file = `file=@${folder('file')}`;
  expect(await curl('-F', file, '-F', file, url)).toMatch(/one file is taken here, not several\.\n? 400$/);
  expect(uploads.map((upload) => !upload.ok && upload.why)).toEqual([
    'otherMachine',
    'noFile',
    'malformed',
    'empty',
    'severalFiles',
  ]);
  expect(readdirSync(folder('fetched', '33232'))).toEqual([]);
  expect(await post('33232')).toMatch(/ 200$/);
});

it('reads a refused body to its end, so that its sender gets the reason', async () => {
  const { port, pathname } = new URL(url.replace('abc', 'abd'));
  const socket = connect(Number(port), here);
  const failed = new Promise<string>((resolve) => socket.once('error', (error) => resolve(error.message)));
  socket.write(`POST ${pathname} HTTP/1.1\r\nHost: x\r\nContent-Length: ${2 * content.length}\r\n\r\n`);
  socket.write(content);
  // An answer that arrived by now has ended the connection, too.
  await new Promise((resolve) => setTimeout(resolve, 300));
  const sent = new Promise<void>((resolve) => socket.write(content, () => resolve()));
  await Promise.race([sent, failed]);
  let heard = '';
  socket.setEncoding('latin1').on('data', (text: string) => (heard += text));
  const ended = new Promise<string>((resolve) => socket.once('end', () => resolve(heard)));
  expect(await Promise.race([ended, failed])).toMatch(/^HTTP\/1\.1 404 /);
  socket.destroy();
});

it('forgets a file whose sender disconnects in the middle', async () => {
  const { port, pathname } = new URL(url);
  const socket = connect(Number(port), here, () => {
    socket.write(
      `POST ${pathname} HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=xx\r\nContent-Length: 9000\r\n\r\n` +
        '--xx\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nsome of it',
    );
    setImmediate(() => socket.destroy());
  });
  await expect.poll(() => uploads.length).toBe(1);
  expect(uploads[0]).toMatchObject({ ok: false, why: 'broke' });
  expect(readdirSync(folder('fetched', '33232'))).toEqual([]);
  expect(await post('33232')).toMatch(/ 200$/);
});

it('takes the file of a machine that begins again while its broken connection is still there', async () => {
  const { port, pathname } = new URL(url);
  const broken = connect(Number(port), here);
  broken.on('error', () => undefined);
  broken.write(
    `POST ${pathname} HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=xx\r\nContent-Length: 900000\r\n\r\n` +
      `--xx\r\n${fileHead}some of it`,
  );
  const kept = folder('fetched', '33232');
  await expect.poll(() => (existsSync(kept) ? readdirSync(kept) : [])).toEqual(['17.part']);
  expect(await post('33232')).toBe('{"message":"success"} 200');
  expect(uploads).toMatchObject([
    { ok: false, why: 'broke', bytes: 10 },
    { ok: true, file: { bytes: content.length } },
  ]);
  expect(readFileSync(join(kept, '17')).equals(content)).toBe(true);
  expect(readdirSync(kept).toSorted()).toEqual(['17', '17.copy.json', '17.json']);
  expect(await post('33232')).toMatch(/ 404$/);
  broken.destroy();
});

it('of several that begin at once, takes one, and rejects the others', async () => {
  const answers = await Promise.all(Array.from({ length: 8 }, () => post('33232').catch(() => 'cut off')));
  expect(answers.filter((answer) => answer.endsWith(' 200'))).toHaveLength(1);
  await expect.poll(() => uploads.filter((upload) => upload.ok)).toHaveLength(1);
  const kept = folder('fetched', '33232');
  expect(readFileSync(join(kept, '17')).equals(content)).toBe(true);
  expect(readdirSync(kept).toSorted()).toEqual(['17', '17.copy.json', '17.json']);
  expect(openedBelow(folder())).toEqual([]);
});

it.each(['destroy', 'resetAndDestroy', 'end'] as const)(
  'forgets a partial file when its sender disconnects (%s)',
  async (how) => {
    const { port, pathname } = new URL(url);
    const kept = folder('fetched', '33232');
    for (const rest of ['some of it', 'x'.repeat(100_000)]) {
      const before = uploads.length;
      const socket = connect(Number(port), here);
      socket.on('error', () => undefined);
      socket.write(
        `POST ${pathname} HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=xx\r\nContent-Length: 900000\r\n\r\n` +
          `--xx\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n${rest}`,
      );
      await expect.poll(() => (existsSync(kept) ? readdirSync(kept) : [])).toEqual(['17.part']);
      await new Promise((resolve) => setTimeout(resolve, 20));
      socket[how]();
      await expect.poll(() => uploads.length).toBe(before + 1);
      expect(uploads.at(-1)).toMatchObject({ ok: false, why: 'broke' });
      expect(readdirSync(kept)).toEqual([]);
      expect(openedBelow(folder())).toEqual([]);
    }
    // Its machine may try once more.
    expect(await post('33232')).toMatch(/ 200$/);
  },
);

it('leaves nothing of files that break off as they begin, on the disk or open', async () => {
  const { port, pathname } = new URL(url);
  const head =
    `POST ${pathname} HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=xx\r\nContent-Length: 9000\r\n\r\n` +
    '--xx\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n';
  for (const rest of ['', 's', 'some of it', 'x'.repeat(8_000)])
    for (let time = 1; time <= 10; time += 1) {
      const before = uploads.length;
      const socket = connect(Number(port), here, () => socket.end(head + rest));
      socket.on('error', () => undefined);
      await expect.poll(() => uploads.length, { interval: 2 }).toBe(before + 1);
      socket.destroy();
    }
  expect(uploads.every((upload) => !upload.ok && upload.why === 'broke')).toBe(true);
  expect(readdirSync(folder('fetched', '33232'))).toEqual([]);
  expect(openedBelow(folder())).toEqual([]);
});

it.each([
  ['no end', 'some of it'],
  ['half an end', 'some of it\r\n--x'],
  ['the end of another form', 'some of it\r\n--yy--\r\n'],
])('answers a form whose file has %s, and leaves nothing of it', async (_, rest) => {
  writeFileSync(folder('form'), `--xx\r\n${fileHead}${rest}`);
  expect(await curl(...form, `@${folder('form')}`, url)).toMatch(
    /not a complete multipart\/form-data body\.\n? 400$/,
  );
  await expect.poll(() => uploads).toEqual([expect.objectContaining({ ok: false, why: 'malformed' })]);
  expect(readdirSync(folder('fetched', '33232'))).toEqual([]);
  expect(openedBelow(folder())).toEqual([]);
});

// Windows has no pipes in folders.
it.skipIf(process.platform === 'win32')(
  'leaves nothing of a form without an end on a disk that takes its time to open a file',
  async () => {
    const kept = folder('fetched', '33232');
    const pipe = folder('pipe');
    mkdirSync(kept, { recursive: true });
    // Opening a pipe takes until a reader opens it.
    execFileSync('mkfifo', [pipe]);
    linkSync(pipe, join(kept, '17.part'));
    writeFileSync(folder('form'), `--xx\r\n${fileHead}some of it`);
    let isOpen = false;
    const answered = curl(...form, `@${folder('form')}`, url).then((answer) => ({ answer, isOpen }));
    await new Promise((resolve) => setTimeout(resolve, 300));
    const reader = openSync(pipe, constants.O_RDONLY | constants.O_NONBLOCK);
    isOpen = true;
    try {
      expect(await answered).toEqual({ answer: expect.stringMatching(/ 400$/) as unknown, isOpen: true });
      expect(readdirSync(kept)).toEqual([]);
      expect(openedBelow(kept)).toEqual([]);
    } finally {
      closeSync(reader);
    }
  },
);

/** Files of the host that this process has open. */
function openedBelow(directory: string): readonly string[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      const target = readlinkSync(`/proc/self/fd/${fd}`);
      return target.startsWith(directory) ? [target] : [];
    } catch {
      // The descriptor that read the list itself.
      return [];
    }
  });
}
