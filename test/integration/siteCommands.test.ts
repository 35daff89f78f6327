/** Commands from support's desk to machines of another site: two whole Cremas, a real broker, and virtual machines of both programs. */
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { DatabaseSync } from '@photostructure/sqlite';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { CommandName } from '#shared/commands/index';
import type { JsonObject } from '#shared/model/json';
import { openStates, type Command } from '#shared/model/command';
import type { Platform } from '#shared/model/machine';
import type { SiteRole } from '#shared/model/sites';
import type { Deed } from '../../src/main/tools/simulator/deeds';
import { Machine } from '../../src/main/tools/simulator/machine';
import { Random } from '../../src/main/tools/simulator/random';
import { tcpDial, type Dial } from '../../src/main/tools/simulator/transport';
import { fetchPlain, postFile } from '../../src/main/tools/simulator/web';
import { AskedCrema, bundleAsked } from '../builders/asked';
import { hasBroker, makeStream, startBroker, type Broker } from '../builders/broker';
import type { Bundles } from '../builders/bundles';
import { batchOf, openStore } from '../builders/journal';
import { fastClock } from '../builders/fastClock';
import { ownPort } from '../builders/ports';
import { everyLine } from '../builders/rows';
import { useFolder } from '../builders/useFolder';
import { weakLink, type WeakLink } from '../builders/weakLink';

const folder = useFolder();
const ends: (() => unknown)[] = [];
/** Commands that arrived at machines, by machine and text. */
const arrived = new Map<string, number>();
/** Actions of the machines. */
const deeds: (Deed & { readonly vmcNo: number })[] = [];
let bundles: Bundles;
beforeAll(async () => {
  bundles = await bundleAsked();
});
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
  arrived.clear();
  deeds.length = 0;
});
afterAll(() => bundles.remove());

const siteId = 'north';
const hour = 3_600_000;
const linux = 33_232;
const second = 33_233;

function prepared(
  data: string,
  role: SiteRole,
  port: number,
  further: Readonly<Record<string, unknown>> = {},
): void {
  mkdirSync(data, { recursive: true });
  const site = {
    id: siteId,
    name: 'North',
    role,
    servers: `127.0.0.1:${port}`,
    credentials: 'a:secret-a',
    isMasked: false,
    ...further,
  };
  writeFileSync(join(data, 'sites.json'), JSON.stringify({ sites: [site] }));
}

interface World {
  readonly broker: Broker;
  readonly site: AskedCrema;
  readonly desk: AskedCrema;
  readonly machinePort: number;
}

async function startWorld(
  deskPort: (broker: Broker) => number | Promise<number>,
  further: Readonly<Record<string, unknown>>,
): Promise<World> {
  const broker = await startBroker(folder('broker'));
  ends.push(() => broker.kill());
  const client = await broker.client();
  await makeStream(client);
  await client.close();
  prepared(folder('site'), 'send', broker.port, further);
  prepared(folder('desk'), 'read', await deskPort(broker));
  const machinePort = await ownPort();
  const site = await startOne('site', machinePort);
  const desk = await startOne('desk', await ownPort());
  return { broker, site, desk, machinePort };
}

async function startOne(data: string, port: number): Promise<AskedCrema> {
  const one = new AskedCrema(bundles.directory, [
    `--machine-listen=127.0.0.1:${port}`,
    '--update-listen=127.0.0.1:0',
    `--data-dir=${folder(data)}`,
  ]);
  ends.push(() => one.kill());
  await one.started;
  return one;
}

function noting(number: number, dial: Dial): Dial {
  return (events) =>
    dial({
      ...events,
      received: (bytes) => {
        for (const [, cmd] of Buffer.from(bytes)
          .toString('latin1')
          .matchAll(/"cmd"\s*:\s*"([\w ]+)"/g)) {
          const key = `${number} ${cmd}`;
          arrived.set(key, (arrived.get(key) ?? 0) + 1);
        }
        events.received(bytes);
      },
    });
}

function machineAt(port: number, number: number, platform: Platform): void {
  const machine = new Machine({
    number,
    platform,
    head: null,
    code: '00000000',
    random: new Random(number),
    pace: 1,
    clock: fastClock(20),
    dial: noting(number, tcpDial('127.0.0.1', port)),
    counters: { sent: 0, received: 0, lost: 0 },
    notifyBase: null,
    rareSpelling: false,
    answering: 'truly',
    fetch: fetchPlain,
    post: postFile,
    lives: false,
    onPort: () => undefined,
    onDeed: (deed) => deeds.push({ ...deed, vmcNo: number }),
  });
  ends.push(() => machine.stop());
  machine.start();
}

const isOnline = async ({ site }: Pick<World, 'site'>, vmcNo: number): Promise<boolean> => {
  const snapshot = await site.ask('snapshot', undefined);
  return snapshot.machines.some((row) => row.vmcNo === vmcNo && row.online);
};

