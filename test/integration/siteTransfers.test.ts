/** Files between a site and support, through a real broker: whole or not at all, whatever is killed. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { jetstream, type JetStreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  chunkBytes,
  chunksOf,
  chunkSubject,
  encodeManifest,
  fileId,
  manifestSubject,
  type FileManifest,
} from '../../src/main/sites/wire/file';
import { bundleAsked } from '../builders/asked';
import { hasBroker, makeFilesStream, makeStream, startBroker, type Broker } from '../builders/broker';
import type { Bundles } from '../builders/bundles';
import { makeDeployed, seedOf, startDeployed } from '../builders/deployed';
import { managerOf, Place, randomFile, sha256Of, type SiteAccess } from '../builders/siteFileWorld';
import { decimalFrame, RawClient } from '../builders/server';
import type { Ends } from '../builders/siteTraffic';
import { useFolder } from '../builders/useFolder';
import { hasProgram } from '../builders/wireshark';

const folder = useFolder();
const ends: Ends = [];
let bundles: Bundles;
beforeAll(async () => {
  bundles = await bundleAsked();
});
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});
afterAll(() => bundles.remove());

const small = 300_000;
const portOf = (text: string): number =>
  Number(/^machines: listening on 127\.0\.0\.1:(\d+)/m.exec(text)?.[1]);
/** Long enough to be interrupted. */
const large = 64_000_000;

