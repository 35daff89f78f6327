/** Virtual machines on real sockets against a small real server. */
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Platform } from '#shared/model/machine';
import { Fleet, type FleetEnvironment } from '../../src/main/tools/simulator/fleet';
import { fleetOptions, type FleetRequest } from '../../src/main/tools/simulator/options';
import { fastClock } from '../builders/fastClock';
import { ownPort } from '../builders/ports';
import { zipOf } from '../builders/zips';
import { TestServer } from './simulatorServer';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

/** Slow, so that after the login machines send only messages that a test requests. */
async function setUp(
  platform: Platform | 'mixed',
  options: Partial<FleetRequest> = {},
  environment: Partial<FleetEnvironment> = { lives: false },
) {
  const server = await TestServer.start();
  ends.push(() => server.stop());
  const fleet = new Fleet(
    fleetOptions.parse({ host: '127.0.0.1', port: server.port, count: 1, platform, pace: 0.01, ...options }),
    environment,
  );
  ends.push(() => fleet.stop());
  await server.until(() => fleet.machines.every(({ status }) => status === 'ready'), 'logins');
  return { server, fleet };
}

/** A drink takes less than a second. */
const fast = { pace: 30 };
/** Their programs take minutes to notice a lost server. */
const hurried = (): Partial<FleetEnvironment> => ({ lives: false, clock: fastClock(60) });

