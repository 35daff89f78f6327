import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pressed } from '../../../builders/pressed';
import { keyNames, keys } from '#shared/keys';
import { wordsOf } from '../../../builders/wordsOf';
import { ariaKey, isKey, keyText, withKey } from '../../../../src/renderer/src/ui/keys';

describe('the table of keys', () => {
  it('uses a key once per scope: list keys also apply to an opened row, window keys apply everywhere', () => {
    for (const name of keyNames) {
      const { key, where } = keys[name];
      const heard = keyNames.filter(
        (other) => [where, 'list', 'window'].includes(keys[other].where) && keys[other].key === key,
      );
      expect(heard, key).toEqual([name]);
    }
  });

  it('has every bound key: no other code checks letters', () => {
    const source = join(import.meta.dirname, '../../../../src/renderer/src');
    const own = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter(
      (file) =>
        /\.tsx?$/.test(file) &&
        /\.key === '(?:.|Home|End|Delete)'/.test(readFileSync(join(source, file), 'utf8')),
    );
    expect(own).toEqual([]);
  });
});

describe('a pressed key', () => {
  it.each([
    ['next', pressed('j'), true],
    ['next', pressed('J'), true],
    ['next', pressed('J', { shiftKey: true }), false],
    ['next', pressed('j', { ctrlKey: true }), false],
    ['next', pressed('j', { altKey: true }), false],
    ['search', pressed('/', { shiftKey: true }), true],
    ['openFile', pressed('o', { ctrlKey: true }), true],
    ['openFile', pressed('o', { metaKey: true }), true],
    ['openFile', pressed('O', { ctrlKey: true, shiftKey: true }), false],
    ['openFile', pressed('o'), false],
    ['only', pressed('o'), true],
    ['newWindow', pressed('N', { ctrlKey: true, shiftKey: true }), true],
    ['newWindow', pressed('n', { ctrlKey: true }), false],
    ['down', pressed('ArrowDown', { shiftKey: true }), true],
  ] as const)('%s: %o: %s', (name, event, is) => {
    expect(isKey(name, event)).toBe(is);
  });
});

it('keys have names as on a keyboard, and for a screen reader', () => {
  expect(keyText('openFile')).toBe('Ctrl+O');
  expect(keyText('newWindow')).toBe('Ctrl+Shift+N');
  expect(keyText('close')).toBe('Esc');
  expect(keyText('previousSame')).toBe('[');
  expect(withKey(wordsOf('en').t, 'Pause', 'follow')).toBe('Pause (F)');
  expect(ariaKey('newWindow')).toBe('Control+Shift+n');
});
