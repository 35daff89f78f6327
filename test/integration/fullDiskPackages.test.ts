/** Packages on a disk that is really full, one of them frozen for an upgrade: failed writes are refused and change nothing. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { afterEach, expect, it, type TestContext } from 'vitest';
import type { UpgradePackage } from '#shared/model/upgrade';
import { forkProcess } from '../../src/main/lib/threads/process';
import { packagesService, type PackagesService } from '../../src/main/desktop/services/packages';
import { appBundles } from '../builders/bundles';
import { useFolder } from '../builders/useFolder';
import { zipOf } from '../builders/zips';

const ends: (() => unknown)[] = [];
const folder = useFolder();
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

async function onFullDisk(context: TestContext): Promise<{
  readonly service: PackagesService;
  readonly directory: string;
  readonly fill: () => void;
  readonly add: (name: string, bytes: number) => Promise<UpgradePackage>;
  readonly wanted: Set<string>;
}> {
  const disk = folder('disk');
  mkdirSync(disk);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=80m', 'none', disk], { stdio: 'ignore' });
  } catch {
    context.skip('a small disk can be mounted by root on Linux only');
  }
  ends.push(() => execFileSync('umount', ['--lazy', disk]));
  const bundles = appBundles();
  ends.push(bundles.remove);
  const directory = join(disk, 'packages');
  const wanted = new Set<string>();
  let chosen = '';
  const service = packagesService({
    directory,
    script: join(bundles.directory, 'packageWorker.js'),
    startProcess: forkProcess,
    hostWorker: join(bundles.directory, 'packageHostWorker.js'),
    files: '',
    rates: () => ({ all: null, machine: null }),
    onOffered: () => undefined,
    onUpload: () => undefined,
    noticesMoved: () => undefined,
    now: Date.now,
    line: () => undefined,
    onDamage: () => undefined,
    died: () => undefined,
    askFile: () => Promise.resolve(chosen),
    askPlace: () => Promise.resolve(null),
    changed: () => undefined,
    reportToServer: () => undefined,
    wanted: () => Promise.resolve(wanted),
  });
  await service.start?.();
  ends.push(() => service.stop?.());
  const add = async (name: string, bytes: number): Promise<UpgradePackage> => {
    chosen = folder(name);
    writeFileSync(chosen, await zipOf({ 'vendui/main': randomBytes(bytes) }, false));
    const added = await service.requests.choosePackage(
      { expected: '' },
      { windowId: 1, screen: '', capture: null },
    );
    if (added === null) throw new Error('not added');
    return added;
  };
  const fill = (): void => {
    for (let part = 0, size = 1 << 20; size >= 1; part += 1) {
      try {
        writeFileSync(join(disk, `filler-${part}`), Buffer.alloc(size));
      } catch {
        size >>= 1;
      }
    }
  };
  return { service, directory, fill, add, wanted };
}

it('a frozen package stays unchanged; a change of another is refused; removing one makes room', async (context) => {
  const { service, directory, fill, add, wanted } = await onFullDisk(context);
  const frozen = await add('a-1.0.zip', 100_000);
  const other = await add('b-2.0.zip', 100_000);
  wanted.add(frozen.id);
  fill();
  const before = readFileSync(join(directory, 'packages.json'), 'utf8');
  const sender = { windowId: 1, screen: '', capture: null };
  const { changePackage, removePackage } = service.requests;
  await expect(changePackage({ id: frozen.id, patch: { version: '9' } }, sender)).rejects.toMatchObject({
    error: { code: 'packageOffered' },
  });
  await expect(removePackage({ id: frozen.id }, sender)).rejects.toMatchObject({
    error: { code: 'packageOffered' },
  });
  await expect(changePackage({ id: other.id, patch: { version: '9' } }, sender)).rejects.toMatchObject({
    error: { code: 'packagesNotKept', params: { detail: expect.stringMatching(/ENOSPC/) as string } },
  });
  await expect(add('c-3.0.zip', 100_000)).rejects.toMatchObject({
    error: {
      code: 'packageRefused',
      params: { reason: 'noSpace', needs: expect.any(Number) as number, free: 0 },
    },
  });
  // No partial result and no stray file is left.
  expect(service.packages().map(({ id, version }) => [id, version])).toEqual([
    [other.id, other.version],
    [frozen.id, frozen.version],
  ]);
  expect(readFileSync(join(directory, 'packages.json'), 'utf8')).toBe(before);
  expect(readdirSync(directory).toSorted()).toEqual(
    [`${frozen.id}.zip`, `${other.id}.zip`, 'packages.copy.json', 'packages.json'].toSorted(),
  );
  await removePackage({ id: other.id }, sender);
  expect(service.packages().map(({ id }) => id)).toEqual([frozen.id]);
  expect(JSON.parse(readFileSync(join(directory, 'packages.json'), 'utf8'))).toMatchObject({
    packages: [{ id: frozen.id, version: frozen.version }],
  });
});
