/** What becomes of an upgrade where a virtual machine does wrong what real ones do wrong: what it says afterwards, and whether it is there. */
import { afterEach, describe, expect, test } from 'vitest';
import type { Platform } from '#shared/model/machine';
import type { UpgradeFault } from '#shared/model/simulator';
import { Commanded } from '../../../builders/commanded';

let open: Commanded[] = [];
afterEach(() => {
  for (const book of open) book.ends();
  open = [];
});

async function upgraded(platform: Platform, fault: UpgradeFault | null) {
  const book = new Commanded(platform);
  open.push(book);
  const machine = await book.machine(7, 'truly');
  if (fault !== null) machine.setMisbehaviour(fault, true);
  book.gives(7, 'upgrade', { packageId: 'a'.repeat(64) });
  await book.passes(200_000);
  const said = () => [machine.status, book.world.fleet.machine(7)?.login?.version];
  return { book, machine, said };
}

describe.each([
  ['linux', '1.2.8.8'],
  ['android', '2.10.33'],
] as const)('%s', (platform, before) => {
  test.each([
    [null, ['ready', '9.9']],
    ['upgradeStops', ['ready', before]],
    ['upgradeResumes', ['ready', '9.9']],
    ['upgradeNotApplied', ['ready', before]],
    ['upgradeVanishes', ['off', before]],
    ['upgradeOtherVersion', ['ready', '9.9.1']],
  ] as const)('%s', async (fault, wanted) => {
    const { said } = await upgraded(platform, fault);
    expect(said()).toEqual(wanted);
  });

  test('one that vanished is there again, as it was, when it is to behave', async () => {
    const { book, machine, said } = await upgraded(platform, 'upgradeVanishes');
    machine.setMisbehaviour('upgradeVanishes', false);
    await book.passes(20_000);
    expect(said()).toEqual(['ready', before]);
  });
});
