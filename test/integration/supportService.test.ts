/** The service with its real thread: sequential steps, cancel, the end, and a thread that dies. */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { SupportState } from '#shared/model/support';
import { supportService, type SupportParts } from '../../src/main/desktop/services/support';
import { appBundles, type Bundles } from '../builders/bundles';
import { computer } from '../builders/doctor';
import { frame } from '../builders/frames';
import { writeJournal } from '../builders/journal';
import { membersOf, recordedAs } from '../builders/supportFiles';
import { useFolder } from '../builders/useFolder';

let bundles: Bundles;
const folder = useFolder();
const services: ReturnType<typeof supportService>[] = [];
beforeAll(() => {
  bundles = appBundles();
});
afterAll(() => bundles.remove());
beforeEach(() => {
  mkdirSync(folder('logs'));
  writeFileSync(folder('logs', 'crema.log'), 'it begins\n');
});
afterEach(async () => {
  for (const one of services.splice(0)) await one.stop?.();
});

const order = '594f803b380a41396ed63dca39503542';
const at = Date.now() - 60_000;

function service(more: Partial<SupportParts> = {}) {
  const journal = writeJournal(
    folder('journal.sqlite'),
    recordedAs([frame({ cmd: 'checkorder', vmc_no: 33_232, order_no: order, product_id: 8 })], 'in', at),
  );
  const deaths: string[] = [];
  const one = supportService({
    worker: join(bundles.directory, 'supportWorker.js'),
    directory: folder('session'),
    version: '1.2.3',
    now: Date.now,
    language: () => 'en',
    logs: folder('logs'),
    crashes: folder('crashes'),
    dumps: null,
    journal: () => Promise.resolve(journal),
    journalFile: journal,
    codes: () => [],
    computer: () => ({ computer: computer({ folder: folder(), isItself: true, isOpen: true }), known: [] }),
    facts: () => ({ versions: {}, settings: {}, network: {}, journal: {} }),
    askPlace: () => Promise.resolve(folder('out.zip')),
    changed: () => undefined,
    died: (what, reason) => void deaths.push(`${what} ${reason}`),
    ...more,
  });
  services.push(one);
  const ask = one.requests;
  const sender = { windowId: 1, screen: '', capture: null };
  return {
    deaths,
    state: (): SupportState | null => one.live.support(),
    idle: () => vi.waitFor(() => expect(one.live.support()?.doing ?? null).toBeNull(), 20_000),
    collect: () => ask.supportCollect(undefined, sender),
    frames: (hours: number, machines: readonly number[] | null = null) =>
      ask.supportFrames({ hours, machines: machines === null ? null : [...machines] }, sender),
    save: (without: ('log' | 'crashes' | 'frames')[] = []) => ask.supportSave({ without }, sender),
    cancel: () => ask.supportCancel(undefined, sender),
    end: () => ask.supportEnd(undefined, sender),
  };
}

it('is collected, gets frames, loses them, and is written with the chosen parts', async () => {
  const one = service();
  void one.collect();
  expect(one.state()?.doing?.what).toBe('collect');
  expect(() => one.frames(1)).toThrow('supportBusy');
  await one.idle();
  const kinds = (): readonly string[] => one.state()?.parts.map(({ kind }) => kind) ?? [];
  expect(kinds()).toEqual(['versions', 'settings', 'network', 'journal', 'disk', 'doctor', 'log', 'crashes']);
  void one.frames(1, [33_232]);
  await one.idle();
  expect(one.state()?.frames).toMatchObject({ hours: 1, machines: [33_232], entries: 1, withheld: 0 });
  expect(await one.save(['log'])).toBe('out.zip');
  await one.idle();
  expect(one.state()?.saved).toMatchObject({ file: folder('out.zip') });
  const members = await membersOf(folder('out.zip'));
  expect([...members.keys()]).toContain('frames/frames.jsonl');
  expect([...members.keys()]).not.toContain('log/crema.log');
  expect(JSON.parse(String(members.get('manifest.json')))).toMatchObject({
    crema: '1.2.3',
    leftOutByChoice: ['log'],
    frames: { machines: [33_232], entries: 1 },
  });
  for (const bytes of members.values()) expect(bytes.toString()).not.toContain(order);
  void one.frames(0);
  expect(kinds()).not.toContain('frames');
});

it('a cancelled step keeps the earlier results, and at the end nothing is left on the disk', async () => {
  const one = service();
  void one.collect();
  void one.cancel();
  expect(one.state()).toMatchObject({ doing: null, parts: [], problem: null });
  void one.collect();
  await one.idle();
  const parts = one.state()?.parts;
  expect(parts?.length).toBeGreaterThan(0);
  void one.frames(1);
  void one.cancel();
  await one.idle();
  expect(one.state()).toMatchObject({ parts, frames: null, problem: null });
  void one.end();
  expect(one.state()).toBeNull();
  await services.splice(0)[0]?.stop?.();
  expect(existsSync(folder('session'))).toBe(false);
  await expect(Promise.resolve().then(() => one.save())).rejects.toThrow('supportGone');
});

it('reports why it could not be written, and is written elsewhere then', async () => {
  const places = [folder('nowhere', 'a.zip'), folder('b.zip')];
  const one = service({ askPlace: () => Promise.resolve(places.shift() ?? null) });
  void one.collect();
  await one.idle();
  await one.save();
  await one.idle();
  expect(one.state()).toMatchObject({ saved: null, problem: { code: 'unwritable' } });
  await one.save();
  await one.idle();
  expect(one.state()).toMatchObject({ problem: null, saved: { file: folder('b.zip') } });
  expect(await one.save()).toBeNull();
  expect(readdirSync(folder()).filter((name) => /part|a\.zip/.test(name))).toEqual([]);
});

it('a thread that dies is reported as dead', async () => {
  const worker = folder('dies.mjs');
  writeFileSync(worker, 'throw new Error("a bug")');
  const one = service({ worker });
  void one.collect();
  await one.idle();
  expect(one.state()).toMatchObject({ problem: { code: 'internal', detail: 'a bug' }, parts: [] });
  expect(one.deaths).toEqual(['jobs a bug']);
});
