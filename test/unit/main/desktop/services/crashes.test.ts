/** Crash notes: written with their context, reported until a person has seen them. */
import { existsSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { AppLog } from '../../../../../src/main/desktop/log/appLog';
import { crashesService, type CrashesService } from '../../../../../src/main/desktop/services/crashes';
import { useFolder } from '../../../../builders/useFolder';

const folder = useFolder();
const running: CrashesService[] = [];
afterEach(async () => {
  for (const one of running.splice(0)) await one.stop?.();
});

const notes = (): string => folder('crashes');
const clock = { now: 1_000_000 };

async function begin() {
  const told: string[] = [];
  const log = new AppLog({
    folder: folder('logs'),
    now: () => clock.now,
    terminal: { line: () => undefined, problem: () => undefined },
  });
  const service = crashesService({
    directory: notes(),
    dumps: folder('dumps'),
    now: () => clock.now,
    log,
    facts: {
      appVersion: '1.2.3',
      build: 'test',
      platformName: 'linux',
      systemLanguage: 'en',
      languageSwitch: null,
    },
    crashFacts: () => ({ machines: { known: 3, online: 2 }, screens: ['orders'] }),
    changed: (part) => void told.push(part),
  });
  running.push(service);
  await service.start?.();
  const note = (id: string): unknown => {
    const { text } = service.requests.crashNote({ id }, { windowId: 1, screen: '', capture: null }) as {
      readonly text: string;
    };
    return JSON.parse(text);
  };
  return { service, told, log, note };
}

it('a death is written with its context and the last lines, and reported at once', async () => {
  const { service, told, log, note } = await begin();
  log.from('server').line('machines: listening on 127.0.0.1:4567');
  clock.now += 90_000;
  service.died('server', 'Error: a bug', true);
  expect(told).toEqual(['crashes']);
  const [crash] = service.live.crashes();
  expect(crash).toEqual({ id: `${clock.now}-server`, what: 'server', at: clock.now, again: true });
  expect(note(crash?.id ?? '')).toMatchObject({
    reason: 'Error: a bug',
    crema: '1.2.3',
    build: 'test',
    machines: { known: 3, online: 2 },
    screens: ['orders'],
    ranFor: '90 s',
    log: [expect.stringContaining('Crema 1.2.3 (test, node '), expect.stringContaining('listening on')],
  });
  expect(readFileSync(folder('logs', 'crema.log'), 'utf8')).toContain(
    'error main: crash.server: Error: a bug',
  );
});

it('two in one moment have a note each, and twenty are kept', async () => {
  const { service } = await begin();
  service.died('window', 'one', true);
  service.died('window', 'two', true);
  expect(new Set(service.live.crashes().map(({ id }) => id)).size).toBe(2);
  for (let n = 0; n < 30; n += 1) {
    clock.now += 1_000;
    service.died('window', String(n), true);
  }
  expect(readdirSync(notes()).filter((name) => name !== 'running.json')).toHaveLength(20);
});

it('an unseen note is reported at the next start; a seen note is not', async () => {
  const first = await begin();
  first.service.died('journal', 'a bug', true);
  await first.service.stop?.();
  const second = await begin();
  expect(second.service.live.crashes()).toMatchObject([{ what: 'journal' }]);
  await second.service.requests.crashesSeen(undefined, { windowId: 1, screen: '', capture: null });
  expect(second.service.live.crashes()).toEqual([]);
  await second.service.stop?.();
  expect((await begin()).service.live.crashes()).toEqual([]);
});

it('an unclean end of a run is reported by the next one, with its last lines and images', async () => {
  const killed = await begin();
  killed.log.from('main').line('the last words');
  // As a killed process leaves it.
  const left = readFileSync(join(notes(), 'running.json'), 'utf8');
  await killed.service.stop?.();
  expect(existsSync(join(notes(), 'running.json'))).toBe(false);
  writeFileSync(join(notes(), 'running.json'), left);
  mkdirSync(folder('dumps', 'pending'), { recursive: true });
  writeFileSync(folder('dumps', 'pending', '1.dmp'), '');
  const next = await begin();
  const [crash] = next.service.live.crashes();
  expect(crash).toMatchObject({ what: 'app', again: true });
  expect(next.note(crash?.id ?? '')).toMatchObject({
    machines: { known: 3, online: 2 },
    dumps: [join('pending', '1.dmp')],
    log: expect.arrayContaining([expect.stringContaining('the last words')]) as unknown,
  });
});

it('a mark of a run that can’t be read counts as well', async () => {
  mkdirSync(notes(), { recursive: true });
  writeFileSync(join(notes(), 'running.json'), '{');
  expect((await begin()).service.live.crashes()).toMatchObject([{ what: 'app' }]);
});

it('a clean end of a run leaves nothing, even if a process dies during the end', async () => {
  const { service } = await begin();
  await service.stop?.();
  service.died('helper', 'killed', true);
  expect((await begin()).service.live.crashes()).toEqual([]);
});

it('a folder that takes nothing costs the notes and nothing else', async () => {
  writeFileSync(notes(), 'a file');
  const { service } = await begin();
  service.died('window', 'gone', true);
  expect(service.live.crashes()).toEqual([]);
  expect(readFileSync(folder('logs', 'crema.log'), 'utf8')).toContain('crash.window: gone');
});

it('of the crash reporter’s images the five newest stay', async () => {
  const images = folder('dumps', 'completed');
  mkdirSync(images, { recursive: true });
  for (let n = 1; n <= 7; n += 1) {
    for (const ending of ['dmp', 'meta']) writeFileSync(join(images, `${n}.${ending}`), '');
    utimesSync(join(images, `${n}.dmp`), n, n);
  }
  await begin();
  expect(readdirSync(images).toSorted()).toEqual([3, 4, 5, 6, 7].flatMap((n) => [`${n}.dmp`, `${n}.meta`]));
});

it('names of notes lead nowhere else', async () => {
  const { service } = await begin();
  writeFileSync(folder('secret.json'), '{}');
  expect(() =>
    service.requests.crashNote({ id: '../secret' }, { windowId: 1, screen: '', capture: null }),
  ).toThrow('unknownCrash');
  expect(() =>
    service.requests.crashNote({ id: 'running' }, { windowId: 1, screen: '', capture: null }),
  ).toThrow('unknownCrash');
});

it('the cause of death is reported without data of a machine', async () => {
  const { service, log, note } = await begin();
  log.hide(['q7w8e9r0']);
  service.died('server', 'Error: order 594f803b380a41396ed63dca39503542 of q7w8e9r0 at weixin://pay/a', true);
  const [crash] = service.live.crashes();
  expect(note(crash?.id ?? '')).toMatchObject({ reason: 'Error: order [number] of [code] at [address]' });
});
