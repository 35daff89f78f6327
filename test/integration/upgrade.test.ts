/** The HTTP host over real sockets, with a real library behind it, and the virtual machines' own downloads. */
import { createHash, randomBytes } from 'node:crypto';
import { rename, truncate, writeFile } from 'node:fs/promises';
import { request, type IncomingHttpHeaders } from 'node:http';
import { connect, type AddressInfo, type Server } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Platform } from '#shared/model/machine';
import { packagePathStyles, type Transfer } from '#shared/model/upgrade';
import {
  upgradeByXml,
  upgradeByZip,
  BrokenOff,
  type BreaksOff,
} from '../../src/main/tools/simulator/download';
import { fetchPlain } from '../../src/main/tools/simulator/web';
import { addressOf } from '../../src/main/packages/host/address';
import { PackageHost } from '../../src/main/packages/host/host';
import type { Asked } from '../../src/main/packages/host/visitors';
import { forkProcess } from '../../src/main/lib/threads/process';
import { PackageLibrary } from '../../src/main/packages/library/library';
import { appBundles, type Bundles } from '../builders/bundles';
import { useFolder } from '../builders/useFolder';
import { zipOf } from '../builders/zips';

const folder = useFolder('all');
let bundles: Bundles;
let library: PackageLibrary;
let zip: Buffer;
let id = '';

let server: Server;
let host: PackageHost;
let port = 0;
let transfers: Transfer[] = [];
let visits: Asked[] = [];

const fileName = '升级 vendui_3.2.1.zip';
const encoded = encodeURIComponent(fileName);
const here = '127.0.0.1';

beforeAll(async () => {
  bundles = appBundles();
  const script = join(bundles.directory, 'packageWorker.js');
  const startProcess = forkProcess;
  library = new PackageLibrary({ directory: folder('packages'), script, startProcess, now: Date.now });
  await library.open(() => undefined);
  // More than the socket buffers between us hold, so that a machine can be slow.
  zip = await zipOf({ 'vendui/main': randomBytes(24 * 1_048_576) }, false);
  await writeFile(folder(fileName), zip);
  const added = await library.add(folder(fileName));
  if (!added.ok) throw new Error(added.refusal.reason);
  id = added.package.id;
});
afterAll(() => {
  bundles.remove();
});

beforeEach(async () => {
  transfers = [];
  visits = [];
  host = new PackageHost({
    now: Date.now,
    onTransfer: (transfer) => transfers.push(transfer),
    files: '',
    onUpload: () => undefined,
    onLooked: () => undefined,
    onCrowded: () => undefined,
    onVisit: (asked) => visits.push(asked),
  });
  setPackages();
  server = host.createServer();
  await new Promise<void>((resolve) => server.listen(0, here, resolve));
  ({ port } = server.address() as AddressInfo);
  host.offer({ id: 17, vmcNo: 33_232, packageId: id });
});
afterEach(async () => {
  const closed = new Promise((resolve) => server.close(resolve));
  host.close();
  await closed;
  library.change(id, { pathStyle: 'absolute' });
});

function setPackages(): void {
  host.setPackages(library.packages.map((pkg) => ({ pkg, file: library.fileOf(pkg.id) })));
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

function ask(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    request({ host: here, port, path, method, headers, agent: false }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('error', reject);
      answer.on('end', () =>
        resolve({
          status: answer.statusCode ?? 0,
          headers: answer.headers,
          body: Buffer.concat(chunks),
        }),
      );
    })
      .on('error', reject)
      .end();
  });
}

/** The answer to raw bytes, until the host closes. */
function raw(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(port, here, () => socket.write(text))
      .on('data', (chunk) => (answer += chunk.toString()))
      .on('error', reject)
      .on('close', () => resolve(answer));
  });
}

