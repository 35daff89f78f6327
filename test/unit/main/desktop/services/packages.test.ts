/** A package that a machine must download does not change while a command waits for it. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import type { MessagePort } from 'node:worker_threads';
import { afterEach, expect, it } from 'vitest';
import { packagesService } from '../../../../../src/main/desktop/services/packages';
import { servePackageCalls } from '../../../../../src/main/packages/library/packageCalls';
import { inThisProcess } from '../../../../builders/inThisProcess';
import { packageWorker } from '../../../../builders/packageWorkers';
import { useFolder } from '../../../../builders/useFolder';
import { Callable } from '../../../../../src/main/lib/threads/callable';
import type { OfferCalls, OfferEvents } from '../../../../../src/main/packages/host/hostCalls';
import { zipOf } from '../../../../builders/zips';

const folder = useFolder();
const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

const sender = { windowId: 1, screen: '', capture: null };
/** `wanted`: packages that machines must download; `place`: the path that a person chooses for a package. */
async function started(place: string | null = null) {
  const wanted = new Set<string>();
  const chosen = folder('a-1.0.zip');
  const directory = folder('packages');
  const lines: string[] = [];
  const service = packagesService({
    directory,
    script: '',
    startProcess: inThisProcess(servePackageCalls),
    hostWorker: packageWorker('hostWorker'),
    files: '',
    rates: () => ({ all: null, machine: null }),
    onOffered: () => undefined,
    onUpload: () => undefined,
    noticesMoved: () => undefined,
    now: Date.now,
    line: (line) => lines.push(line),
    onDamage: () => undefined,
    died: () => undefined,
    askFile: () => Promise.resolve(chosen),
    askPlace: () => Promise.resolve(place),
    changed: () => undefined,
    reportToServer: () => undefined,
    wanted: () => Promise.resolve(wanted),
  });
  ends.push(() => service.stop?.());
  await service.start?.();
  const { choosePackage } = service.requests;
  const choose = async (version: string) => {
    writeFileSync(chosen, await zipOf({ 'vendui/main': `the program, ${version}` }));
    return choosePackage({ expected: '' }, sender);
  };
  /** Offers the package to a machine; returns the URL. */
  const offer = async (packageId: string): Promise<string> => {
    let server: Callable<OfferCalls, OfferEvents> | null = null;
    const nothing = (): void => undefined;
    const on = { transfer: nothing, notice: nothing, upload: nothing };
    const joined = {
      notify: (_call: string, port: MessagePort) => {
        server = new Callable<OfferCalls, OfferEvents>(port, { on });
        ends.push(() => port.close());
      },
    };
    service.connectHost(joined as unknown as Parameters<typeof service.connectHost>[0]);
    const state = await service.listen('updates', '127.0.0.1', 0);
    await (server as Callable<OfferCalls, OfferEvents> | null)?.call('offer', {
      id: 17,
      vmcNo: 7,
      packageId,
    });
    return state.status === 'listening' ? `http://127.0.0.1:${state.port}/u/7/17/a-1.0.zip` : '';
  };
  return { service, wanted, directory, lines, choose, offer, ...service.requests };
}

it('neither its version nor its bytes change, and it is not removed; afterwards all of it is allowed', async () => {
  const { service, wanted, directory, choose, changePackage, removePackage } = await started();
  const first = await choose('1.0');
  if (first === null) throw new Error('not added');
  const { id } = first;
  wanted.add(id);
  const bytes = readFileSync(join(directory, `${id}.zip`));
  const refused = { error: { code: 'packageOffered' } };
  await expect(changePackage({ id, patch: { version: '9' } }, sender)).rejects.toMatchObject(refused);
  await expect(changePackage({ id, patch: { platform: 'android' } }, sender)).rejects.toMatchObject(refused);
  await expect(removePackage({ id }, sender)).rejects.toMatchObject(refused);
  // The label is never sent to a machine.
  await changePackage({ id, patch: { label: 'Lobby' } }, sender);
  const named = { ...first, label: 'Lobby' };
  // Another package with the same name.
  const second = await choose('1.0, built again');
  expect(second?.id).not.toBe(id);
  expect(service.packages().find((one) => one.id === id)).toEqual(named);
  expect(readFileSync(join(directory, `${id}.zip`)).equals(bytes)).toBe(true);

  wanted.delete(id);
  await changePackage({ id, patch: { version: '9' } }, sender);
  expect(service.packages().find((one) => one.id === id)?.version).toBe('9');
  await removePackage({ id }, sender);
  expect(service.packages().map((one) => one.id)).toEqual([second?.id]);
});

