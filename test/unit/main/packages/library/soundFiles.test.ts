/** When a package's file is read to its end before it is served, and what comes of one that is another by now. */
import { createHash } from 'node:crypto';
import { appendFileSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { hashFile } from '../../../../../src/main/packages/library/hashFile';
import { SoundFiles } from '../../../../../src/main/packages/library/soundFiles';
import { pkg } from '../../../../builders/rows';

let folder = '';
let file = '';
const content = Buffer.alloc(3_000_000, 'a package ');
const id = createHash('sha256').update(content).digest('hex');
const hosted = () => ({ pkg: pkg({ id, size: content.length }), file });
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'crema-sound-'));
  file = join(folder, 'a.zip');
  writeFileSync(file, content);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** `hashed`: how often it was read to its end; `meanwhile`: what happens as it is. */
function counting(meanwhile: () => void = () => undefined) {
  const counts = { hashed: 0 };
  const faults: (string | null)[] = [];
  const files = new SoundFiles({
    hash: async (path) => {
      counts.hashed += 1;
      const { sha256 } = await hashFile(path, ['sha256']);
      meanwhile();
      return sha256;
    },
    now: Date.now,
    onLooked: ({ fault }) => faults.push(fault),
  });
  return { files, counts, faults };
}
const sound = { mark: expect.any(String) as string };

it('is read once, however many ask meanwhile and after', async () => {
  const { files, counts } = counting();
  const asked = await Promise.all([files.look(hosted()), files.look(hosted()), files.look(hosted())]);
  expect(asked).toEqual([sound, sound, sound]);
  expect(await files.look(hosted())).toEqual(sound);
  expect(counts.hashed).toBe(1);
});

it('is read again where it was written anew, and served no more where it is another', async () => {
  const { files, counts, faults } = counting();
  expect(await files.look(hosted())).toEqual(sound);
  // The same bytes.
  utimesSync(file, 5, 5);
  expect(await files.look(hosted())).toEqual(sound);
  expect(counts.hashed).toBe(2);
  writeFileSync(file, Buffer.from(content).fill(0, 5, 6));
  expect(await files.look(hosted())).toEqual({ status: 409 });
  expect(await files.look(hosted())).toEqual({ status: 409 });
  expect(counts.hashed).toBe(3);
  // Its size says it already.
  appendFileSync(file, 'x');
  expect(await files.look(hosted())).toEqual({ status: 409 });
  expect(counts.hashed).toBe(3);
  writeFileSync(file, content);
  expect(await files.look(hosted())).toEqual(sound);
  // Each look is told.
  expect(faults).toEqual([null, null, 'changed', 'changed', 'changed', null]);
});

it('that changed while it was read is read once more', async () => {
  let left = 1;
  const { files, counts } = counting(() => {
    if (left > 0) utimesSync(file, 7, 7);
    left -= 1;
  });
  expect(await files.look(hosted())).toEqual(sound);
  expect(counts.hashed).toBe(2);
  const always = counting(() => appendFileSync(file, 'x'));
  expect(await always.files.look(hosted())).toEqual({ status: 409 });
});

it('that is gone is said to be gone, and is looked for again', async () => {
  const { files, faults } = counting();
  rmSync(file);
  expect(await files.look(hosted())).toEqual({ status: 404 });
  writeFileSync(file, content);
  expect(await files.look(hosted())).toEqual(sound);
  expect(faults).toEqual(['gone', null]);
});

it('that can’t be read now may be read the next time', async () => {
  let fails = true;
  const faults: (string | null)[] = [];
  const files = new SoundFiles({
    hash: () => {
      if (fails) return Promise.reject(Object.assign(new Error('no'), { code: 'EIO' }));
      return Promise.resolve(id);
    },
    now: Date.now,
    onLooked: ({ fault }) => faults.push(fault),
  });
  expect(await files.look(hosted())).toEqual({ status: 500 });
  fails = false;
  expect(await files.look(hosted())).toEqual(sound);
  expect(faults).toEqual(['unreadable', null]);
});