const ended = () => transfers.filter(({ complete }) => complete !== null);
const until = async (holds: () => boolean) => {
  for (let tries = 0; !holds(); tries += 1) {
    if (tries > 300) throw new Error('it did not come');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
};
const packageUrl = `/u/33232/17/${encoded}`;
/** The URL that an android machine receives. */
const zipUrl = () => addressOf({ id: 17, vmcNo: 33_232, packageId: id }, fileName, here, port, 'android');
const downloading = (breaksOff: BreaksOff = 'never') => ({
  fetch: fetchPlain,
  signal: new AbortController().signal,
  attempts: 2,
  breaksOff,
});

describe('an offer', () => {
  test('addresses for both platforms', () => {
    const offer = { id: 17, vmcNo: 33_232, packageId: id };
    const address = (at: string, platform: Platform) => addressOf(offer, fileName, at, 8_081, platform);
    expect(address('10.0.0.2', 'linux')).toBe('http://10.0.0.2:8081/u/33232/17');
    expect(address('fd00::2', 'linux')).toBe('http://[fd00::2]:8081/u/33232/17');
    expect(address('10.0.0.2', 'android')).toBe(`http://10.0.0.2:8081/u/33232/17/${encoded}`);
  });

  test('update.xml names the address that the machine connected to', async () => {
    const { status, headers, body } = await ask('/u/33232/17/update.xml', { host: 'workshop.local:9000' });
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'application/xml; charset=utf-8',
      'content-length': String(body.length),
    });
    expect(body.toString()).toContain('<vendui_version>3.2.1</vendui_version>');
    expect(body.toString()).toContain(`<package_path>http://workshop.local:9000${packageUrl}<`);
    const { body: nameless } = await ask('/u/33232/17/update.xml', { host: 'a"<b' });
    expect(nameless.toString()).toContain(`<package_path>http://127.0.0.1:${port}${packageUrl}<`);
    await until(() => ended().length === 2);
    expect(ended()[0]).toMatchObject({
      offer: 17,
      vmcNo: 33_232,
      what: 'update.xml',
      remoteAddress: here,
      sent: body.length,
      total: body.length,
      status: 200,
      complete: true,
      straySpaces: false,
    });
  });

  test('the package, whole, counted from start to end', async () => {
    const { status, headers, body } = await ask(packageUrl);
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      etag: `"${createHash('sha256').update(zip).digest('hex')}"`,
      'content-type': 'application/zip',
      'content-length': String(zip.length),
      'accept-ranges': 'bytes',
    });
    expect(headers['last-modified']).toBeTruthy();
    expect(body.equals(zip)).toBe(true);
    expect(visits).toEqual([]);
    await until(() => ended().length === 1);
    expect(transfers[0]).toMatchObject({
      what: 'package',
      sent: 0,
      total: zip.length,
      complete: null,
      endedAt: null,
    });
    expect(ended()[0]).toMatchObject({ sent: zip.length, total: zip.length, complete: true, status: 200 });
  });

  test('HEAD: the headers only, and no transfer', async () => {
    const { status, headers, body } = await ask(packageUrl, {}, 'HEAD');
    expect([status, headers['content-length'], body.length]).toEqual([200, String(zip.length), 0]);
    expect((await ask('/u/33232/17/update.xml', {}, 'HEAD')).body.length).toBe(0);
    expect(transfers).toEqual([]);
  });

  test('parts of it, and a download that continues only if it is the same file', async () => {
    const part = await ask(packageUrl, { range: 'bytes=1000000-3999999' });
    expect([part.status, part.headers['content-range']]).toEqual([
      206,
      `bytes 1000000-3999999/${zip.length}`,
    ]);
    expect(part.body.equals(zip.subarray(1_000_000, 4_000_000))).toBe(true);
    const tail = await ask(packageUrl, { range: 'bytes=-10', 'if-range': `"${id}"` });
    expect([tail.status, tail.body.equals(zip.subarray(-10))]).toEqual([206, true]);
    const other = await ask(packageUrl, { range: 'bytes=-10', 'if-range': '"another"' });
    expect([other.status, other.body.length]).toEqual([200, zip.length]);
    await until(() => ended().length === 3);
    expect(ended().map(({ sent, total, complete }) => [sent, total, complete])).toEqual([
      [3_000_000, 3_000_000, true],
      [10, 10, true],
      [zip.length, zip.length, true],
    ]);
  });

  test('a file that it already has is not sent again; a missing one is reported', async () => {
    const same = await ask(packageUrl, { 'if-none-match': `"${id}"` });
    expect([same.status, same.body.length]).toEqual([304, 0]);
    const beyond = await ask(packageUrl, { range: `bytes=${zip.length}-` });
    expect([beyond.status, beyond.headers['content-range']]).toEqual([416, `bytes */${zip.length}`]);
    expect(beyond.body.toString()).toBe('Crema: the package has no such bytes.\n');
    expect((await ask(packageUrl, { 'if-match': '"another"' })).status).toBe(412);
    await until(() => ended().length === 3);
    expect(ended().map(({ status, sent, total }) => [status, sent, total])).toEqual([
      [304, 0, 0],
      [416, 0, 0],
      [412, 0, 0],
    ]);
  });

  test('stray spaces are served and flagged', async () => {
    expect((await ask('/u/33232/17%20/update.xml')).status).toBe(200);
    expect((await ask(`${packageUrl}%20%20`, { range: 'bytes=0-0' })).status).toBe(206);
    await until(() => ended().length === 2);
    expect(transfers.every(({ straySpaces }) => straySpaces)).toBe(true);
    expect(
      await raw('GET /u/33232/17/update.xml   HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n'),
    ).toMatch(/^HTTP\/1.1 200 /);
  });

  test('a folder before a rooted path still leads to the package', async () => {
    expect((await ask(`/u/33232/17${packageUrl}`, { range: 'bytes=0-0' })).status).toBe(206);
  });
});

