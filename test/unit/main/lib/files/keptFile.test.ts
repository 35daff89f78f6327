import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { copyOf, readKept } from '../../../../../src/main/lib/files/keptFile';
import { writeKept } from '../../../../../src/main/lib/files/writeKept';
import { openPlainly } from '../../../../../src/main/lib/settings/settingsFile';
import { SettingsStore } from '../../../../../src/main/lib/settings/store';
import { useFolder } from '../../../../builders/useFolder';

const folder = useFolder();
let file: string;
const noKeys = { available: () => false, encrypt: String, decrypt: String };

beforeEach(() => {
  file = folder('settings.json');
});

const deep = 50_000;
const nested = {
  closed: `{"value":${'['.repeat(deep)}${']'.repeat(deep)}}`,
  'closed, with a checksum': `{"value":${'['.repeat(deep)}${']'.repeat(deep)},"check":"0"}`,
  'cut off': `{"value":${'['.repeat(deep)}`,
  'objects, cut off': '{"value":'.repeat(deep),
};

describe('a file nested deeper than the stack', () => {
  it.each(Object.entries(nested))('is damaged and unreadable: %s', (_name, text) => {
    writeFileSync(file, text);
    expect(readKept(file)).toMatchObject({ state: 'damaged', parts: null, isReadable: false });
  });

  it.each(Object.entries(nested))('costs nothing if its copy is sound: %s', (_name, text) => {
    writeKept(file, { value: 1 });
    writeFileSync(file, text);
    expect(readKept(file)).toMatchObject({ state: 'fromCopy', parts: { value: 1 } });
  });

  it.each(Object.entries(nested))('costs nothing if it is the copy: %s', (_name, text) => {
    writeKept(file, { value: 1 });
    writeFileSync(copyOf(file), text);
    expect(readKept(file)).toMatchObject({ state: 'sound', parts: { value: 1 }, isSafe: false });
  });
});

describe.skipIf(process.platform === 'win32')('a special file in its place', () => {
  it.each<[string, (path: string) => void]>([
    ['a pipe', (path) => void execFileSync('mkfifo', [path])],
    ['a device without an end', (path) => symlinkSync('/dev/zero', path)],
    ['a folder', (path) => mkdirSync(path)],
  ])('is not read: %s', (_name, put) => {
    put(file);
    expect(readKept(file)).toMatchObject({
      state: 'damaged',
      parts: null,
      isReadable: false,
      detail: 'it is not a regular file',
    });
  });
});

describe.skipIf(process.platform === 'win32')('a link in place of the file, or of its copy', () => {
  it.each(['file', 'copy'])('is replaced, and the file elsewhere stays: %s', (which) => {
    const mine = '{"name":"mine"}';
    writeFileSync(folder('elsewhere.json'), mine, { mode: 0o644 });
    symlinkSync(folder('elsewhere.json'), which === 'file' ? file : copyOf(file));
    writeKept(file, { ...readKept(file).parts, value: 1 });
    expect(readFileSync(folder('elsewhere.json'), 'utf8')).toBe(mine);
    expect(statSync(folder('elsewhere.json')).mode & 0o777).toBe(0o644);
    const parts = which === 'file' ? { name: 'mine', value: 1 } : { value: 1 };
    expect(readKept(file)).toMatchObject({ state: 'sound', isSafe: true, parts });
    expect(readdirSync(folder()).toSorted()).toEqual([
      'elsewhere.json',
      'settings.copy.json',
      'settings.json',
    ]);
  });

  it('that leads to a settings file gives its settings, which are changed here only', () => {
    const other = new SettingsStore(folder('other'), noKeys, openPlainly);
    other.change({ theme: 'dark', currency: '€' });
    const before = readFileSync(folder('other/settings.json'), 'utf8');
    symlinkSync(folder('other/settings.json'), file);
    const store = new SettingsStore(folder(), noKeys, openPlainly);
    expect(store.settings.currency).toBe('€');
    store.change({ theme: 'light' });
    expect(readFileSync(folder('other/settings.json'), 'utf8')).toBe(before);
    const { settings, loss } = new SettingsStore(folder(), noKeys, openPlainly);
    expect([settings.theme, settings.currency, loss]).toEqual(['light', '€', null]);
  });
});
