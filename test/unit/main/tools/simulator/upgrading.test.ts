/** Upgrades with the faults of real machines: the later reports, and whether the machine returns. */
import { afterEach, describe, expect, test } from 'vitest';
import type { Platform } from '#shared/model/machine';
import type { UpgradeFault } from '#shared/model/simulator';
import { Commanded } from '../../../../builders/commanded';

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
  const id = book.gives(7, 'upgrade', { packageId: 'a'.repeat(64) });
  await book.passes(200_000);
  const said = () => [machine.status, book.world.fleet.machine(7)?.login?.version, book.story(id)];
  return { book, machine, said };
}

const fetched = 'downloadBegan, downloadEnded';
const gone = 'connectionClosed';

describe.each([
  ['linux', '1.2.8.8', 'sent: sent, updateXmlFetched', ''],
  ['android', '2.10.33', 'sent: sent', ', loggedIn'],
] as const)('%s', (platform, before, told, restarted) => {
  // No login of linux shows a restart of its program.
  const asBefore = platform === 'linux' ? 'versionSame' : 'notApplied';
  test.each([
    [null, ['ready', '9.9', `${told}, ${fetched}, ${gone}${restarted}, versionConfirmed`]],
    ['upgradeStops', ['ready', before, `${told}, downloadBegan, downloadBroke`]],
    [
      'upgradeResumes',
      [
        'ready',
        '9.9',
        `${told}, downloadBegan, downloadBroke, downloadResumed, downloadEnded, ${gone}${restarted}, versionConfirmed`,
      ],
    ],
    ['upgradeNotApplied', ['ready', before, `${told}, ${fetched}, ${gone}, loggedIn, ${asBefore}`]],
    ['upgradeVanishes', ['off', before, `${told}, ${fetched}, ${gone}`]],
    ['upgradeOtherVersion', ['ready', '9.9.1', `${told}, ${fetched}, ${gone}${restarted}, versionDiffers`]],
  ] as const)('%s', async (fault, [status, version, story]) => {
    const { said } = await upgraded(platform, fault);
    const proved = story.endsWith('versionConfirmed') ? story.replace('sent:', 'confirmed:') : story;
    expect(said()).toEqual([status, version, proved]);
  });

  test('a vanished machine returns unchanged when the misbehaviour ends', async () => {
    const { book, machine, said } = await upgraded(platform, 'upgradeVanishes');
    machine.setMisbehaviour('upgradeVanishes', false);
    await book.passes(20_000);
    // After so long, the linux program connects again without a restart.
    const back = platform === 'linux' ? asBefore : `loggedIn, ${asBefore}`;
    expect(said()).toEqual(['ready', before, `${told}, ${fetched}, ${gone}, ${back}`]);
  });
});
