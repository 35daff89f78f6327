/** Restarts of a machine and of Crema. A machine that goes offline after our command restarts; the command alone is not enough. */
import { describe, expect, it } from 'vitest';
import { defaultMachineConfig, type MachineStatus } from '#shared/model/machine';
import { statusOf } from '#shared/model/problems';
import { remarksAway } from '../../../../../src/main/core/state/closings';
import { Fleet } from '../../../../../src/main/core/state/fleet';
import { machineRow } from '../../../../../src/main/core/state/machineRow';
import { connection, World, type TestConnection } from '../../../../builders/connection';

const login = { cmd: 'login', vmc_no: 7, version: '1.0', linuxDriverVersion: '1.3' };
const error = {
  cmd: 'error',
  vmc_no: 7,
  error_code: 'ERROR:5300',
  isSet: true,
  is_fatal_error: true,
  is_persistence_error: false,
};

function status(world: World): MachineStatus {
  const machine = world.fleet.machine(7);
  if (machine === null) throw new Error('unknown');
  return statusOf(machineRow(machine, defaultMachineConfig, false), world.now);
}

describe('a machine with a reboot command', () => {
  it('that stays is shown unchanged, with its fault', () => {
    const world = new World();
    const play = connection({}, world).receives(login);
    play.tells({ cmd: 'reboot', vmc_no: 7 });
    play.receives(error);
    expect(status(world)).toBe('fault');
  });

  it.each(['reboot', 'upgrade'] as const)('that leaves after %s is restarting until it is back', (cmd) => {
    const world = new World();
    const play = connection({}, world).receives(login).receives(error);
    play.tells(cmd === 'reboot' ? { cmd, vmc_no: 7 } : { cmd, vmc_no: 7, dir: 'http://192.0.2.1/u' });
    play.hangsUp();
    expect(status(world)).toBe('restarting');
    world.now += 90_000;
    connection({}, world).receives(login);
    // The restart was seen, and the error does not survive it.
    expect(world.fleet.machine(7)?.errors).toEqual([]);
    expect(status(world)).toBe('online');
  });

  it('is not restarted according to the login of another machine with the same number', () => {
    const world = new World();
    const play = connection({}, world)
      .receives({ ...login, login_count: 40 })
      .receives(error);
    play.tells({ cmd: 'reboot', vmc_no: 7 });
    connection({ address: '192.0.2.8' }, world).receives({ ...login, login_count: 6 });
    expect(world.fleet.machine(7)?.errors).toMatchObject([{ code: 'ERROR:5300', unconfirmed: true }]);
  });

  it.each([
    ['this computer slept', (play: TestConnection) => play.sleeps(600_000)],
    ['the clock was set forward', (play: TestConnection) => play.setsClock(28_800_000)],
  ])('that could not be heard, because %s, has not restarted while its old link is open', (_, passes) => {
    const world = new World();
    const play = connection({}, world).receives(login).receives(error);
    play.tells({ cmd: 'reboot', vmc_no: 7 });
    passes(play);
    connection({}, world).receives(login);
    expect(world.fleet.machine(7)?.errors).toMatchObject([{ code: 'ERROR:5300', unconfirmed: true }]);
  });

  it.each(['link.asleep', 'link.startedAnew'] as const)(
    'that Crema could not receive from after its end was not seen to restart either: %s',
    (code) => {
      const world = new World();
      const play = connection({}, world).receives(login).receives(error);
      play.tells({ cmd: 'reboot', vmc_no: 7 });
      play.hangsUp();
      world.now += 600_000;
      const finding = { code, params: { ms: 600_000 } };
      for (const entry of remarksAway(world.fleet.machines.values(), finding, world.now))
        world.entryLog.record(entry);
      expect(world.fleet.machine(7)?.findings[code]?.times).toBe(1);
      world.now += 5_000;
      connection({}, world).receives(login);
      expect(world.fleet.machine(7)?.errors).toMatchObject([{ code: 'ERROR:5300', unconfirmed: true }]);
    },
  );

  it.each([
    [{ cmd: 'reboot', vmc_no: 7 }, 20_000, 'offline'],
    [{ cmd: 'upgrade', vmc_no: 7, dir: 'http://192.0.2.1/u' }, 1_800_000, 'restarting'],
    [{ cmd: 'upgrade', vmc_no: 7, dir: 'http://192.0.2.1/u' }, 3_610_000, 'offline'],
  ] as const)('that was heard long after %j did not leave because of it (%d ms)', (command, ms, then) => {
    const world = new World();
    const play = connection({}, world).receives(login);
    play.tells(command);
    world.now += ms;
    play.receives({ cmd: 'hb', vmc_no: 7 });
    play.hangsUp();
    expect(status(world)).toBe(then);
  });

  it('that starts to count its logins again has restarted, though the clock was set meanwhile', () => {
    const world = new World();
    const counted = { cmd: 'login', vmc_no: 7, version: '2.0', io_version: '9', login_count: 1 };
    const play = connection({}, world).receives(counted, 'le48', 1).receives(error, 'le48', 50);
    play.tells({ cmd: 'reboot', vmc_no: 7 });
    play.setsClock(-60_000);
    connection({}, world).receives(counted, 'le48', 1);
    expect(world.fleet.machine(7)?.errors).toEqual([]);
  });

  it('that returns within a minute only lost its link, and no error ended', () => {
    const world = new World();
    const play = connection({}, world).receives(login).receives(error);
    play.tells({ cmd: 'reboot', vmc_no: 7 });
    play.hangsUp();
    world.now += 50_000;
    connection({}, world).receives(login);
    expect(world.fleet.machine(7)?.errors).toMatchObject([{ code: 'ERROR:5300', unconfirmed: true }]);
    expect(world.fleet.machine(7)?.restart).toBeNull();
  });

  it.each([
    [117_000, 0],
    // Its program reconnects by itself.
    [118_000, 1],
  ])('that is back after %i ms may only have lost its link', (away, left) => {
    const world = new World();
    const play = connection({}, world).receives(login).receives(error);
    play.tells({ cmd: 'reboot', vmc_no: 7 });
    play.hangsUp();
    world.now += away;
    connection({}, world).receives(login);
    expect(world.fleet.machine(7)?.errors).toHaveLength(left);
  });

  it('whose connection did not end by itself has not restarted', () => {
    const world = new World();
    const play = connection({}, world).receives(login).receives(error);
    play.tells({ cmd: 'reboot', vmc_no: 7 });
    world.now += 75_000;
    // The old connection is dead, and is replaced.
    connection({}, world).receives(login);
    expect(world.fleet.machine(7)?.errors).toHaveLength(1);
  });

  it('that sent data long after has not obeyed', () => {
    const world = new World();
    const play = connection({}, world).receives(login).receives(error);
    play.tells({ cmd: 'reboot', vmc_no: 7 });
    for (let minute = 0; minute < 3; minute += 1) {
      world.now += 60_000;
      play.receives({ cmd: 'hb', vmc_no: 7 });
    }
    play.hangsUp();
    world.now += 90_000;
    connection({}, world).receives(login);
    expect(world.fleet.machine(7)?.errors).toHaveLength(1);
  });

  it.each([
    ['a restarted sequence, and silence', 70_000, 1, 0],
    ['a sequence that restarts with each connection', 20_000, 1, 1],
    ['a continued sequence, however long the absence', 90_000, 900, 1],
    ['a restarted sequence, however late', 150_000, 1, 0],
  ])('is decided by %s', (_, away, sequence, left) => {
    const world = new World();
    const play = connection({}, world).receives(login, 'le48', 500).receives(error, 'le48', 501);
    play.tells({ cmd: 'reboot', vmc_no: 7 });
    play.hangsUp();
    world.now += away;
    connection({}, world).receives(login, 'le48', sequence);
    expect(world.fleet.machine(7)?.errors).toHaveLength(left);
  });

  it('whose program continues its login count was not restarted; a new count is a restart', () => {
    for (const [count, left] of [
      [6, 1],
      [2, 0],
    ] as const) {
      const world = new World();
      const android = { cmd: 'login', vmc_no: 7, io_version: '9', login_count: 4 };
      const play = connection({}, world).receives(android).receives(error);
      play.tells({ cmd: 'remote', vmc_no: 7, operation: 'reboot' });
      play.hangsUp();
      world.now += 90_000;
      connection({}, world).receives({ ...android, login_count: count });
      expect(world.fleet.machine(7)?.errors).toHaveLength(left);
    }
  });

  it('disconnected by Crema is offline, and its error stays unconfirmed', () => {
    const world = new World();
    const play = connection({}, world).receives(login).receives(error);
    play.tells({ cmd: 'reboot', vmc_no: 7 });
    play.ended('byPerson');
    expect(status(world)).toBe('offline');
    connection({}, world).receives(login);
    expect(world.fleet.machine(7)?.errors).toMatchObject([{ unconfirmed: true }]);
    expect(status(world)).toBe('fault');
  });
});

describe('a link that drops', () => {
  it('ends no error, and a fatal error that survives a restart keeps its severity', () => {
    const world = new World();
    for (let time = 0; time < 3; time += 1) {
      const play = connection({}, world).receives(login);
      if (time === 0) play.receives({ ...error, is_persistence_error: true });
      expect(status(world)).toBe('fault');
      world.now += 20_000;
      play.hangsUp();
      world.now += 5_000;
    }
    expect(world.fleet.machine(7)?.errors).toMatchObject([{ unconfirmed: true, times: 1 }]);
  });
});

describe('a Crema that starts again', () => {
  it('knows the discount in force from stored data', () => {
    const world = new World();
    connection({}, world).receives(login).tells({ cmd: 'discount', vmc_no: 7, discount: 80 });
    const kept = world.fleet.machine(7);
    if (kept === null) throw new Error('unknown');
    const fleet = new Fleet();
    fleet.restore(kept);
    expect(fleet.machine(7)?.discount?.value).toBe(80);
  });
});
