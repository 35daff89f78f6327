import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folder, nearestExisting } from '../../../../../../src/main/tools/doctor/checks/folder';
import { codesOf, computer, factsOf } from '../../../../../builders/doctor';
import { useFolder } from '../../../../../builders/useFolder';

const root = useFolder();

describe('the data folder', () => {
  it('is writable, or can be created, and stays unchanged', async () => {
    mkdirSync(root('data'));
    const before = factsOf(root());
    expect(codesOf(await folder(computer({ folder: root('data') })))).toEqual(['ok writable']);
    expect(codesOf(await folder(computer({ folder: root('new', 'one') })))).toEqual(['ok toBeMade']);
    expect(factsOf(root())).toEqual(before);
  });

  it('is read-only, or can’t be created', async () => {
    const refuse = (): Promise<void> => Promise.reject(Object.assign(new Error('no'), { code: 'EROFS' }));
    const found = await folder(computer({ folder: root() }), refuse);
    expect(codesOf(found)).toEqual(['problem notWritable']);
    expect(found[0]?.params).toEqual({ folder: root(), detail: 'EROFS' });
    const above = await folder(computer({ folder: root('new') }), refuse);
    expect(codesOf(above)).toEqual(['problem cannotBeMade']);
  });

  it('is a file, or inside one', async () => {
    const file = root('file');
    writeFileSync(file, '');
    expect(codesOf(await folder(computer({ folder: file })))).toEqual(['problem noFolder']);
    const below = await folder(computer({ folder: join(file, 'data') }));
    expect(codesOf(below)).toEqual(['problem belowNoFolder']);
    expect(below[0]?.params).toEqual({ folder: join(file, 'data'), above: file });
  });

  it('the nearest existing parent', async () => {
    expect(await nearestExisting(root('a', 'b'))).toBe(root());
    expect(await nearestExisting(root())).toBe(root());
  });
});
