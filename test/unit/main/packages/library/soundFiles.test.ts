/** When a package file is hashed before it is served, and what happens if the file has changed. */
import { createHash } from 'node:crypto';
import { appendFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { beforeEach, expect, it } from 'vitest';
import { hashFile } from '../../../../../src/main/packages/library/openFile';
import { SoundFiles } from '../../../../../src/main/packages/library/soundFiles';
import { pkg } from '../../../../builders/rows';
import { useFolder } from '../../../../builders/useFolder';

const folder = useFolder();
let file = '';
const content = Buffer.alloc(3_000_000, 'a package ');
const id = createHash('sha256').update(content).digest('hex');
const hosted = () => ({ pkg: pkg({ id, size: content.length }), file });
beforeEach(() => {
  file = folder('a.zip');
  writeFileSync(file, content);
});

/** `hashed`: how often the file was hashed; `meanwhile`: runs during hashing. */
function counting(meanwhile: () => void = () => undefined) {
  const counts = { hashed: 0 };
  const errors: (string | null)[] = [];
  const files = new SoundFiles({
    hash: async (path) => {
      counts.hashed += 1;
      const { sha256 } = await hashFile(path, ['sha256']);
      meanwhile();
      return sha256;
    },
    now: Date.now,
    onLooked: ({ error }) => errors.push(error),
  });
  return { files, counts, errors };
}
const sound = { mark: expect.any(String) as string };

it('is hashed once, for concurrent and later requests', async () => {
  const { files, counts } = counting();
  const asked = await Promise.all([files.check(hosted()), files.check(hosted()), files.check(hosted())]);
  expect(asked).toEqual([sound, sound, sound]);
  expect(await files.check(hosted())).toEqual(sound);
  expect(counts.hashed).toBe(1);
});

it('is hashed again after a write, and not served any more if it differs', async () => {
  const { files, counts, errors } = counting();
  expect(await files.check(hosted())).toEqual(sound);
  // The same bytes.
  utimesSync(file, 5, 5);
  expect(await files.check(hosted())).toEqual(sound);
  expect(counts.hashed).toBe(2);
  writeFileSync(file, Buffer.from(content).fill(0, 5, 6));
  expect(await files.check(hosted())).toEqual({ status: 409 });
  expect(await files.check(hosted())).toEqual({ status: 409 });
  expect(counts.hashed).toBe(3);
  // The size alone shows the difference.
  appendFileSync(file, 'x');
  expect(await files.check(hosted())).toEqual({ status: 409 });
  expect(counts.hashed).toBe(3);
  writeFileSync(file, content);
  expect(await files.check(hosted())).toEqual(sound);
  // Each check is reported.
  expect(errors).toEqual([null, null, 'changed', 'changed', 'changed', null]);
});

it('that changes during hashing is hashed once more', async () => {
  let left = 1;
  const { files, counts } = counting(() => {
    if (left > 0) utimesSync(file, 7, 7);
    left -= 1;
  });
  expect(await files.check(hosted())).toEqual(sound);
  expect(counts.hashed).toBe(2);
  const always = counting(() => appendFileSync(file, 'x'));
  expect(await always.files.check(hosted())).toEqual({ status: 409 });
});

it('that is missing is reported as missing, and checked again later', async () => {
  const { files, errors } = counting();
  rmSync(file);
  expect(await files.check(hosted())).toEqual({ status: 404 });
  writeFileSync(file, content);
  expect(await files.check(hosted())).toEqual(sound);
  expect(errors).toEqual(['gone', null]);
});

it('that is unreadable now may be readable the next time', async () => {
  let fails = true;
  const errors: (string | null)[] = [];
  const files = new SoundFiles({
    hash: () => {
      if (fails) return Promise.reject(Object.assign(new Error('no'), { code: 'EIO' }));
      return Promise.resolve(id);
    },
    now: Date.now,
    onLooked: ({ error }) => errors.push(error),
  });
  expect(await files.check(hosted())).toEqual({ status: 500 });
  fails = false;
  expect(await files.check(hosted())).toEqual(sound);
  expect(errors).toEqual(['unreadable', null]);
});