describe('requests without an offer', () => {
  test.each([
    ['/', 404, 'nothing at this address'],
    ['/packages.json', 404, 'nothing at this address'],
    ['/u/33232/17', 404, 'machine 33232 can fetch update.xml and the package here'],
    ['/u/33232/17/other.zip', 404, 'machine 33232 can fetch'],
    ['/u/33232/17/..%2F..%2Fpackages.json', 404, 'machine 33232 can fetch'],
    ['/u/33232/17/../../../packages.json', 404, 'machine 33232 can fetch'],
    ['/u/33233/17/update.xml', 404, 'not offered any more'],
    ['/u/33232/18/update.xml', 404, 'not offered any more'],
    ['/u/33232/__proto__/update.xml', 404, 'not offered any more'],
    ['/u/33232/17/%zz', 400, 'malformed'],
  ])('%s: %d', async (path, status, sentence) => {
    const answer = await ask(path);
    expect([answer.status, answer.headers['content-type']]).toEqual([status, 'text/plain; charset=utf-8']);
    expect(answer.body.toString()).toContain(sentence);
    expect(transfers).toEqual([]);
    expect(visits).toEqual([{ address: here, asked: `GET ${path}`, status }]);
  });

  test('never offered, removed, and a deleted file', async () => {
    host.offer({ id: 18, vmcNo: 1, packageId: 'f'.repeat(64) });
    expect((await ask('/u/1/18/update.xml')).body.toString()).toContain('removed from the library');
    expect((await ask('/u/1/18/a.zip')).status).toBe(404);
    await until(() => ended().length === 2);
    // Reported, so that it is not mistaken for a machine that could not reach us.
    expect(ended().map(({ offer, what, status }) => [offer, what, status])).toEqual([
      [18, 'update.xml', 404],
      [18, 'package', 404],
    ]);
    await rename(library.fileOf(id), folder('away'));
    try {
      const gone = await ask(packageUrl);
      expect([gone.status, gone.body.toString()]).toEqual([
        404,
        'Crema: the file of this package is gone.\n',
      ]);
      expect(gone.headers.etag).toBeUndefined();
    } finally {
      await rename(folder('away'), library.fileOf(id));
    }
    expect((await ask('/u/33232/99/update.xml')).status).toBe(404);
  });

  test('other methods', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
      const { status, headers } = await ask('/u/33232/17/update.xml', {}, method);
      expect([status, headers.allow]).toEqual([405, 'GET, HEAD']);
      expect(visits.at(-1)).toEqual({
        address: here,
        asked: `${method} /u/33232/17/update.xml`,
        status: 405,
      });
    }
  });

  test('a request that is not HTTP gets an answer', async () => {
    expect(await raw('00000037{"cmd":"hb"}\r\n\r\n')).toMatch(/^HTTP\/1.1 400 .*is not an HTTP request/s);
    expect(await raw(`GET / HTTP/1.1\r\nHost: ${'a'.repeat(20_000)}\r\n\r\n`)).toMatch(/^HTTP\/1.1 431 /);
    expect(visits.map(({ asked, status }) => [asked?.slice(0, 20), status])).toEqual([
      ['00000037{"cmd":"hb"}', 400],
      ['GET / HTTP/1.1\r\nHost', 431],
    ]);
  });
});