it('a dropped file is added like a chosen file, with a checksum that is reported', async () => {
  const { takePackage, choosePackage, checkPackage, service } = await started();
  const dropped = folder('b-2.0.zip');
  writeFileSync(dropped, await zipOf({ 'vendui/main': 'x' }));
  const refused = async (asked: unknown): Promise<unknown> =>
    Promise.resolve(asked).then(
      () => 'taken',
      (error: unknown) => (error as { readonly error: unknown }).error,
    );
  const odd = { code: 'checksumOdd' };
  expect(await refused(takePackage({ path: 'b-2.0.zip', expected: '' }, sender))).toMatchObject({
    code: 'packageRefused',
    params: { reason: 'unreadable' },
  });
  expect(await refused(takePackage({ path: dropped, expected: 'abc' }, sender))).toMatchObject(odd);
  expect(await refused(choosePackage({ expected: 'abc' }, sender))).toMatchObject(odd);
  const expected = '0'.repeat(32);
  expect(await refused(takePackage({ path: dropped, expected }, sender))).toMatchObject({
    code: 'packageRefused',
    params: { reason: 'checksumDiffers', file: '', expected, actual: expect.any(String) as string },
  });
  expect(service.packages()).toEqual([]);
  const { id, md5 } = await takePackage({ path: dropped, expected: '' }, sender);
  expect(await refused(checkPackage({ id, expected }, sender))).toEqual({
    code: 'checksumDiffers',
    params: { expected, actual: md5 },
  });
  await checkPackage({ id, expected: md5.toUpperCase() }, sender);
  expect(service.packages().map(({ matched }) => matched)).toEqual([[{ by: 'md5', file: '' }]]);
});

it('a checksum is compared with the current file, not with the imported one', async () => {
  const { directory, choose, checkPackage, service } = await started();
  const added = await choose('1.0');
  if (added === null) throw new Error('not added');
  const { id, md5 } = added;
  const file = join(directory, `${id}.zip`);
  const bytes = readFileSync(file);
  writeFileSync(file, Buffer.from(bytes).fill(7, 40, 41));
  const spoilt = { error: { code: 'packageRefused', params: { reason: 'spoilt' } } };
  await expect(checkPackage({ id, expected: id }, sender)).rejects.toMatchObject(spoilt);
  await expect(checkPackage({ id, expected: '0'.repeat(64) }, sender)).rejects.toMatchObject(spoilt);
  rmSync(file);
  await expect(checkPackage({ id, expected: md5 }, sender)).rejects.toMatchObject({
    error: { code: 'packageRefused', params: { reason: 'unreadable' } },
  });
  expect(service.packages()[0]?.matched).toEqual([]);
  writeFileSync(file, bytes);
  await checkPackage({ id, expected: id }, sender);
  expect(service.packages()[0]?.matched).toEqual([{ by: 'sha256', file: '' }]);
});

it('a package is written to a chosen path, and its update.xml is shown as a machine reads it', async () => {
  const place = folder('saved.zip');
  const { choose, changePackage, exportPackage, packageContents, packageUpdateXml, service } =
    await started(place);
  const id = (await choose('1.0'))?.id ?? '';
  expect(await exportPackage({ id }, sender)).toBe('saved.zip');
  expect(readFileSync(place).subarray(0, 2).toString()).toBe('PK');
  expect(await packageContents({ id, text: 'MAIN' }, sender)).toMatchObject({ found: 1 });
  const shown = () => packageUpdateXml({ id, vmcNo: 7, host: '192.0.2.1', port: 12_345 }, sender);
  expect(await shown()).toContain('<package_path>http://192.0.2.1:12345/u/7/1/a-1.0.zip</package_path>');
  await changePackage({ id, patch: { pathStyle: 'bare', version: 'a&b' } }, sender);
  expect(await shown()).toContain('<vendui_version>a&amp;b</vendui_version>');
  expect(await shown()).toContain('<package_path>a-1.0.zip</package_path>');
  rmSync(folder('packages', `${id}.zip`));
  await expect(exportPackage({ id }, sender)).rejects.toMatchObject({ error: { code: 'packageRefused' } });
  await expect(packageContents({ id, text: '' }, sender)).rejects.toMatchObject({
    error: { code: 'packageRefused', params: { reason: 'unreadable' } },
  });
  expect(service.live.packageSpace()?.free).toBeGreaterThan(0);
});

it('a package that could not be given to a machine that asked is a line of the log, and one only', async () => {
  const { directory, lines, choose, offer } = await started();
  const id = (await choose('1.0'))?.id ?? '';
  const url = await offer(id);
  const bytes = readFileSync(join(directory, `${id}.zip`));
  rmSync(join(directory, `${id}.zip`));
  expect((await fetch(url)).status).toBe(404);
  expect((await fetch(new URL('update.xml', url))).status).toBe(200);
  expect((await fetch(url)).status).toBe(404);
  const said = 'packages: machine 7 asked for the package of its upgrade and was answered 404';
  const refusals = () => lines.filter((line) => line.includes('answered'));
  await expect.poll(refusals).toEqual([said]);
  writeFileSync(join(directory, `${id}.zip`), bytes);
  const whole = await fetch(url);
  expect(Buffer.from(await whole.arrayBuffer()).equals(bytes)).toBe(true);
  expect((await fetch(url, { headers: { range: `bytes=${bytes.length}-` } })).status).toBe(416);
  await expect.poll(refusals).toEqual([said, said.replace('404', '416')]);
});

