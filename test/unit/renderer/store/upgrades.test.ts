import { describe, expect, it } from 'vitest';
import type { Command, StepName } from '#shared/model/command';
import { isSeenAtLogin, type Transfer, type UpgradePackage } from '#shared/model/upgrade';
import {
  groupsOf,
  machinesFor,
  missingOf,
  newestFitting,
  packagesFor,
  packageOf,
  packageTransfer,
  stuckAt,
  unfit,
  upgradeStage,
} from '../../../../src/renderer/src/store/upgrades';
import { pkg, row, upgrade } from '../../../builders/rows';

const transfer = (over: Partial<Transfer> = {}): Transfer => ({
  offer: 1,
  vmcNo: 33232,
  what: 'package',
  remoteAddress: '192.0.2.7',
  startedAt: 0,
  endedAt: null,
  sent: 10,
  total: 100,
  status: 200,
  complete: null,
  straySpaces: false,
  from: 0,
  size: 100,
  movedAt: 0,
  ...over,
});
const after = (...whats: readonly StepName[]): Command['steps'] =>
  whats.map((what, at) => ({ what, at, entry: null, params: {} }));

describe('a package', () => {
  it('reports its missing data', () => {
    expect(missingOf(pkg())).toEqual([]);
    expect(missingOf(pkg({ platform: null, version: '' }))).toEqual(['platform', 'version']);
  });

  it('fits a machine or not, with the reason', () => {
    expect(unfit(pkg(), 'linux')).toBeNull();
    expect(unfit(pkg(), 'android')).toBe('wrongPlatform');
    expect(unfit(pkg(), null)).toBeNull();
    expect(unfit(pkg({ platform: null }), 'linux')).toBe('noPlatform');
    expect(unfit(pkg({ version: '' }), 'linux')).toBe('noVersion');
    // No login reports a menu's version, so it needs none.
    expect(unfit(pkg({ platform: 'android', androidType: 'menu', version: '' }), 'android')).toBeNull();
  });

  it('is offered to a machine that it fits, the newest first', () => {
    const linux = pkg({ addedAt: 1 });
    const newer = pkg({ id: 'c'.repeat(64), addedAt: 2 });
    const android = pkg({ id: 'b'.repeat(64), platform: 'android', androidType: 'app', addedAt: 3 });
    const incomplete = pkg({ id: 'd'.repeat(64), version: '', addedAt: 4 });
    const all = [linux, android, newer, incomplete];
    expect(packagesFor(all, 'linux')).toEqual([newer, linux]);
    expect(packagesFor(all, 'android')).toEqual([android]);
    expect(packagesFor([android], 'linux')).toEqual([]);
    // The program is unknown: a person chooses.
    expect(packagesFor(all, null)).toEqual([android, newer, linux]);
  });

  it('is preselected on the screen only if it fits a known machine; the newest of those', () => {
    const older = pkg({ addedAt: 1 });
    const newer = pkg({ id: 'b'.repeat(64), addedAt: 2 });
    const android = pkg({ id: 'c'.repeat(64), addedAt: 3, platform: 'android', androidType: 'app' });
    const unsaid = pkg({ id: 'd'.repeat(64), addedAt: 4, platform: null });
    const all = [unsaid, older, android, newer];
    const machines = (platform: 'linux' | 'android' | null) => new Map([[1, row(1, { platform })]]);
    expect(newestFitting(all, machines('linux'))).toBe(newer);
    expect(newestFitting(all, machines('android'))).toBe(android);
    expect(newestFitting(all, machines(null))).toBeNull();
    expect(newestFitting(all, new Map())).toBeNull();
  });

  it('can be proved by a login that contains its version', () => {
    expect(isSeenAtLogin(pkg())).toBe(true);
    const ofType = (androidType: UpgradePackage['androidType']): boolean =>
      isSeenAtLogin(pkg({ platform: 'android', androidType }));
    expect([ofType('app'), ofType('io')]).toEqual([true, true]);
    expect([ofType('menu'), ofType('recipe'), ofType('ice'), ofType(null)]).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });

  it('fits machines of its own program, by number; without a program it fits none', () => {
    const rows = new Map(
      [row(3), row(1), row(2, { platform: 'android' }), row(4, { platform: null })].map((one) => [
        one.vmcNo,
        one,
      ]),
    );
    expect(machinesFor(pkg(), rows).map(({ vmcNo }) => vmcNo)).toEqual([1, 3]);
    expect(machinesFor(pkg({ platform: null }), rows)).toEqual([]);
    expect(machinesFor(null, rows).map(({ vmcNo }) => vmcNo)).toEqual([1, 2, 3, 4]);
  });

  it('has machines by version, newest first, unknown ones last', () => {
    const rows = [
      row(1, { version: '1.2.9.1' }),
      row(2, { version: '1.2.10' }),
      row(3, { version: null }),
      row(4, { version: '1.2.9.1', online: false }),
      // It has downloaded a package since: only its next login shows the version.
      row(5, { version: '1.2.10', doubts: [{ field: 'version', why: 'fetched', at: 9, entry: null }] }),
    ];
    expect(groupsOf(pkg(), rows, 'version')).toEqual([
      { value: '1.2.10', platform: null, machines: [2], online: 1, isThere: false },
      { value: '1.2.9.1', platform: null, machines: [1, 4], online: 1, isThere: true },
      { value: null, platform: null, machines: [3, 5], online: 2, isThere: false },
    ]);
    // Without a package, the same version of two programs forms two groups.
    const two = [row(1, { version: '1' }), row(2, { version: '1', platform: 'android' })];
    expect(groupsOf(null, two, 'version').map(({ platform }) => platform)).toEqual(['android', 'linux']);
    // No login reports a recipe: group by program.
    const recipe = pkg({ platform: 'android', androidType: 'recipe', version: '1.2.10' });
    expect(groupsOf(recipe, rows, 'version').map(({ value, isThere }) => [value, isThere])).toEqual([
      ['1.2.10', false],
      ['1.2.9.1', false],
      [null, false],
    ]);
    const io = pkg({ platform: 'android', androidType: 'io', version: 'V79' });
    const boards = [row(1, { ioVersion: 'V79' }), row(2, { ioVersion: 'V78' })];
    expect(groupsOf(io, boards, 'version').map(({ value, isThere }) => [value, isThere])).toEqual([
      ['V79', true],
      ['V78', false],
    ]);
  });

  it('has machines by place, largest group first', () => {
    const rows = [row(1, { place: 'B' }), row(2), row(3, { place: 'B' }), row(4, { place: 'A' })];
    expect(groupsOf(pkg(), rows, 'place').map(({ value, machines }) => [value, machines])).toEqual([
      ['B', [1, 3]],
      ['', [2]],
      ['A', [4]],
    ]);
  });

  it('is rolled out by a run with this one step', () => {
    const step = { do: 'command', name: 'upgrade', input: { packageId: 'a' } } as const;
    expect(packageOf({ steps: [step] })).toBe('a');
    expect(packageOf({ steps: [step, { do: 'wait', seconds: 1 }] })).toBeNull();
    expect(packageOf({ steps: [{ ...step, name: 'reboot', input: {} }] })).toBeNull();
  });
});