function give(
  { desk }: World,
  vmcNo: number,
  name: CommandName,
  input: JsonObject = {},
  request: string = randomUUID(),
): Promise<Command> {
  return desk.ask('siteCommand', { site: siteId, request, vmcNo, name, input: input as never });
}

/** Both ways to say no are texts: the refusal is in the error. */
const refusal = (wish: Promise<Command>): Promise<string> =>
  wish.then(
    () => 'given',
    (error: unknown) => /"code":"(\w+)"/.exec(String(error))?.[1] ?? String(error),
  );

const commandsIn = (file: string): readonly Command[] => {
  const db = new DatabaseSync(file, { readOnly: true });
  const rows = db.prepare('SELECT body FROM commands ORDER BY id').all() as readonly {
    readonly body: string;
  }[];
  db.close();
  return rows.map(({ body }) => JSON.parse(body) as Command);
};
const ofSite = (): readonly Command[] => commandsIn(folder('site', 'journal.sqlite'));
const ofDesk = (): readonly Command[] => {
  const own = folder('desk', 'sites', siteId);
  const files = existsSync(own) ? readdirSync(own).filter((name) => name.endsWith('.sqlite')) : [];
  return files.flatMap((name) => commandsIn(join(own, name)));
};

describe.runIf(hasBroker)('a command of support', () => {
  it('is carried out once, and its proof comes back', { timeout: 120_000 }, async () => {
    // As an administrator writes it for a computer without a window.
    const allowedUntil = new Date(Date.now() + hour).toISOString();
    const world = await startWorld((broker) => broker.port, { allowedUntil });
    machineAt(world.machinePort, linux, 'linux');
    await expect.poll(() => isOnline(world, linux), { timeout: 30_000 }).toBe(true);
    const request = randomUUID();
    await expect
      .poll(() => refusal(give(world, linux, 'queryStatus', {}, request)), { timeout: 20_000 })
      .toBe('given');
    await expect.poll(() => ofDesk().map(({ state }) => state), { timeout: 30_000 }).toEqual(['confirmed']);
    const [there] = ofSite();
    expect(ofDesk()).toEqual([there]);
    expect(there?.from).toMatchObject({ request });
    // The same request gives no second command.
    expect(await refusal(give(world, linux, 'queryStatus', {}, request))).toBe('siteTooLate');
    expect(ofSite()).toHaveLength(1);
    // The rules of the site apply.
    expect(await refusal(give(world, 99_999, 'queryStatus'))).toBe('unknownMachine');
    expect(await refusal(give(world, linux, 'setDiscount', { discount: 'odd' }))).toBe('badInput');
    expect(await refusal(give(world, linux, 'upgrade', { package: 'x' }))).toBe('siteNotAcross');
    expect(ofSite()).toHaveLength(1);
    const lines = (await world.site.ask('audit', { filter: everyLine, before: null, limit: 50 })).rows.map(
      ({ entry }) => entry,
    );
    expect(lines.find((one) => one?.act === 'supportCommand' && one.refused === null)).toMatchObject({
      vmcNo: linux,
      what: { request, name: 'queryStatus', allowedBy: 'time' },
    });
    const here = (await world.desk.ask('audit', { filter: everyLine, before: null, limit: 50 })).rows.map(
      ({ entry }) => entry,
    );
    expect(here.find((one) => one?.act === 'siteCommand' && one.refused === null)).toMatchObject({
      vmcNo: linux,
      what: { request, site: 'North', name: 'queryStatus' },
    });
    // Without the site nobody waits.
    await world.site.end();
    expect(await refusal(give(world, linux, 'queryStatus'))).toBe('siteAway');
  });

  it('is not carried out again after a hundred others and a restart', { timeout: 120_000 }, async () => {
    const world = await startWorld((broker) => broker.port, { allowedUntil: Date.now() + hour });
    machineAt(world.machinePort, linux, 'linux');
    await expect.poll(() => isOnline(world, linux), { timeout: 30_000 }).toBe(true);
    const request = randomUUID();
    await expect
      .poll(() => refusal(give(world, linux, 'queryStatus', {}, request)), { timeout: 20_000 })
      .toBe('given');
    await expect.poll(() => ofSite().map(({ state }) => state), { timeout: 30_000 }).toEqual(['confirmed']);
    await world.site.end();
    const [first] = ofSite();
    if (first === undefined) throw new Error('no command');
    const { from: _support, ...own } = first;
    const store = openStore(folder('site', 'journal.sqlite'));
    const later = Array.from({ length: 150 }, (_, n) => ({ ...own, id: first.id + 1 + n }));
    store.append(batchOf({ commands: later }));
    store.close();
    const site = await startOne('site', world.machinePort);
    await expect.poll(() => isOnline({ site }, linux), { timeout: 30_000 }).toBe(true);
    const before = arrived.get(`${linux} statusquery`);
    await expect
      .poll(() => refusal(give(world, linux, 'queryStatus', {}, request)), { timeout: 20_000 })
      .toBe('siteTooLate');
    expect(ofSite().filter(({ from }) => from?.request === request)).toHaveLength(1);
    expect(arrived.get(`${linux} statusquery`)).toBe(before);
  });

  it('needs a person or a permission', { timeout: 60_000 }, async () => {
    const world = await startWorld((broker) => broker.port, {});
    machineAt(world.machinePort, linux, 'linux');
    await expect.poll(() => isOnline(world, linux), { timeout: 30_000 }).toBe(true);
    await expect
      .poll(() => refusal(give(world, linux, 'queryStatus')), { timeout: 20_000 })
      .toBe('siteNobodyThere');
    await world.site.ask('allowSupport', { id: siteId, for: hour });
    expect(await refusal(give(world, linux, 'queryStatus'))).toBe('given');
    await world.site.ask('allowSupport', { id: siteId, for: null });
    expect(await refusal(give(world, linux, 'querySupplies'))).toBe('siteNobodyThere');
    // Without the broker the site counts the entries that wait.
    await world.broker.kill();
    const waits = async (): Promise<unknown> => {
      const { sites } = await world.site.ask('snapshot', undefined);
      const progress = sites.sites[0]?.progress;
      return [progress?.status, (progress?.behind ?? 0) > 0];
    };
    machineAt(world.machinePort, second, 'linux');
    await expect.poll(waits, { timeout: 30_000 }).toEqual(['waiting', true]);
  });

  it('is never carried out twice over a bad network', { timeout: 240_000 }, async () => {
    const links: WeakLink[] = [];
    const world = await startWorld(
      async ({ port }) => {
        const link = await weakLink(port, 7);
        links.push(link);
        ends.push(link.close);
        return link.port;
      },
      { allowedUntil: Date.now() + hour },
    );
    machineAt(world.machinePort, linux, 'linux');
    machineAt(world.machinePort, second, 'linux');
    for (const one of [linux, second])
      await expect.poll(() => isOnline(world, one), { timeout: 30_000 }).toBe(true);
    const given = new Map<string, string>();
    const end = Date.now() + 12_000;
    const keepGiving = async (vmcNo: number): Promise<void> => {
      while (Date.now() < end) {
        const request = randomUUID();
        given.set(request, await refusal(give(world, vmcNo, 'queryStatus', {}, request)));
        await new Promise((resolve) => setTimeout(resolve, 300));
      }
    };
    const cutSometimes = async (): Promise<void> => {
      for (let cuts = 0; cuts < 3; cuts += 1) {
        await new Promise((resolve) => setTimeout(resolve, 3_500));
        for (const link of links) link.cut();
      }
    };
    await Promise.all([keepGiving(linux), keepGiving(second), cutSometimes()]);
    for (const link of links) link.isWeak = false;
    await expect
      .poll(() => refusal(give(world, linux, 'queryStatus')), { timeout: 60_000, interval: 1_000 })
      .toBe('given');
    // Late bytes arrive, and the desk learns how each command ended.
    await expect
      .poll(() => ofSite().every(({ state }) => !openStates.has(state)), { timeout: 90_000 })
      .toBe(true);
    const atSite = ofSite();
    await expect.poll(() => sameAs(atSite, ofDesk()), { timeout: 60_000 }).toEqual([]);
    const requests = atSite.map(({ from }) => from?.request);
    expect(new Set(requests).size).toBe(requests.length);
    expect(requests.length).toBeGreaterThan(0);
    const wrong = [...given].filter(
      ([request, outcome]) =>
        outcome !== 'siteUnknown' && requests.includes(request) !== (outcome === 'given'),
    );
    expect(wrong).toEqual([]);
    expect([...given.values()].filter((one) => one === 'given').length).toBeGreaterThan(0);
    // Each command is one frame at its machine, and each confirmed one has its evidence in the site's journal.
    for (const command of atSite.filter(({ state }) => state === 'confirmed'))
      expect(command.steps.some(({ entry }) => entry !== null)).toBe(true);
    for (const vmcNo of [linux, second]) {
      const sent = atSite.filter((one) => one.vmcNo === vmcNo && one.sentAt !== null).length;
      expect(arrived.get(`${vmcNo} statusquery`) ?? 0, String(vmcNo)).toBe(sent);
      const done = deeds.filter(
        (one) => one.vmcNo === vmcNo && one.did === 'reportedStatus' && one.cause.by === 'frame',
      ).length;
      const shown = ofDesk().filter((one) => one.vmcNo === vmcNo && one.state === 'confirmed').length;
      expect(done, String(vmcNo)).toBeLessThanOrEqual(sent);
      expect(done, String(vmcNo)).toBeGreaterThanOrEqual(shown);
    }
  });
});

/** Commands that one side has and the other has not, or has otherwise. A command with the outcome "unknown" has no row at the desk. */
const sameAs = (site: readonly Command[], desk: readonly Command[]): readonly Command[] =>
  desk.filter((one) => {
    const own = site.find(({ id }) => id === one.id);
    return own === undefined || !isDeepStrictEqual(own, one);
  });