async function files(served: Readonly<Record<string, string | Buffer>>) {
  const asked: string[] = [];
  const http = createServer((request, answer) => {
    asked.push(`${request.method ?? ''} ${request.url ?? ''}`);
    const body = served[(request.url ?? '').split('?')[0] ?? ''];
    if (body === undefined) answer.writeHead(404).end();
    else answer.end(body);
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  ends.push(() => new Promise((resolve) => http.close(resolve)));
  return { base: `http://127.0.0.1:${(http.address() as AddressInfo).port}`, asked };
}

describe('login and random events', () => {
  test('both platforms log in with their heads, without a finding', async () => {
    const { server, fleet } = await setUp('mixed', { count: 2 });
    const [linux, android] = [90_001, 90_002].map((vmcNo) =>
      server.of('login').find(({ body }) => body['vmc_no'] === vmcNo),
    );
    expect(linux).toMatchObject({ head: 'decimal', body: { linuxDriverVersion: '1.3' } });
    expect(android).toMatchObject({ head: 'le48', body: { login_count: 2 } });
    expect(server.findings).toEqual([]);
    expect(new Set(fleet.ports.map(([port]) => port))).toEqual(new Set(server.ports));
    expect(fleet.counters).toMatchObject({ sent: server.received.length, lost: 0 });
  });

  test('at a fast pace orders are paid, drinks are made, every order once', async () => {
    const { server } = await setUp('mixed', { count: 6, pace: 300 }, {});
    server.pays = true;
    await server.until(
      () => server.of('paydone_r').length >= 8 && server.of('productdone').length >= 20,
      'orders of all kinds',
    );
    const orders = server.of('productdone').map(({ body }) => body['order_no']);
    expect(new Set(orders).size).toBe(orders.length);
    const paid = server
      .of('paydone_r')
      .slice(0, 5)
      .map(({ body }) => body['order_no']);
    await server.until(
      () => paid.every((order) => server.of('productdone').some(({ body }) => body['order_no'] === order)),
      'the paid drinks',
    );
    expect(server.findings).toEqual([]);
  });

  test('productdone is repeated every 3 s until it is acknowledged', async () => {
    const { server } = await setUp('linux', fast);
    server.ignores.add('productdone');
    server.send({
      cmd: 'products',
      vmc_no: 90_001,
      product_id: 810,
      fastcode: 213,
      paydone: true,
      paytype: 'fastcode',
    });
    const mine = () => server.of('productdone').filter(({ body }) => body['PayType'] === 'fastcode');
    await server.until(() => mine().length >= 2, 'the second productdone');
    const [first, second] = mine();
    expect(second?.body).toEqual(first?.body);
    server.send({
      cmd: 'productdone_r',
      vmc_no: 90_001,
      order_no: first?.body['order_no'] ?? null,
      isOk: true,
    });
    await new Promise((resolve) => setTimeout(resolve, 3_500));
    expect(mine()).toHaveLength(2);
  });

  test('reconnects by itself when the server hangs up', async () => {
    const { server } = await setUp('linux', {}, hurried());
    server.hangUp();
    await server.until(() => server.of('login').length === 2, 'the second login');
  });

  test('waits for a server that is not there yet', async () => {
    const port = await ownPort();
    const fleet = new Fleet(
      fleetOptions.parse({ host: '127.0.0.1', port, count: 3, platform: 'android' }),
      hurried(),
    );
    ends.push(() => fleet.stop());
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(fleet).toMatchObject({ running: 3, connected: 0 });
    const server = await TestServer.start(port);
    ends.push(() => server.stop());
    await server.until(() => server.of('login').length >= 3, 'three logins');
  });
});

describe('upgrades', () => {
  let zip: Buffer = Buffer.alloc(0);
  beforeAll(async () => {
    zip = await zipOf({ program: randomBytes(200_000) }, false);
  });

  const xml = (path: string) =>
    `<?xml version="1.0"?><Jetinno><vendui_version>1.3.0.1</vendui_version><package_path>${path}</package_path></Jetinno>`;

  test.each([
    ['a path from the root', (_base: string) => '/update/vendui.zip'],
    ['a bare name', (_base: string) => 'vendui.zip'],
    ['an absolute URL', (base: string) => `${base}/update/vendui.zip`],
  ])('linux: update.xml, then the package by %s, then a login with its version', async (_name, path) => {
    const { server } = await setUp('linux', fast);
    const served: Record<string, string | Buffer> = { '/update/vendui.zip': zip };
    const { base, asked } = await files(served);
    served['/update/update.xml'] = xml(path(base));
    server.send({ cmd: 'upgrade', vmc_no: 90_001, dir: `${base}/update` });
    await server.until(() => server.of('login').length === 2, 'the login after the upgrade');
    expect(asked).toEqual(['GET /update/update.xml', 'GET /update/vendui.zip']);
    expect(server.of('login').map(({ body }) => body['version'])).toEqual(['1.2.8.8', '1.3.0.1']);
  });

  test("linux: the document's stray space is asked for as %20", async () => {
    const { server } = await setUp('linux', fast);
    const { base, asked } = await files({ '/update%20/update.xml': xml('p.zip'), '/update%20/p.zip': zip });
    server.send({ cmd: 'upgrade', vmc_no: 90_001, dir: `${base}/update ` });
    await server.until(() => server.of('login').length === 2, 'the login after the upgrade');
    expect(asked).toEqual(['GET /update%20/update.xml', 'GET /update%20/p.zip']);
  });

  test('a package that is not there: two tries, no restart', async () => {
    const { server } = await setUp('linux');
    const { base, asked } = await files({ '/u/update.xml': xml('gone.zip') });
    server.send({ cmd: 'upgrade', vmc_no: 90_001, dir: `${base}/u` });
    await server.until(() => asked.length === 3, 'two tries');
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(asked).toEqual(['GET /u/update.xml', 'GET /u/gone.zip', 'GET /u/gone.zip']);
    expect(server.of('login')).toHaveLength(1);
  });

  test.each([
    ['app', 'version'],
    ['io', 'io_version'],
  ])('android: type %s is one GET, without a notice, then a login with the new %s', async (type, field) => {
    const { base, asked } = await files({ '/jl15-3.0.1.zip': zip, '/api/control/notify': 'ok' });
    const { server } = await setUp('android', { ...fast, notifyBase: base });
    const dir = `${base}/jl15-3.0.1.zip`;
    server.send({ cmd: 'upgrade', vmc_no: 90_001, dir, type, session_id: 's7' });
    await server.until(() => server.of('login').length === 2, 'the login after the upgrade');
    expect(asked).toEqual(['GET /jl15-3.0.1.zip']);
    expect(server.of('login').at(-1)?.body[field]).toBe('3.0.1');
  });

  test('android: a failed command is reported with a reason, to where reports are taken by now', async () => {
    const { base, asked } = await files({ '/api/control/notify': 'ok' });
    const { server, fleet } = await setUp('android', fast, hurried());
    fleet.setNotifyBase(base);
    server.send({ cmd: 'remote', vmc_no: 90_001, operation: 'dance', session_id: 's8' });
    await server.until(() => asked.length > 0, 'the report');
    const { searchParams } = new URL(asked[0]?.slice('GET '.length) ?? '', base);
    expect(searchParams.get('status')).toBe('0');
    expect(searchParams.get('reason')).not.toBe('');
  });
});

describe('misbehaviour on the wire', () => {
  test('slowSends: byte by byte over seconds, and the result is one good frame', async () => {
    const { server, fleet } = await setUp('linux');
    const before = server.reads.length;
    const started = Date.now();
    fleet.setMisbehaviour(null, 'slowSends', true);
    await server.until(() => server.of('hb').length === 1, 'the slow heartbeat');
    expect(Date.now() - started).toBeGreaterThan(700);
    expect(server.reads.slice(before).every((bytes) => bytes <= 3)).toBe(true);
    expect(server.reads.length - before).toBeGreaterThan(20);
    expect(server.findings).toEqual([]);
  });

  test('splitSends: two reads, one good frame', async () => {
    const { server, fleet } = await setUp('android');
    const before = server.reads.length;
    fleet.setMisbehaviour(null, 'splitSends', true);
    await server.until(() => server.of('hb').length === 1, 'the split heartbeat');
    expect(server.reads.slice(before)).toHaveLength(2);
    expect(server.findings).toEqual([]);
  });

  test('mergedSends: one read, two frames', async () => {
    const { server, fleet } = await setUp('android');
    const before = server.reads.length;
    fleet.setMisbehaviour(null, 'mergedSends', true);
    await server.until(() => server.of('hb').length === 2, 'both');
    expect(server.reads.slice(before)).toHaveLength(1);
  });

  test.each([
    ['headUnrecognised', 'head.unrecognised'],
    ['headLengthWrong', 'head.lengthWrong'],
    ['headLengthInChars', 'head.lengthInChars'],
    ['headMissing', 'head.missing'],
    ['headSwitched', 'head.changed'],
    ['jsonTrailingComma', 'json.lenient'],
    ['jsonMissingComma', 'json.lenient'],
    ['jsonComment', 'json.lenient'],
    ['textGb18030', 'text.gb18030'],
    ['junkBefore', 'junk.noFrame'],
  ] as const)('%s makes %s', async (misbehaviour, finding) => {
    const { server, fleet } = await setUp('mixed', { count: 2 });
    fleet.setMisbehaviour(null, misbehaviour, true);
    await server.until(() => server.findings.filter((code) => code === finding).length >= 2, finding);
    expect(new Set(server.findings)).toEqual(new Set([finding]));
    expect(server.of('hb').length).toBeGreaterThanOrEqual(2);
  });

  test('reset: the server sees a reset, and the machine reconnects', async () => {
    const { server, fleet } = await setUp('linux', {}, hurried());
    fleet.setMisbehaviour(null, 'reset', true);
    await server.until(() => server.closed.length >= 1 && server.of('login').length >= 2, 'reset and return');
    expect(server.closed[0]).toEqual({ connection: 1, reset: true });
  });

  test('halfFrame: the frame is cut off', async () => {
    const { server, fleet } = await setUp('linux');
    fleet.setMisbehaviour(null, 'halfFrame', true);
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(server.of('hb')).toEqual([]);
    server.hangUp();
    await server.until(() => server.findings.includes('junk.cut'), 'the cut');
  });

  test('flood: as fast as the socket takes it, and the frames are good', async () => {
    const { server, fleet } = await setUp('android');
    fleet.setMisbehaviour(null, 'flood', true);
    // It floods for three seconds, and pauses for twelve. Five thousand are more than twelve writes.
    await server.until(() => server.received.length > 5_000, '5,000 heartbeats');
    expect(server.of('hb').length).toBeGreaterThanOrEqual(server.received.length - 1);
    fleet.setMisbehaviour(null, 'flood', false);
    expect(server.findings).toEqual([]);
  });

  test('duplicateNumber: two connections with one number', async () => {
    const { server, fleet } = await setUp('linux');
    fleet.setMisbehaviour(90_001, 'duplicateNumber', true);
    await server.until(() => server.of('login').length === 2, 'the second login');
    expect(server.of('login').map(({ body }) => body['vmc_no'])).toEqual([90_001, 90_001]);
    expect(server.open).toBe(2);
  });
});

test('two hundred machines at once, and all of them gone again', async () => {
  const { server, fleet } = await setUp('mixed', { count: 200 });
  expect(fleet).toMatchObject({ running: 200, connected: 200 });
  expect(new Set(server.of('login').map(({ body }) => body['vmc_no'])).size).toBe(200);
  expect(new Set(fleet.ports.map(([port]) => port))).toEqual(new Set(server.ports));
  await fleet.stop();
  await server.until(() => server.open === 0, 'everybody gone');
  expect(server.closed.every(({ reset }) => !reset)).toBe(true);
});
