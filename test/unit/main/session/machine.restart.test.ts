/** Restarts: of a machine, which is one that is away after we made it, not one that we only told to; and of Crema. */
import { describe, expect, it } from 'vitest';
import { defaultMachineConfig, statusOf, type MachineStatus } from '#shared/model/machine';
import { Fleet } from '../../../../src/main/session/fleet';
import { machineRow } from '../../../../src/main/session/frameRows';
import { connection, World } from '../../../builders/connection';

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

describe('a machine told to reboot', () => {
  it('that stays is shown as it is, with its fault', () => {
    const world = new World();
    const play = connection({}, world).receives(login);
    play.tells({ cmd: 'reboot', vmc_no: 7 });
    play.receives(error);
    expect(status(world)).toBe('fault');
  });

  it.each(['reboot', 'upgrade'] as const)('that goes after %s is restarting until it is back', (cmd) => {
    const world = new World();
    const play = connection({}, world).receives(login).receives(error);
    play.tells(cmd === 'reboot' ? { cmd, vmc_no: 7 } : { cmd, vmc_no: 7, dir: 'http://192.0.2.1/u' });
    play.hangsUp();
    expect(status(world)).toBe('restarting');
    connection({}, world).receives(login);
    // It was seen to restart, and the error does not survive that.
    expect(world.fleet.machine(7)?.errors).toEqual([]);
    expect(status(world)).toBe('online');
  });

  it('that we hang up on is offline, and its error stays, unconfirmed', () => {
    const world = new World();
    const play = connection({}, world).receives(login).receives(error);
    play.tells({ cmd: 'reboot', vmc_no: 7 });
    play.ended('byPerson');
    expect(status(world)).toBe('offline');
    connection({}, world).receives(login);
    expect(world.fleet.machine(7)?.errors).toMatchObject([{ unconfirmed: true }]);
    expect(status(world)).toBe('warning');
  });
});

describe('a Crema that starts again', () => {
  it('knows the discount in force from what was kept', () => {
    const world = new World();
    connection({}, world).receives(login).tells({ cmd: 'discount', vmc_no: 7, discount: 80 });
    const kept = world.fleet.machine(7);
    if (kept === null) throw new Error('unknown');
    const fleet = new Fleet();
    fleet.restore(kept);
    expect(fleet.machine(7)?.discount?.value).toBe(80);
  });
});