it('is not ready after its file was found changed or missing, until it is found to be the package again', async () => {
  const { service, directory, lines, choose, offer, ...requests } = await started(folder('saved.zip'));
  const { checkPackage, exportPackage, packageContents, removePackage } = requests;
  const id = (await choose('1.0'))?.id ?? '';
  const file = join(directory, `${id}.zip`);
  const bytes = readFileSync(file);
  const other = Buffer.from(bytes).fill(7, 40, 41);
  const spoilt = service.live.spoiltPackages;
  const [gone, changed] = [[{ id, error: 'gone' }], [{ id, error: 'changed' }]];
  expect(spoilt()).toEqual([]);
  writeFileSync(file, other);
  // Before the machine with this offer asks.
  const url = await offer(id);
  await expect.poll(spoilt).toEqual(changed);
  expect((await fetch(url)).status).toBe(409);
  writeFileSync(file, bytes);
  // A part that does not exist: its file is checked, too.
  expect((await fetch(url, { headers: { range: `bytes=${bytes.length}-` } })).status).toBe(416);
  await expect.poll(() => lines.filter((line) => line.includes('416'))).toHaveLength(1);
  expect(spoilt()).toEqual([]);
  rmSync(file);
  expect((await fetch(url)).status).toBe(404);
  await expect.poll(spoilt).toEqual(gone);
  // The files that machines read first do not reveal the package file.
  expect((await fetch(new URL('update.xml', url))).status).toBe(200);
  expect(spoilt()).toEqual(gone);
  await choose('1.0');
  expect(spoilt()).toEqual([]);
  // Any other reader of the package finds it.
  const isRefused = async (asked: unknown, reason: string): Promise<void> =>
    expect(Promise.resolve(asked)).rejects.toMatchObject({ error: { params: { reason } } });
  writeFileSync(file, other);
  await isRefused(exportPackage({ id }, sender), 'spoilt');
  expect(spoilt()).toEqual(changed);
  rmSync(file);
  await isRefused(exportPackage({ id }, sender), 'unreadable');
  expect(spoilt()).toEqual(gone);
  writeFileSync(file, bytes);
  await exportPackage({ id }, sender);
  expect(spoilt()).toEqual([]);
  writeFileSync(file, other);
  await isRefused(checkPackage({ id, expected: id }, sender), 'spoilt');
  expect(spoilt()).toEqual(changed);
  writeFileSync(file, bytes);
  await checkPackage({ id, expected: id }, sender);
  expect(spoilt()).toEqual([]);
  rmSync(file);
  await isRefused(packageContents({ id, text: '' }, sender), 'unreadable');
  expect(spoilt()).toEqual(gone);
  await removePackage({ id }, sender);
  expect(spoilt()).toEqual([]);
  // Its machine asks again.
  expect((await fetch(url)).status).toBe(404);
  await expect.poll(() => service.live.transfers().filter(({ status }) => status === 404)).toHaveLength(2);
  expect(spoilt()).toEqual([]);
});

// Windows refuses it while a machine downloads it; in this test a folder takes its place.
it('a repeated import of its ZIP repairs nothing if the file can’t be replaced, and is refused', async () => {
  const { service, directory, choose } = await started();
  const id = (await choose('1.0'))?.id ?? '';
  const file = join(directory, `${id}.zip`);
  rmSync(file);
  mkdirSync(join(file, 'x'), { recursive: true });
  const unreadable = { error: { code: 'packageRefused', params: { reason: 'unreadable' } } };
  await expect(choose('1.0')).rejects.toMatchObject(unreadable);
  expect(service.packages().map((one) => one.id)).toEqual([id]);
});

it('more downloads than places are reported, and printed once', async () => {
  const { service, lines } = await started();
  const state = await service.listen('updates', '127.0.0.1', 0);
  const port = state.status === 'listening' ? state.port : 0;
  const crowd = Array.from({ length: 1_010 }, () => connect(port, '127.0.0.1').on('error', () => undefined));
  ends.push(() => crowd.map((socket) => socket.destroy()));
  await expect
    .poll(() => service.live.packageCrowd())
    .toMatchObject({ places: 1_000, address: '127.0.0.1', turnedAway: 10 });
  expect((await fetch(`http://127.0.0.1:${port}/u/1/1/update.xml`)).status).toBe(404);
  expect(lines.filter((line) => line.includes('connections were taken'))).toHaveLength(1);
});