describe.runIf(hasBroker)('a file', { timeout: 120_000 }, () => {
  let broker: Broker;
  let client: NatsConnection;
  let manager: JetStreamManager;
  let site: Place;
  let desk: Place;

  const open = async (access: SiteAccess = {}): Promise<void> => {
    const all = { servers: `127.0.0.1:${broker.port}`, credentials: 'a:secret-a', ...access };
    site = new Place(bundles.directory, folder('site'), 'send', all, ends);
    desk = new Place(bundles.directory, folder('desk'), 'read', all, ends);
    await Promise.all([site.ready(), desk.ready()]);
  };
  const messages = async (): Promise<number> => (await manager.streams.info('FILES')).state.messages;
  const sent = async (path: string): Promise<void> => {
    expect(await site.over(await site.send(path))).toMatchObject({ state: 'done', problem: null });
  };
  const fetched = async (target: string) => desk.over(await desk.fetch(await desk.file(), target));

  beforeEach(async () => {
    broker = await startBroker(folder('broker'));
    ends.push(() => broker.kill());
    client = await broker.client();
    ends.push(() => client.close());
    await makeStream(client);
    await makeFilesStream(client);
    manager = await managerOf(client);
  });

  it('arrives with its hash, and is sent once however often', async () => {
    await open();
    const path = randomFile(folder('one.pcapng'), small);
    await sent(path);
    expect(await messages()).toBe(chunksOf(small) + 1);
    await sent(path);
    expect(await messages()).toBe(chunksOf(small) + 1);
    const [row, ...others] = await desk.files();
    expect(others).toEqual([]);
    expect(row).toMatchObject({ name: 'one.pcapng', bytes: small, state: 'complete' });
    expect(await site.files()).toEqual(await desk.files());
    const target = folder('copy.pcapng');
    expect(await fetched(target)).toMatchObject({ what: 'fetch', state: 'done', fileName: 'one.pcapng' });
    expect(sha256Of(target)).toBe(sha256Of(path));
    expect(readdirSync(join(desk.data, 'sites/north/files'))).toEqual([]);
    await desk.crema.ask('removeSiteFile', { id: 'north', file: row?.id ?? '', name: row?.name ?? '' });
    expect(await messages()).toBe(0);
    const audit = ({ data }: Place) => readFileSync(join(data, 'audit.jsonl'), 'utf8');
    for (const act of ['fetchSiteFile', 'removeSiteFile'])
      await expect.poll(() => audit(desk)).toContain(`"act":"${act}"`);
    expect(audit(site).match(/"act":"sendSiteFile".*"site":"North","file":"one.pcapng"/g)).toHaveLength(2);
  });

  it('continues after the broker was killed, in both directions', async () => {
    await open();
    const path = randomFile(folder('large.pcapng'), large);
    const sending = await site.send(path);
    await site.moved(sending, 1_000_000);
    await broker.kill();
    await expect.poll(async () => (await site.job(sending?.id ?? 0)).state).toBe('waiting');
    await broker.start();
    expect(await site.over(sending)).toMatchObject({ state: 'done' });
    expect(await messages()).toBe(chunksOf(large) + 1);
    await expect
      .poll(
        () =>
          desk.files().then(
            (all) => all.length,
            () => 0,
          ),
        { timeout: 40_000 },
      )
      .toBe(1);
    const target = folder('copy.pcapng');
    const fetching = await desk.fetch(await desk.file(), target);
    await desk.moved(fetching, 1_000_000);
    await broker.kill();
    await expect
      .poll(async () => (await desk.job(fetching?.id ?? 0)).state, { timeout: 40_000 })
      .toBe('waiting');
    expect(existsSync(target)).toBe(false);
    await broker.start();
    expect(await desk.over(fetching)).toMatchObject({ state: 'done' });
    expect(sha256Of(target)).toBe(sha256Of(path));
  });

  it('continues after the sender was killed, and nothing is sent twice', async () => {
    await open();
    const path = randomFile(folder('large.pcapng'), large);
    await site.moved(await site.send(path), 1_000_000);
    await site.crema.kill();
    const before = await messages();
    expect(before).toBeGreaterThan(0);
    expect(before).toBeLessThan(chunksOf(large));
    expect(await desk.files()).toMatchObject([{ name: '', state: 'coming', bytes: before * chunkBytes }]);
    await site.restart();
    const again = await site.send(path);
    await site.over(again);
    const { state } = await manager.streams.info('FILES');
    expect([state.messages, state.last_seq]).toEqual([chunksOf(large) + 1, chunksOf(large) + 1]);
    const target = folder('copy.pcapng');
    await fetched(target);
    expect(sha256Of(target)).toBe(sha256Of(path));
  });

  it('continues after the reader was killed, without what is here already', async () => {
    await open();
    const path = randomFile(folder('large.pcapng'), large);
    await sent(path);
    const file = await desk.file();
    const target = folder('copy.pcapng');
    await desk.moved(await desk.fetch(file, target), 5_000_000);
    await desk.crema.kill();
    expect(existsSync(target)).toBe(false);
    const part = readFileSync(join(desk.data, 'sites/north/files', `${file.id}.part`));
    const here = [...part.subarray(large).keys()].filter((n) => part[large + n] === 1);
    expect(here.length).toBeGreaterThan(0);
    expect(here.length).toBeLessThan(chunksOf(large));
    // It could not fetch these again.
    for (const n of here) await manager.streams.purge('FILES', { filter: chunkSubject(file.id, n) });
    await desk.restart();
    expect(await desk.over(await desk.fetch(file, target))).toMatchObject({ state: 'done' });
    expect(sha256Of(target)).toBe(sha256Of(path));
  });

  it('is fetched from its start if a power loss damaged the part that was here', async () => {
    await open();
    const path = randomFile(folder('large.pcapng'), large);
    await sent(path);
    const file = await desk.file();
    const target = folder('copy.pcapng');
    await desk.moved(await desk.fetch(file, target), 5_000_000);
    await desk.crema.kill();
    const partPath = join(desk.data, 'sites/north/files', `${file.id}.part`);
    const part = readFileSync(partPath);
    expect(part[large]).toBe(1);
    part.fill(0, 0, 4_096);
    writeFileSync(partPath, part);
    await desk.restart();
    expect(await desk.over(await desk.fetch(file, target))).toMatchObject({ state: 'done' });
    expect(sha256Of(target)).toBe(sha256Of(path));
  });

  it('does not keep entries from the broker', async () => {
    await open();
    const begun = await manager.streams.info('UP');
    const sending = await site.send(randomFile(folder('large.pcapng'), large));
    await site.moved(sending, 1_000_000);
    const machine = await RawClient.open(portOf(site.crema.text));
    machine.send(
      decimalFrame('{"cmd":"login","vmc_no":33232,"version":"1.2.8.8","linuxDriverVersion":"1.3"}'),
    );
    await machine.until(() => machine.received.length > 0);
    await expect
      .poll(async () => (await manager.streams.info('UP')).state.messages)
      .toBeGreaterThan(begun.state.messages);
    expect((await site.job(sending?.id ?? 0)).state).toBe('running');
    machine.socket.destroy();
    await site.over(sending);
  });

  it('with a flipped bit at the broker is refused, and the list says so', async () => {
    await open();
    await sent(randomFile(folder('one.pcapng'), small));
    const file = await desk.file();
    const subject = chunkSubject(file.id, 1);
    const stored = await manager.streams.getMessage('FILES', { last_by_subj: subject });
    const flipped = Uint8Array.from(stored?.data ?? []);
    flipped[500] = (flipped[500] ?? 0) ^ 1;
    await manager.streams.purge('FILES', { filter: subject });
    await jetstream(client).publish(subject, flipped);
    const target = folder('copy.pcapng');
    writeFileSync(target, 'older');
    const job = await desk.over(await desk.fetch(file, target));
    expect(job).toMatchObject({
      state: 'failed',
      fileName: 'one.pcapng',
      problem: { code: 'siteFileDiffers' },
    });
    expect(readFileSync(target, 'utf8')).toBe('older');
    expect(await desk.files()).toMatchObject([{ name: 'one.pcapng', state: 'differs' }]);
    await jetstream(client).publish(subject, stored?.data ?? '');
    expect(await fetched(target)).toMatchObject({ state: 'done' });
    expect(await desk.files()).toMatchObject([{ state: 'complete' }]);
  });

  it('that the broker has no room for is refused, and continues when there is room', async () => {
    await open();
    const config = (await manager.streams.info('FILES')).config;
    await manager.streams.update('FILES', { ...config, max_bytes: 1_000_000 });
    const path = randomFile(folder('one.pcapng'), 10 * small);
    expect(await site.over(await site.send(path))).toMatchObject({
      state: 'failed',
      problem: { code: 'siteFull' },
    });
    const before = await messages();
    expect(before).toBeGreaterThan(0);
    await manager.streams.update('FILES', { ...config, max_bytes: -1 });
    await sent(path);
    const { state } = await manager.streams.info('FILES');
    expect(state.last_seq).toBe(chunksOf(10 * small) + 1);
    const target = folder('copy.pcapng');
    await fetched(target);
    expect(sha256Of(target)).toBe(sha256Of(path));
  });

  it('is sent again where an administrator purged it meanwhile; a reader says that it is gone', async () => {
    await open();
    const path = randomFile(folder('large.pcapng'), large);
    const sending = await site.send(path);
    await site.moved(sending, 5_000_000);
    await manager.streams.purge('FILES');
    expect(await site.over(sending)).toMatchObject({ state: 'done' });
    expect(await messages()).toBe(chunksOf(large) + 1);
    const file = await desk.file();
    const target = folder('copy.pcapng');
    const fetching = await desk.fetch(file, target);
    await desk.moved(fetching, 1_000_000);
    await manager.streams.purge('FILES');
    expect(await desk.over(fetching)).toMatchObject({ state: 'failed', problem: { code: 'siteFileGone' } });
    expect(existsSync(target)).toBe(false);
    expect(await desk.files()).toEqual([]);
  });

  it('is cancelled without a trace on this computer', async () => {
    await open();
    await sent(randomFile(folder('large.pcapng'), large));
    const target = folder('copy.pcapng');
    const fetching = await desk.fetch(await desk.file(), target);
    await desk.moved(fetching, 1_000_000);
    await desk.crema.ask('cancelJob', { id: fetching?.id ?? 0 });
    expect(await desk.over(fetching)).toMatchObject({ state: 'cancelled' });
    expect(existsSync(target)).toBe(false);
    expect(readdirSync(join(desk.data, 'sites/north/files'))).toEqual([]);
  });

  it('of a site that masks is sent without private texts, or not at all', async () => {
    await open({ isMasked: true });
    const text = '{"cmd":"qrpay","vmc_no":33232,"order_no":"202611240099887766"}';
    const line = (id: number) =>
      JSON.stringify({
        kind: 'frame',
        id,
        time: '2026-11-24T10:00:00.000+00:00',
        at: 1_795_514_400_000 + id,
        machine: 33_232,
        connection: 1,
        direction: 'in',
        head: 'decimal',
        sequence: null,
        findings: [],
        text,
      });
    const path = folder('order 202611240099887766.jsonl');
    writeFileSync(path, `${line(1)}\n${line(2)}\n`);
    const masking = await site.over(await site.send(path));
    expect(masking).toMatchObject({ what: 'mask', state: 'done', frames: 2 });
    await expect
      .poll(async () => (await site.jobs()).map(({ what, state }) => `${what} ${state}`))
      .toContain('send done');
    // The copy of the same file is the same.
    const stored = await messages();
    await site.over(await site.send(path));
    await expect
      .poll(
        async () =>
          (await site.jobs()).filter(({ what, state }) => what === 'send' && state === 'done').length,
      )
      .toBe(2);
    expect(await messages()).toBe(stored);
    const file = await desk.file();
    expect(file.name).toMatch(/^order .*\.jsonl\.gz$/);
    expect(file.name).not.toContain('202611240099887766');
    const copy = folder('copy.jsonl.gz');
    await fetched(copy);
    const masked = gunzipSync(readFileSync(copy)).toString();
    expect(masked.trim().split('\n')).toHaveLength(2);
    expect(masked).toContain('"cmd":"qrpay"');
    expect(masked).not.toContain('202611240099887766');
    const opening = await desk.over(
      await desk.crema.ask('fetchSiteFile', { id: 'north', file: file.id, name: file.name, as: 'capture' }),
    );
    const imported = await desk.over(await desk.job(opening.capture ?? 0));
    expect(imported).toMatchObject({ what: 'import', state: 'done' });
    const { captures } = await desk.crema.ask('snapshot', undefined);
    expect(captures).toContainEqual(expect.objectContaining({ fileName: file.name, entries: 2 }));

    const before = await messages();
    const report = folder('report.txt');
    writeFileSync(report, 'order 202611240099887766');
    expect(await site.over(await site.send(report))).toMatchObject({
      state: 'failed',
      fileName: 'report.txt',
      problem: { code: 'notMaskable' },
    });
    expect(await messages()).toBe(before);
  });

  it('with a bad description costs one row', async () => {
    await open();
    await sent(randomFile(folder('good.pcapng'), small));
    const js = jetstream(client);
    const bytes = new Uint8Array(10);
    const honest = (name: string, more: Partial<FileManifest> = {}): FileManifest => ({
      name,
      size: 10,
      sha256: '0'.repeat(64),
      chunks: 1,
      at: 1,
      computer: 'x',
      ...more,
    });
    const publish = async (one: FileManifest, raw: Uint8Array | string = encodeManifest(one)) => {
      const id = fileId(one);
      await js.publish(chunkSubject(id, 0), bytes);
      await js.publish(manifestSubject(id), raw);
    };
    const odd: readonly (readonly [string, Partial<FileManifest>])[] = [
      ['size lie', { size: 5_000_000 }],
      ['negative', { size: -1 }],
      ['huge', { size: 1e15, chunks: 1e10 }],
      ['no chunks', { size: 0, chunks: 0 }],
      ['not a number', { size: Number.NaN }],
    ];
    for (const [name, lie] of odd) await publish(honest(name, lie));
    await publish(honest('not JSON'), 'not JSON');
    await publish(honest('large'), encodeManifest(honest('large', { computer: 'x'.repeat(500_000) })));
    await publish(honest('list'), '[]');
    await js.publish(manifestSubject('f'.repeat(32)), encodeManifest(honest('of another id')));
    await js.publish('files.strange.subject', 'x');
    await js.publish(`files.${'e'.repeat(32)}.-1`, 'x');
    // Honest about its size, but parts are missing.
    await publish(honest('missing', { size: 3 * chunkBytes, chunks: 3 }));
    await publish(honest('../x'));
    await publish(honest('C:\\Windows\\CON'));
    await publish(honest('CON.pcap'));
    await publish(honest(`${'长'.repeat(300)}.pcapng`));
    await publish(honest('a\u202Efdp.exe'));
    for (const place of [desk, site]) {
      const rows = await place.files();
      expect(rows.find(({ name }) => name === 'good.pcapng')).toMatchObject({ state: 'complete' });
      expect(rows.filter(({ state }) => state === 'unreadable')).toHaveLength(odd.length + 4);
      expect(rows.find(({ name }) => name === 'missing')).toMatchObject({ state: 'incomplete' });
      const names = rows.map(({ name }) => name);
      expect(names).toContain('x');
      expect(names).toContain('CON_');
      expect(names).toContain('CON_.pcap');
      expect(names).toContain(`${'长'.repeat(143)}.pcapng`);
      expect(names).toContain('a⟨U+202E⟩fdp.exe');
    }
    const unreadable = (await desk.files()).find(({ state }) => state === 'unreadable');
    const target = folder('copy');
    const fetch = async (one: { id: string; name: string }) => desk.over(await desk.fetch(one, target));
    expect(await fetch(unreadable ?? { id: '', name: '' })).toMatchObject({
      state: 'failed',
      problem: { code: 'siteFileUnreadable' },
    });
    const missing = (await desk.files()).find(({ name }) => name === 'missing');
    expect(await fetch(missing ?? { id: '', name: '' })).toMatchObject({ problem: { code: 'siteFileGone' } });
    expect(existsSync(target)).toBe(false);
  });
});

