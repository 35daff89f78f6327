import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { copyOf, readKept } from '../../../../../src/main/lib/files/keptFile';
import { writeKept } from '../../../../../src/main/lib/files/writeKept';
import { useFolder } from '../../../../builders/useFolder';

const folder = useFolder();
let file: string;

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

describe.skipIf(process.platform === 'win32')('a link in place of the copy', () => {
  it('is replaced, and the file elsewhere stays', () => {
    writeFileSync(folder('elsewhere'), 'mine');
    symlinkSync(folder('elsewhere'), copyOf(file));
    writeKept(file, { value: 1 });
    expect(readFileSync(folder('elsewhere'), 'utf8')).toBe('mine');
    expect(readKept(file)).toMatchObject({ state: 'sound', isSafe: true });
  });
});