describe('downloads', () => {
  /** Reads at most `most` bytes of the answer, then hangs up. */
  const hangUpAfter = (most: number) =>
    new Promise<void>((resolve) => {
      let read = 0;
      const socket = connect(port, here, () =>
        socket.write(`GET ${packageUrl} HTTP/1.1\r\nHost: ${here}\r\n\r\n`),
      );
      socket.on('data', (chunk) => {
        read += chunk.length;
        if (read >= most) socket.destroy();
      });
      socket.on('close', () => resolve());
    });

  test('disconnected in the middle: incomplete, with the sent part; the next attempt is separate', async () => {
    await hangUpAfter(2_000_000);
    await until(() => ended().length === 1);
    const [broken] = ended();
    expect(broken).toMatchObject({ complete: false, total: zip.length, status: 200 });
    expect(broken?.sent).toBeGreaterThan(1_500_000);
    expect(broken?.sent).toBeLessThan(zip.length);
    expect((await ask(packageUrl)).body.equals(zip)).toBe(true);
    await until(() => ended().length === 2);
    expect(ended()[1]).toMatchObject({ complete: true, sent: zip.length });
  });

  test('a slow machine is followed, at most every 200 ms, and nothing is reported without progress', async () => {
    const socket = connect(port, here, () =>
      socket.write(`GET ${packageUrl} HTTP/1.1\r\nHost: ${here}\r\nConnection: close\r\n\r\n`),
    );
    const began = performance.now();
    socket.pause();
    await until(() => (transfers.at(-1)?.sent ?? 0) > 0);
    // Until the buffers between the two are full.
    let told = 0;
    while (told < transfers.length && performance.now() - began < 20_000) {
      told = transfers.length;
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
    expect(transfers.length).toBe(told);
    expect(transfers.at(-1)).toMatchObject({ complete: null });
    expect(transfers.at(-1)?.sent).toBeGreaterThan(0);
    socket.resume();
    await new Promise((resolve) => socket.once('close', resolve));
    await until(() => ended().length === 1);
    expect(transfers.length).toBeLessThan(3 + (performance.now() - began) / 200);
    const counts = transfers.map(({ sent }) => sent);
    expect(counts).toEqual(counts.toSorted((a, b) => a - b));
    expect(ended()[0]).toMatchObject({ complete: true, sent: zip.length });
  });

  test('a file that became shorter on the way: cut off, not ended', async () => {
    const [pkg] = library.packages;
    if (pkg === undefined) throw new Error('no package');
    const file = folder('shrinking.zip');
    await writeFile(file, zip);
    host.setPackages([{ pkg, file }]);
    const socket = connect(port, here, () =>
      socket.write(`GET ${packageUrl} HTTP/1.1\r\nHost: ${here}\r\n\r\n`),
    );
    socket.pause();
    await until(() => (transfers.at(-1)?.sent ?? 0) > 0);
    await truncate(file, 20 * 1_048_576);
    socket.resume();
    await new Promise((resolve) => socket.once('close', resolve));
    await until(() => ended().length === 1);
    expect(ended()[0]).toMatchObject({ complete: false, status: 200, total: zip.length });
    expect(ended()[0]?.sent).toBeLessThanOrEqual(20 * 1_048_576);
  });

  test('two machines behind one address are counted apart', async () => {
    host.offer({ id: 18, vmcNo: 40_000, packageId: id });
    const [first, second] = await Promise.all([ask(packageUrl), ask(`/u/40000/18/${encoded}`)]);
    expect(first.body.equals(zip) && second.body.equals(zip)).toBe(true);
    await until(() => ended().length === 2);
    expect(
      ended()
        .map(({ vmcNo, offer, sent, complete }) => [vmcNo, offer, sent, complete])
        .toSorted(([a], [b]) => Number(a) - Number(b)),
    ).toEqual([
      [33_232, 17, zip.length, true],
      [40_000, 18, zip.length, true],
    ]);
  });

  test.each(packagePathStyles)('a virtual linux machine upgrades, %s path', async (pathStyle) => {
    library.change(id, { pathStyle });
    setPackages();
    const offer = { id: 17, vmcNo: 33_232, packageId: id };
    const dir = addressOf(offer, fileName, here, port, 'linux');
    expect(await upgradeByXml(`${dir} `, downloading())).toBe('3.2.1');
    await until(() => ended().length === 2);
    expect(ended().map(({ what, complete, straySpaces }) => [what, complete, straySpaces])).toEqual([
      ['update.xml', true, true],
      ['package', true, pathStyle === 'bare'],
    ]);
  });

  test('a virtual android machine upgrades', async () => {
    expect(await upgradeByZip(zipUrl(), 'app', downloading())).toBe('3.2.1');
    await until(() => ended().length === 1);
    expect(ended()[0]).toMatchObject({ what: 'package', complete: true });
  });

  test('a download that breaks off half way continues from there, and the result is the package', async () => {
    expect(await upgradeByZip(zipUrl(), 'app', downloading('andGoesOn'))).toBe('3.2.1');
    await until(() => ended().length === 2);
    const half = Math.floor(zip.length / 2);
    expect(ended().map(({ status, total, complete }) => [status, total, complete])).toEqual([
      [200, zip.length, false],
      [206, zip.length - half, true],
    ]);
  });

  test('a download that breaks off for good asks no more', async () => {
    await expect(upgradeByZip(zipUrl(), 'app', downloading('forGood'))).rejects.toThrow(BrokenOff);
    await until(() => ended().length === 1);
    expect(ended()[0]).toMatchObject({ status: 200, complete: false });
  });

  test('a file that is not a ZIP is not taken, after a second try', async () => {
    const [pkg] = library.packages;
    if (pkg === undefined) throw new Error('no package');
    const file = folder('other.zip');
    const content = randomBytes(100);
    await writeFile(file, content);
    const named = createHash('sha256').update(content).digest('hex');
    host.setPackages([{ pkg: { ...pkg, id: named, size: content.length }, file }]);
    host.offer({ id: 17, vmcNo: 33_232, packageId: named });
    await expect(upgradeByZip(zipUrl(), 'app', downloading())).rejects.toThrow('not a complete ZIP');
    await until(() => ended().length === 2);
  });
});
