import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pressed } from '../../../builders/pressed';
import { keyNames, keys } from '#shared/keys';
import { ariaKey, isKey, keyText, withKey } from '../../../../src/renderer/src/ui/keys';

describe('the table of keys', () => {
  it('gives a key once where it is heard: those of a list also to what is opened of it, those of the window everywhere', () => {
    for (const name of keyNames) {
      const { key, where } = keys[name];
      const heard = keyNames.filter(
        (other) => [where, 'list', 'window'].includes(keys[other].where) && keys[other].key === key,
      );
      expect(heard, key).toEqual([name]);
    }
  });

  it('has every key that is bound: a letter of its own stands nowhere else', () => {
    const source = join(import.meta.dirname, '../../../../src/renderer/src');
    const own = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter(
      (file) =>
        /\.tsx?$/.test(file) &&
        /\.key === '(?:.|Home|End|Delete)'/.test(readFileSync(join(source, file), 'utf8')),
    );
    expect(own).toEqual([]);
  });
});

describe('whether a key is pressed', () => {
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

it('keys are named as they are written on a keyboard, and for a screen reader', () => {
  expect(keyText('openFile')).toBe('Ctrl+O');
  expect(keyText('newWindow')).toBe('Ctrl+Shift+N');
  expect(keyText('close')).toBe('Esc');
  expect(keyText('previousSame')).toBe('[');
  expect(withKey('Pause', 'follow')).toBe('Pause (F)');
  expect(ariaKey('newWindow')).toBe('Control+Shift+n');
});
