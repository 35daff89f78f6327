/** The server without a window starts on damaged settings and journals: it serves machines and reports the damage. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from '@photostructure/sqlite';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openPlainly } from '../../src/main/lib/settings/settingsFile';
import { SettingsStore } from '../../src/main/lib/settings/store';
import { appBundles, type Bundles } from '../builders/bundles';
import {
  damagedSettings,
  makeSettings,
  wholeSettings,
  type DamagedSettings,
} from '../builders/damagedSettings';
import { logIn } from '../builders/room';
import { freePorts, Served } from '../builders/served';
import { RawClient } from '../builders/server';
import { useFolder } from '../builders/useFolder';

let bundles: Bundles;
const folder = useFolder();
const running: Served[] = [];

beforeAll(() => {
  bundles = appBundles();
});
afterEach(async () => {
  for (const one of running.splice(0)) await one.end('SIGKILL');
});
afterAll(() => bundles.remove());

function serve(...switches: readonly string[]): Served {
  const one = new Served(bundles.directory, [...freePorts, `--data-dir=${folder()}`, ...switches]);
  running.push(one);
  return one;
}

const settingsStore = (): SettingsStore =>
  new SettingsStore(folder(), { available: () => false, encrypt: String, decrypt: String }, openPlainly);

async function served(one: Served): Promise<void> {
  const client = await RawClient.open(await one.port());
  await logIn(client);
  client.socket.destroy();
}

/** Starts on damaged settings: machines are served, and the log names the kept file. */
async function startOn(damaged: Pick<DamagedSettings, 'made'>): Promise<void> {
  makeSettings(folder(), damaged);
  const first = serve();
  await served(first);
  const copy = readdirSync(folder()).find((name) => name.startsWith('settings.damaged-'));
  expect(copy).toBeDefined();
  expect(first.text).toContain(`settings: the file is kept as it was: ${folder(copy ?? '')}`);
  expect(first.text).not.toMatch(/^\s+at /m);
  expect(await first.end('SIGTERM')).toBe(0);
}

function damageState(): void {
  const db = new DatabaseSync(folder('journal.sqlite'));
  db.exec(`UPDATE machines SET state = replace(state, '"vmcNo":', '"vmcNo";')`);
  db.close();
}

describe('settings', () => {
  const named = (wanted: string): DamagedSettings => {
    const found = damagedSettings.find(({ name }) => name === wanted);
    if (found === undefined) throw new Error(wanted);
    return found;
  };
  // test/unit/main/lib/settings/store.test.ts lists the losses for each damaged file.
  it('that are lost as a whole: machines are served, and the log names the kept file', async () => {
    await startOn(named('a folder'));
    // The next start finds no problems.
    expect(settingsStore().problems).toEqual([]);
  });

  it('with some invalid values, then a machine’s state: each is reported once, and machines are served at every start', async () => {
    await startOn({
      made: JSON.stringify({
        settings: { ...wholeSettings.settings, machineListen: { host: 'here', port: '9700' } },
        machines: { ...wholeSettings.machines, 33232: 'Lobby', lobby: { name: ['Lobby'] } },
        secrets: { ...wholeSettings.secrets, 33232: 12_345_678 },
        window: { width: 'wide' },
      }),
    });
    expect(settingsStore().problems).toEqual([]);
    damageState();
    const second = serve();
    await served(second);
    expect(second.text).not.toContain('settings:');
    expect(settingsStore().problems).toEqual([]);
    await expect
      .poll(() => second.text)
      .toContain('journal: damaged and set aside: 1 machine states, computed again from their entries');
    expect(await second.end('SIGTERM')).toBe(0);
    const third = serve();
    await served(third);
    expect(third.text).not.toContain('damaged');
  });

  it('that can’t be copied first are not overwritten until they can', (context) => {
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'none', folder()], { stdio: 'ignore' });
    } catch {
      context.skip('a disk can be mounted by root on Linux only');
    }
    try {
      const text = '{"settings":{"theme":"pink","language":"en"}}';
      const file = folder('settings.json');
      writeFileSync(file, text);
      execFileSync('mount', ['-o', 'remount,ro', folder()]);
      const store = settingsStore();
      expect(store.loss).toMatchObject({ copy: null, lost: [{ machine: null, key: 'theme' }] });
      expect(store.loss?.refused).toContain('EROFS');
      expect(store.change({ theme: 'dark' })).toContain('EROFS');
      expect(readFileSync(file, 'utf8')).toBe(text);
      execFileSync('mount', ['-o', 'remount,rw', folder()]);
      expect(store.change({ directLink: { vmcNo: 7, tells: true } })).toBeNull();
      expect(readFileSync(store.loss?.copy ?? '', 'utf8')).toBe(text);
      expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
        settings: { theme: 'dark', language: 'en', directLink: { vmcNo: 7, tells: true } },
      });
    } finally {
      execFileSync('umount', [folder()]);
    }
  });
});
