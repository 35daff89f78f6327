/** A package that a machine was told to fetch stays what it is for as long as a command waits for it. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { packagesService } from '../../../../src/main/services/packages';
import { buildWorker, zipOf } from '../../../builders/zips';

let folder = '';
const ends: (() => unknown)[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'crema-packages-'));
});
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
  rmSync(folder, { recursive: true, force: true });
});

it('neither its version nor its bytes change, and it is not removed; afterwards all of it may be', async () => {
  const wanted = new Set<string>();
  const chosen = join(folder, 'a-1.0.zip');
  const directory = join(folder, 'packages');
  const service = packagesService({
    directory,
    worker: await buildWorker(folder),
    hostWorker: await buildWorker(folder, 'hostWorker'),
    files: '',
    rates: () => ({ all: null, machine: null }),
    onOffered: () => undefined,
    onUpload: () => undefined,
    noticesMoved: () => undefined,
    now: Date.now,
    line: () => undefined,
    died: () => undefined,
    askFile: () => Promise.resolve(chosen),
    changed: () => undefined,
    tellServer: () => undefined,
    wanted: () => Promise.resolve(wanted),
  });
  ends.push(() => service.stop?.());
  await service.start?.();
  const sender = { windowId: 1, screen: '' };
  const { changePackage, choosePackage, removePackage } = service.requests;
  const choose = async (version: string) => {
    writeFileSync(chosen, await zipOf({ 'vendui/main': `the program, ${version}` }));
    return choosePackage(undefined, sender);
  };
  const first = await choose('1.0');
  if (first === null) throw new Error('not added');
  const { id } = first;
  wanted.add(id);
  const bytes = readFileSync(join(directory, `${id}.zip`));
  const refused = { error: { code: 'packageOffered' } };
  await expect(changePackage({ id, patch: { version: '9' } }, sender)).rejects.toMatchObject(refused);
  await expect(changePackage({ id, patch: { platform: 'android' } }, sender)).rejects.toMatchObject(refused);
  await expect(removePackage({ id }, sender)).rejects.toMatchObject(refused);
  // Of the same name, and another.
  const second = await choose('1.0, built again');
  expect(second?.id).not.toBe(id);
  expect(service.packages().find((one) => one.id === id)).toEqual(first);
  expect(readFileSync(join(directory, `${id}.zip`)).equals(bytes)).toBe(true);

  wanted.delete(id);
  await changePackage({ id, patch: { version: '9' } }, sender);
  expect(service.packages().find((one) => one.id === id)?.version).toBe('9');
  await removePackage({ id }, sender);
  expect(service.packages().map((one) => one.id)).toEqual([second?.id]);
});
