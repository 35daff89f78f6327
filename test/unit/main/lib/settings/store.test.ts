/** The settings file: which values are read, and what happens to a damaged file. */
import { lstatSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { firstSettings, machineListenOf } from '#shared/model/settings';
import { openPlainly } from '../../../../../src/main/lib/settings/settingsFile';
import { SettingsStore, type KeyStore } from '../../../../../src/main/lib/settings/store';
import { damagedSettings, makeSettings, wholeSettings } from '../../../../builders/damagedSettings';
import { useFolder } from '../../../../builders/useFolder';

const keyStore: KeyStore = {
  available: () => true,
  encrypt: (code) => Buffer.from(code).toString('base64'),
  decrypt: (sealed) => Buffer.from(sealed, 'base64').toString(),
};

const folder = useFolder();

const open = (): SettingsStore => new SettingsStore(folder(), keyStore, openPlainly);
const copies = (): readonly string[] =>
  readdirSync(folder()).filter((name) => !['settings.json', 'settings.copy.json'].includes(name));

describe('a sound file', () => {
  it('is read without a report', () => {
    makeSettings(folder(), { made: JSON.stringify(wholeSettings) });
    const store = open();
    expect(store.loss).toBeNull();
    expect(store.problems).toEqual([]);
    expect(store.settings).toEqual(wholeSettings.settings);
    expect(store.config(33232)).toMatchObject({ name: 'Lobby', platform: 'linux' });
    expect(store.window).toEqual(wholeSettings.window);
    expect(store.code(33232)).toBe('sealed');
    expect(copies()).toEqual([]);
  });

  it('of a newer version keeps unknown values', () => {
    const newer = { ...wholeSettings, settings: { ...wholeSettings.settings, voice: { pitch: 3 } } };
    makeSettings(folder(), { made: JSON.stringify(newer) });
    expect(open().change({ theme: 'light' })).toBeNull();
    const written = JSON.parse(readFileSync(folder('settings.json'), 'utf8')) as typeof newer;
    expect(written.settings).toEqual({ ...newer.settings, theme: 'light' });
    expect(open().loss).toBeNull();
  });

  it('keeps values of other programs, and a deleted folder is restored', () => {
    makeSettings(folder(), { made: JSON.stringify(wholeSettings) });
    const store = open();
    const file = folder('settings.json');
    writeFileSync(file, JSON.stringify({ ...wholeSettings, beside: [1] }));
    expect(store.change({ theme: 'light' })).toBeNull();
    const { check, ...written } = JSON.parse(readFileSync(file, 'utf8')) as { readonly check: unknown };
    expect(written).toEqual({
      ...wholeSettings,
      beside: [1],
      settings: { ...wholeSettings.settings, theme: 'light' },
    });
    expect(check).toMatch(/^[0-9a-f]{64}$/);
    rmSync(folder(), { recursive: true });
    expect(store.change({ theme: 'dark' })).toBeNull();
    expect(open().settings.theme).toBe('dark');
  });

  it('that is damaged or deleted meanwhile is set aside, reported, and written again', () => {
    makeSettings(folder(), { made: JSON.stringify(wholeSettings) });
    const store = open();
    const file = folder('settings.json');
    writeFileSync(file, '{"settings": {');
    expect(store.change({ theme: 'light' })).toBeNull();
    expect(store.loss).toMatchObject({ lost: [], fromCopy: [], copy: folder(copies()[0] ?? '') });
    expect(readFileSync(store.loss?.copy ?? '', 'utf8')).toBe('{"settings": {');
    rmSync(file);
    expect(store.change({ theme: 'dark' })).toBeNull();
    const again = open();
    expect([again.loss, again.settings.theme, again.config(44401).name]).toEqual([null, 'dark', 'Hall']);
    expect(copies()).toHaveLength(1);
  });

  it('of an earlier version turns its error names into own errors, once', () => {
    const { ownErrors: _none, ...others } = wholeSettings.settings;
    const earlier = { ...others, errorNames: { 'ERROR:9A01': 'Steam valve' } };
    makeSettings(folder(), { made: JSON.stringify({ ...wholeSettings, settings: earlier }) });
    const store = open();
    expect(store.loss).toBeNull();
    expect(store.settings.ownErrors).toEqual({ 'ERROR:9A01': { name: 'Steam valve' } });
    expect(store.change({ ownErrors: {} })).toBeNull();
    // Deleted ones do not come back.
    expect(open().settings.ownErrors).toEqual({});
    expect(readFileSync(folder('settings.json'), 'utf8')).not.toContain('Steam valve');
  });

  it('of an earlier version with invalid names reports them', () => {
    const { ownErrors: _none, ...others } = wholeSettings.settings;
    const earlier = { ...others, errorNames: { 'ERROR:9A01': 7 } };
    makeSettings(folder(), { made: JSON.stringify({ ...wholeSettings, settings: earlier }) });
    expect(open().loss?.lost).toEqual([{ machine: null, key: 'ownErrors' }]);
  });

  it('that does not exist yet is not reported as lost', () => {
    const store = open();
    expect(store.loss).toBeNull();
    expect(store.change({ theme: 'dark' })).toBeNull();
    expect(store.setCode(7, '12345678')).toBeNull();
    expect(store.changeMachines(new Map([[7, { name: 'Hall' }]]))).toBeNull();
    const again = open();
    expect([again.settings.theme, again.code(7), again.config(7).name]).toEqual(['dark', '12345678', 'Hall']);
  });
});

describe('the suggested port before one was chosen', () => {
  const usualPort = (): number => open().settings.usualPort;
  const stored = (content: object): void => makeSettings(folder(), { made: JSON.stringify(content) });

  it('in a new folder is the default of machines, whatever is stored first', () => {
    expect(usualPort()).toBe(4567);
    open().window = { width: 1_000, height: 700, maximized: false };
    expect(usualPort()).toBe(4567);
    open().setCode(7, '12345678');
    expect(usualPort()).toBe(4567);
  });

  it('in a folder of an earlier version stays the same, also after a change', () => {
    stored({ settings: { theme: 'dark', machineListen: null } });
    expect(usualPort()).toBe(9700);
    open().change({ theme: 'light' });
    expect(usualPort()).toBe(9700);
    stored({ window: { width: 1_000, height: 700, maximized: false } });
    expect(usualPort()).toBe(9700);
  });

  it('is absent after an address was chosen', () => {
    const machineListen = { host: '192.0.2.1', port: 9_000 };
    stored({ settings: { machineListen } });
    expect(machineListenOf(open().settings)).toEqual(machineListen);
    stored({ settings: {} });
    expect(machineListenOf(open().settings)).toEqual({ host: '127.0.0.1', port: 9700 });
    expect(machineListenOf(firstSettings)).toEqual({ host: '127.0.0.1', port: 4567 });
  });
});

describe.each(damagedSettings)('a file $name', (damaged) => {
  it('is set aside and reported with its losses, and valid values stay', () => {
    makeSettings(folder(), damaged);
    const was = typeof damaged.made === 'string' ? damaged.made : null;
    const store = open();
    const { loss } = store;
    expect(loss?.lost).toEqual(damaged.lost);
    expect(copies()).toHaveLength(1);
    expect(loss?.copy).toBe(folder(copies()[0] ?? ''));
    expect(loss?.copy).toMatch(/settings\.damaged-[\dT-]+\.json$/);
    const copy = loss?.copy ?? '';
    expect(was === null ? lstatSync(copy).isFile() : readFileSync(copy, 'utf8')).toBe(was ?? false);
    expect(store.problems.length).toBeGreaterThan(1);
    expect(store.problems.at(-1)).toContain(copy);

    const lostKeys = new Set(damaged.lost?.map(({ machine, key }) => `${machine ?? ''} ${key}`));
    const isLost = (...names: readonly string[]): boolean =>
      damaged.lost === null || names.some((name) => lostKeys.has(name));
    expect(store.settings.theme).toBe(isLost(' theme') ? 'system' : 'dark');
    expect(store.settings.machineListen).toEqual(
      isLost(' machineListen') ? null : wholeSettings.settings.machineListen,
    );
    expect(store.config(44401).name).toBe(isLost(' machines', '44401 name') ? '' : 'Hall');
    expect(store.code(44401)).toBe(isLost(' codes') ? null : 'sealed too');
    expect(store.window).toEqual(isLost(' window') ? null : wholeSettings.window);

    // The next start finds no problem, and changes are stored next to the valid values.
    expect(store.changeMachines(new Map([[5, { name: 'Stairs' }]]))).toBeNull();
    const again = open();
    expect(again.loss).toBeNull();
    expect(again.settings).toEqual(store.settings);
    expect(new Map(again.configs)).toEqual(new Map(store.configs));
    expect(again.code(44401)).toBe(store.code(44401));
    expect(copies()).toHaveLength(1);
  });
});

describe('a code sealed elsewhere', () => {
  const elsewhere = (isAvailable: boolean): KeyStore => ({
    ...keyStore,
    available: () => isAvailable,
    decrypt: (sealed) => {
      if (sealed === wholeSettings.secrets[33232]) throw new Error('sealed by another user');
      return keyStore.decrypt(sealed);
    },
  });

  it('is reported as lost, and the file is set aside unchanged', () => {
    const made = JSON.stringify({ ...wholeSettings, settings: { ...wholeSettings.settings, voice: 1 } });
    makeSettings(folder(), { made });
    const store = new SettingsStore(folder(), elsewhere(true), openPlainly);
    expect(store.loss?.lost).toEqual([{ machine: '33232', key: 'code' }]);
    expect(readFileSync(store.loss?.copy ?? '', 'utf8')).toBe(made);
    expect(store.problems[0]).toBe("machine 33232: its verification code can't be opened on this computer");
    expect(store.codesStored()).toEqual({ 44401: 'keyStore' });
    expect(store.code(44401)).toBe('sealed too');
    const again = new SettingsStore(folder(), elsewhere(true), openPlainly);
    expect(again.loss).toBeNull();
    expect(readFileSync(folder('settings.json'), 'utf8')).toContain('"voice": 1');
  });

  it('waits for its key store if there is none now', () => {
    makeSettings(folder(), { made: JSON.stringify(wholeSettings) });
    expect(new SettingsStore(folder(), elsewhere(false), openPlainly).loss).toBeNull();
    expect(copies()).toEqual([]);
    expect(open().code(33232)).toBe('sealed');
  });
});
