/** A settings file with a copy: one flipped bit loses no value, and no loss goes unreported. */
import { copyFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { readKept } from '../../../../../src/main/lib/files/keptFile';
import { Random } from '../../../../../src/main/tools/simulator/random';
import { openPlainly } from '../../../../../src/main/lib/settings/settingsFile';
import { SettingsStore, type KeyStore } from '../../../../../src/main/lib/settings/store';
import { flipBit } from '../../../../builders/bitFlips';
import { makeSettings, wholeSettings } from '../../../../builders/damagedSettings';
import { memory } from '../../../../builders/folders';
import { useFolder } from '../../../../builders/useFolder';

const keyStore: KeyStore = {
  available: () => true,
  encrypt: (code) => Buffer.from(code).toString('base64'),
  decrypt: (sealed) => Buffer.from(sealed, 'base64').toString(),
};

const folder = useFolder('each', memory);
let file = '';
let copy = '';
beforeEach(() => {
  file = folder('settings.json');
  copy = folder('settings.copy.json');
  makeSettings(folder(), { made: JSON.stringify(wholeSettings) });
  // The first start on a file of an earlier version writes the copy.
  open();
});

const open = (): SettingsStore => new SettingsStore(folder(), keyStore, openPlainly);
const known = (store: SettingsStore) => ({
  settings: store.settings,
  machines: Object.fromEntries(store.configs),
  window: store.window,
  codes: Object.fromEntries(store.codes()),
});
const aside = (): readonly string[] => readdirSync(folder()).filter((name) => name.includes('.damaged-'));
const noLoss = { lost: [], unsure: [], isUnproven: false, copy: null } as const;
const change = (path: string, from: string, to: string): void =>
  writeFileSync(path, readFileSync(path, 'utf8').replace(from, to));

it('200 flipped bits, one per start, in the file or its copy: nothing is lost, and damage is reported', () => {
  const whole = known(open());
  const before = new Map([file, copy].map((one) => [one, readFileSync(one)]));
  const random = new Random(49);
  let reported = 0;
  for (let n = 0; n < 200; n += 1) {
    for (const [one, bytes] of before) writeFileSync(one, bytes);
    flipBit(n % 4 === 0 ? copy : file, random);
    const store = open();
    expect(known(store)).toEqual(whole);
    const { lost, unsure, isUnproven, copy: kept } = store.loss ?? noLoss;
    expect([lost, unsure, isUnproven]).toEqual([[], [], false]);
    expect(aside()).toEqual(kept === null ? [] : [basename(kept)]);
    for (const name of aside()) rmSync(folder(name));
    reported += Number(kept !== null);
    // The next start finds both sound again.
    expect(readKept(file)).toMatchObject({ state: 'sound', isSafe: true });
  }
  // A flipped bit between two values changes nothing, and one in the copy costs nothing.
  expect(reported).toBeGreaterThan(100);
});

describe('a damaged value', () => {
  it('is taken from the copy and reported', () => {
    change(file, '"Hall"', '"Halm"');
    const store = open();
    expect(store.config(44401).name).toBe('Hall');
    expect(store.loss).toMatchObject({ lost: [], fromCopy: [{ machine: '44401', key: 'name' }] });
    expect(aside()).toHaveLength(1);
    expect(readFileSync(store.loss?.copy ?? '', 'utf8')).toContain('"Halm"');
    expect(store.problems.join('\n')).toContain('as in the copy: name of machine 44401');
  });

  it('of a file without a checksum is taken from the copy, the others from the file', () => {
    const settings = { ...wholeSettings.settings, theme: 7, language: 'zh-CN' };
    writeFileSync(file, JSON.stringify({ ...wholeSettings, settings }));
    const store = open();
    expect([store.settings.theme, store.settings.language]).toEqual(['dark', 'zh-CN']);
    expect(store.loss).toMatchObject({ lost: [], fromCopy: [{ machine: null, key: 'theme' }] });
  });

  it('in file and copy is the default and reported as lost; a differing one is reported as unsure', () => {
    change(file, '"theme": "dark"', '"theme": "dask"');
    change(file, '"Hall"', '"Halm"');
    copyFileSync(file, copy);
    change(copy, '"Halm"', '"Hull"');
    const store = open();
    expect(store.settings.theme).toBe('system');
    expect(store.config(44401).name).toBe('Halm');
    expect(store.loss?.isUnproven).toBe(true);
    expect(store.loss?.lost).toContainEqual({ machine: null, key: 'theme' });
    expect(store.loss?.unsure).toContainEqual({ machine: '44401', key: 'name' });
  });

  it('of a machine with a broken line is taken from the copy, even if the copy is not proven', () => {
    change(copy, '"dark"', '"light"');
    change(file, '"Lobby"', '"Lob');
    const store = open();
    expect([...store.configs.values()].map(({ name }) => name)).toEqual(['Lobby', 'Hall']);
    expect(store.loss).toMatchObject({ isUnproven: true, lost: [] });
    expect(store.loss?.unsure).toContainEqual({ machine: null, key: 'theme' });
  });
});

it('a missing file is restored from its copy and reported', () => {
  const whole = known(open());
  rmSync(file);
  const store = open();
  expect(known(store)).toEqual(whole);
  expect(store.loss).toMatchObject({ lost: [], fromCopy: null, copy: '' });
  expect(open().loss).toBeNull();
});

it('temporary files of a killed process are removed', () => {
  const left = ['settings.json.tmp-1733322211', 'settings.copy.json.tmp-1733322212'];
  for (const name of left) writeFileSync(folder(name), '{');
  open();
  expect(readdirSync(folder()).toSorted()).toEqual(['settings.copy.json', 'settings.json']);
});