describe.runIf(hasProgram('nats-server'))('with the permissions of deploy/', { timeout: 120_000 }, () => {
  it('a site sends, lists and removes; support lists and fetches, and does not remove', async () => {
    makeDeployed(folder('broker'), ['north']);
    const broker = await startDeployed(folder('broker'));
    ends.push(() => broker.end());
    broker.makeStreams();
    const accessOf = (role: 'site' | 'desk'): SiteAccess => ({
      servers: `localhost:${broker.port}`,
      authority: readFileSync(join(broker.folder, 'certs/authority.pem'), 'utf8'),
      credentials: new TextDecoder().decode(seedOf(broker.folder, 'north', role)),
    });
    const site = new Place(bundles.directory, folder('site'), 'send', accessOf('site'), ends);
    const desk = new Place(bundles.directory, folder('desk'), 'read', accessOf('desk'), ends);
    await Promise.all([site.ready(), desk.ready()]);
    const path = randomFile(folder('one.pcapng'), small);
    await site.over(await site.send(path));
    const target = folder('copy.pcapng');
    expect(await desk.over(await desk.fetch(await desk.file(), target))).toMatchObject({ state: 'done' });
    expect(sha256Of(target)).toBe(sha256Of(path));
    for (const [{ crema }, may] of [
      [site, true],
      [desk, false],
    ] as const) {
      const { files, mayRemove } = await crema.ask('siteFiles', { id: 'north' });
      expect([files.length, mayRemove]).toEqual([1, may]);
    }
    const { id, name } = await desk.file();
    await expect(desk.crema.ask('removeSiteFile', { id: 'north', file: id, name })).rejects.toThrow(
      /siteFilesNotPermitted/,
    );
    expect(await site.files()).toHaveLength(1);
    await site.crema.ask('removeSiteFile', { id: 'north', file: id, name });
    expect(await desk.files()).toEqual([]);
  });
});
