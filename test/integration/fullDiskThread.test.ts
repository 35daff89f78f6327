/** The machines thread dies while the disk is really full: entries that only its memory held are lost, and that is reported. */
import { mkdirSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { everyFrame } from '#shared/filter/frames';
import { appBundles, type Bundles } from '../builders/bundles';
import { heldJournal, ServedMachines } from '../builders/serverService';
import { SmallDisk, visit } from '../builders/smallDisk';
import { useFolder } from '../builders/useFolder';

let bundles: Bundles;
const ends: (() => unknown)[] = [];
const folder = useFolder();
beforeAll(() => {
  bundles = appBundles();
});
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});
afterAll(() => bundles.remove());

it('they count as lost at the end, and their numbers are not used again', async (context) => {
  const disk = new SmallDisk(context, folder('disk'));
  ends.push(() => disk.unmount());
  const data = folder('disk', 'data');
  mkdirSync(data);
  const { journalWorker, hold, release } = heldJournal(bundles.directory);
  const served = new ServedMachines({ bundles: bundles.directory, folder: data, journalWorker });
  ends.push(() => served.remove());
  const { service, window } = served;
  const ids: number[] = [];
  window.onBatch = ({ frames }) => void ids.push(...(frames?.rows ?? []).map(({ id }) => id));
  await service.start?.();
  const port = await served.listen();
  await service.follow(window.id, { token: 1, filter: everyFrame });
  disk.fill();
  await visit(port, 300);
  const refused = (): number => {
    const { status } = service.report();
    return status.status === 'failing' ? status.waiting : 0;
  };
  await expect.poll(refused).toBeGreaterThan(0);
  expect(service.isLost()).toBe(false);
  const give = (): Promise<unknown> =>
    service.call('request', {
      name: 'command',
      args: { vmcNo: 33240, name: 'rinse', input: {} },
      by: 'Test',
    });
  expect(await give()).toMatchObject({ id: 1 });

  hold();
  await served.die();
  const lost = refused();
  const shown = ids.length;
  // The next thread finds room, so it alone has lost nothing.
  disk.grow();
  release();
  await expect.poll(() => service.listener()).toMatchObject({ status: 'listening', port });
  expect(service.report().status).toMatchObject({ status: 'open', lost });
  await visit(port, 1);
  await expect.poll(() => ids.length).toBeGreaterThan(shown);
  expect(ids).toEqual([...new Set(ids)].toSorted((one, other) => one - other));
  expect(await give()).toMatchObject({ id: 2 });
  await served.stop();
  expect(service.isLost()).toBe(true);
});