describe('the stage of a machine', () => {
  it.each([
    ['sent', after('sent')],
    ['sent', after('sent', 'updateXmlFetched')],
    ['sentPerhaps', after('sentPerhaps')],
    ['broken', after('sent', 'downloadBegan', 'downloadBroke')],
    ['refused', after('sent', 'updateXmlFetched', 'downloadRefused')],
    ['fetched', after('sent', 'downloadBegan', 'downloadEnded')],
    ['fetched', after('sent', 'downloadBegan', 'downloadEnded', 'machineSaidDone')],
    ['restarting', after('sent', 'downloadBegan', 'downloadEnded', 'connectionClosed')],
    ['cameBack', after('sent', 'downloadBegan', 'connectionClosed', 'versionSame')],
    ['notApplied', after('sent', 'downloadEnded', 'connectionClosed', 'notApplied')],
    ['otherVersion', after('sent', 'downloadEnded', 'connectionClosed', 'versionDiffers')],
    // It reports the end, and returned unchanged.
    ['otherVersion', after('sent', 'downloadEnded', 'connectionClosed', 'versionDiffers', 'machineSaidDone')],
    // Begun, but without a transfer: its host is gone.
    ['broken', after('sent', 'downloadBegan')],
  ] as const)('%s', (stage, steps) => {
    expect(upgradeStage(upgrade(1, { steps }), null)).toBe(stage);
  });

  it('is stuck after some time, and not before', () => {
    const stuck = (steps: Command['steps'], now: number, running: Transfer | null = null) =>
      stuckAt(upgrade(1, { steps, sentAt: 0 }), running, now)?.stage ?? null;
    const told = after('sent');
    expect([stuck(told, 119_000), stuck(told, 121_000)]).toEqual([null, 'sent']);
    // While bytes arrive it continues, for any time.
    const began = after('sent', 'downloadBegan');
    expect(stuck(began, 900_000, transfer({ movedAt: 899_000 }))).toBeNull();
    expect(stuckAt(upgrade(1, { steps: began }), transfer({ movedAt: 5 }), 900_000)).toEqual({
      stage: 'fetching',
      since: 5,
    });
    expect(stuck(after('sent', 'downloadEnded', 'notApplied'), 3)).toBe('notApplied');
    expect(stuck(after('sent', 'downloadRefused'), 3)).toBe('refused');
    const ended = after('sent', 'downloadEnded', 'versionConfirmed');
    expect(stuckAt(upgrade(1, { steps: ended, state: 'confirmed' }), null, 9e9)).toBeNull();
  });

  it('returned unchanged: also after the wait has ended', () => {
    const steps = after('sent', 'downloadEnded', 'notApplied', 'noProof');
    expect(upgradeStage(upgrade(1, { steps, state: 'expired' }), null)).toBe('notApplied');
  });

  it('is given up after a long silence; later reports replace this', () => {
    const silent: Command['steps'] = [{ what: 'noProof', at: 900, entry: null, params: { since: 300 } }];
    const given = upgrade(1, { state: 'expired', steps: [...after('sent', 'downloadEnded'), ...silent] });
    expect(upgradeStage(given, null)).toBe('unheard');
    expect(stuckAt(given, null, 1_000)).toEqual({ stage: 'unheard', since: 300 });
    const later = (what: StepName) =>
      upgradeStage({ ...given, steps: [...given.steps, ...after(what)] }, null);
    expect([later('versionSame'), later('versionDiffers'), later('connectionClosed')]).toEqual([
      'cameBack',
      'otherVersion',
      'unproved',
    ]);
  });

  it('is the download while bytes are sent, after any stage', () => {
    const steps = after('sent', 'downloadBegan', 'downloadBroke');
    expect(upgradeStage(upgrade(1, { steps }), transfer())).toBe('fetching');
  });

  it('runs the version only after its login; a download alone is not enough', () => {
    const steps = after('sent', 'downloadBegan', 'downloadEnded', 'versionConfirmed');
    expect(upgradeStage(upgrade(1, { steps, state: 'confirmed' }), null)).toBe('runs');
    expect(upgradeStage(upgrade(1, { steps: after('downloadEnded'), state: 'expired' }), null)).toBe(
      'unproved',
    );
    // No login reports recipes: it is back, neither restarting nor proved.
    const recipe = { version: '', field: null };
    const isBack = after('sent', 'downloadEnded', 'connectionClosed', 'loggedIn');
    const stages = [
      upgrade(1, { steps: isBack, state: 'sent', input: recipe }),
      upgrade(1, { steps: [...isBack, ...after('cannotProve')], state: 'unconfirmable', input: recipe }),
      upgrade(1, { steps: after('sent'), state: 'expired', input: recipe }),
      upgrade(1, { steps: after('sent', 'machineSaidDone'), state: 'confirmed', input: recipe }),
    ].map((command) => upgradeStage(command, null));
    expect(stages).toEqual(['back', 'unseen', 'unfetched', 'reportedDone']);
    expect(
      upgradeStage(upgrade(1, { steps: [...isBack, ...after('versionSame')], state: 'sent' }), null),
    ).toBe('cameBack');
    const anew = after('versionDiffers', 'replaced');
    expect(upgradeStage(upgrade(1, { steps: anew, state: 'expired' }), null)).toBe('replaced');
  });

  it.each([
    ['waiting', { state: 'queued', sentAt: null }],
    ['unsent', { state: 'expired', sentAt: null }],
    ['failed', { state: 'failed' }],
    ['takenBack', { state: 'cancelled', sentAt: null }],
  ] as const)('%s', (stage, over) => {
    expect(upgradeStage(upgrade(1, over), null)).toBe(stage);
  });
});

describe('the download of a machine', () => {
  it('is the running request for the package, otherwise the last one; never update.xml or a refusal', () => {
    const old = transfer({ complete: false, endedAt: 5, startedAt: 1 });
    const live = transfer({ startedAt: 6 });
    const xml = transfer({ what: 'update.xml', startedAt: 7 });
    const missing = transfer({ status: 404, startedAt: 8 });
    expect(packageTransfer([live, old, xml, missing], 1)).toBe(live);
    expect(packageTransfer([old, xml, missing], 1)).toBe(old);
    expect(packageTransfer([old], 2)).toBeNull();
  });
});
