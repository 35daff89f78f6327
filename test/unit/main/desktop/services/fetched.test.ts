/** Files from machines, added to the library through a copy that no run leaves behind. */
import { existsSync, linkSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import type { FetchedFile } from '#shared/model/fetched';
import type { UpgradePackage } from '#shared/model/upgrade';
import { FileReader } from '../../../../../src/main/tools/readers/fileReader';
import { fetchedService } from '../../../../../src/main/desktop/services/fetched';
import { serveReaderCalls } from '../../../../../src/main/tools/readers/readerCalls';
import { inThisProcess } from '../../../../builders/inThisProcess';
import { useFolder } from '../../../../builders/useFolder';

const directory = useFolder();

const session = (): string => directory('session');
const copies = (): string => join(session(), 'fetched-copies');
const asked = { windowId: 1, screen: '', capture: null } as const;
const recipe: FetchedFile = {
  id: 7,
  vmcNo: 33232,
  type: 'recipe',
  day: null,
  askedAt: 1,
  at: 2,
  bytes: 6,
  sha256: 'a'.repeat(64),
  fileName: 'recipe.zip',
  remoteAddress: '192.0.2.7',
};

/** With one received file; `add`: the library's action on it. */
function service(add: (file: string) => Promise<UpgradePackage>, place: string | null = null) {
  const folder = directory('fetched');
  mkdirSync(join(folder, '33232'), { recursive: true });
  writeFileSync(join(folder, '33232', '7'), 'recipe');
  const fetched = fetchedService({
    reader: new FileReader('', inThisProcess(serveReaderCalls)),
    folder,
    session: session(),
    askPlace: async () => Promise.resolve(place),
    addPackage: add,
    onProducts: () => undefined,
    asked: () => Promise.resolve(null),
    onDamage: () => undefined,
    changed: () => undefined,
    line: () => undefined,
  });
  fetched.take({ ok: true, file: recipe });
  return fetched;
}

it('the library gets it by its own name, and the copy is deleted after any result', async () => {
  const seen: string[] = [];
  const fetched = service(async (file) => {
    seen.push(`${basename(file)}: ${readFileSync(file, 'utf8')}, in ${dirname(dirname(file))}`);
    return Promise.reject(new Error('full'));
  });
  await expect(fetched.requests.backUpFetched({ id: 7 }, asked)).rejects.toThrow('full');
  expect(seen).toEqual([expect.stringMatching(/^33232.*: recipe, in /)]);
  expect(seen[0]).toContain(copies());
  expect(readdirSync(copies())).toEqual([]);
});

it('the remains of a killed run are gone at the next start', () => {
  mkdirSync(join(copies(), 'of-1'), { recursive: true });
  writeFileSync(join(copies(), 'of-1', 'recipe.zip'), 'half');
  service(async () => Promise.reject(new Error('none')));
  expect(existsSync(copies())).toBe(false);
});

it('a failed write is reported', async () => {
  const fetched = service(async () => Promise.reject(new Error('none')));
  writeFileSync(session(), 'no folder');
  await expect(fetched.requests.backUpFetched({ id: 7 }, asked)).rejects.toMatchObject({
    error: { code: 'unwritable' },
  });
});

const never = (): Promise<UpgradePackage> => Promise.reject(new Error('not asked for here'));

it('a saved file is written whole or not at all, and the old file stays until then', async () => {
  const place = directory('saved.zip');
  writeFileSync(place, 'before');
  const fetched = service(never, place);
  // Another link to it shows whether it was overwritten or replaced.
  linkSync(place, directory('link'));
  await expect(fetched.requests.saveFetched({ id: 7 }, asked)).resolves.toBe('saved.zip');
  expect(readFileSync(place, 'utf8')).toBe('recipe');
  expect(readFileSync(directory('link'), 'utf8')).toBe('before');
  rmSync(directory('fetched', '33232', '7'));
  await expect(fetched.requests.saveFetched({ id: 7 }, asked)).rejects.toMatchObject({
    error: { code: 'unwritable' },
  });
  expect(readFileSync(place, 'utf8')).toBe('recipe');
  expect(readdirSync(directory()).toSorted()).toEqual(['fetched', 'link', 'saved.zip']);
});
