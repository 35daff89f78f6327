/** Link trouble colours the list, moves the machine up and leads its text. */
import { describe, expect, it } from 'vitest';
import { linkTroubles, type LinkTrouble } from '#shared/model/linkTrouble';
import { defaultMachineConfig, type MachineRow } from '#shared/model/machine';
import { statusOf } from '#shared/model/problems';
import { machineRow } from '../../../../src/main/core/state/machineRow';
import { emptyOrder, orderMachines } from '../../../../src/renderer/src/store/machines';
import { connection, World, type ConnectionOptions } from '../../../builders/connection';

const minute = 60_000;
const vmc_no = 7;
const hb = { cmd: 'hb', vmc_no };
const door = { cmd: 'machinestatus', vmc_no, status: 'doorclose' };
const login = { cmd: 'login', vmc_no, linuxDriverVersion: '1.3' };

class Linked {
  readonly world = new World();

  connects(options: ConnectionOptions = {}) {
    return connection(options, this.world);
  }

  get row(): MachineRow {
    const machine = this.world.fleet.machine(vmc_no);
    if (machine === null) throw new Error('nothing is known of the machine');
    return machineRow(machine, defaultMachineConfig, false);
  }

  get trouble(): LinkTrouble | null {
    return linkTroubles(this.row, this.world.now)[0]?.kind ?? null;
  }

  after(ms: number): this {
    this.world.now += ms;
    return this;
  }
}

it('does not exist on a healthy link', () => {
  const linked = new Linked();
  const link = linked.connects().receives(login);
  for (let beat = 0; beat < 30; beat += 1) {
    linked.after(20_000);
    link.receives(hb);
    expect(linked.trouble).toBeNull();
  }
  expect(statusOf(linked.row, linked.world.now)).toBe('online');
});

describe('a reconnect loop', () => {
  const looping = (how: 'end' | 'byPerson'): Linked => {
    const linked = new Linked();
    for (let time = 0; time < 5; time += 1) {
      const link = linked.connects().receives(login);
      linked.after(20_000);
      if (how === 'end') link.hangsUp();
      else link.ended('byPerson');
      linked.after(10_000);
    }
    return linked;
  };

  it('is also trouble for an offline machine, and ends when it stays', () => {
    const linked = looping('end');
    expect(linked.row.online).toBe(false);
    expect([linked.trouble, statusOf(linked.row, linked.world.now)]).toEqual(['loop', 'offline']);
    const link = linked.connects().receives(login);
    expect([linked.trouble, statusOf(linked.row, linked.world.now)]).toEqual(['loop', 'error']);
    for (let beat = 0; beat < 16; beat += 1) {
      linked.after(20_000);
      link.receives(hb);
    }
    expect(linked.trouble).toBeNull();
  });

  it('is also trouble if each connection lasts a minute: every 77 s', () => {
    const linked = new Linked();
    const troubles: (LinkTrouble | null)[] = [];
    for (let time = 0; time < 5; time += 1) {
      const link = linked.connects().receives(login);
      linked.after(75_000);
      link.hangsUp();
      linked.after(2_000);
      troubles.push(linked.trouble);
    }
    expect(troubles).toEqual([null, null, null, null, 'loop']);
    expect([linked.trouble, statusOf(linked.row, linked.world.now)]).toEqual(['loop', 'offline']);
    // The state lasts as long as the loop continues, however slow the loop becomes.
    for (let time = 0; time < 5; time += 1) {
      linked.connects().receives(login).hangsUp();
      linked.after(200_000);
      expect(linked.trouble).toBe('loop');
    }
  });

  it('does not occur on a day with some switching off, restarts and reconnects', () => {
    const linked = new Linked();
    for (let time = 0; time < 4; time += 1) {
      linked.connects().receives(login).hangsUp();
      linked.after(2 * minute);
      expect(linked.trouble).toBeNull();
    }
    linked.after(20 * minute);
    const android = { cmd: 'login', vmc_no, io_version: '9' };
    for (let time = 0; time < 8; time += 1) {
      const link = linked.connects().receives({ ...android, login_count: 2 + time });
      linked.after(minute);
      const operation = time % 2 === 0 ? 'sync' : 'reboot';
      link.tells({ cmd: 'remote', vmc_no, operation, session_id: '1' });
      link.hangsUp();
      linked.after(5_000);
      expect(linked.trouble).toBeNull();
    }
  });

  it('does not occur if Crema closed the connections, or over hours', () => {
    expect(looping('byPerson').trouble).toBeNull();
    const linked = new Linked();
    for (let time = 0; time < 8; time += 1) {
      linked.connects().receives(login).hangsUp();
      linked.after(10 * minute);
    }
    expect(linked.trouble).toBeNull();
  });
});

describe('a missing login', () => {
  it('is trouble a minute after the connection, also on a later one', () => {
    const linked = new Linked();
    const link = linked.connects().receives(hb);
    expect(linked.trouble).toBeNull();
    linked.after(61_000);
    link.receives(hb);
    expect([linked.trouble, statusOf(linked.row, linked.world.now)]).toEqual(['noLogin', 'error']);
    link.receives(login);
    expect(linked.trouble).toBeNull();
    link.hangsUp();
    const second = linked.after(5_000).connects().receives(hb);
    linked.after(61_000);
    second.receives(hb);
    expect(linked.trouble).toBe('noLogin');
  });
});

describe('a refused login', () => {
  const wrong = { ...login, timestamp: '20150624', sign: 'x' };
  const options = { code: 'abcdefgh', config: { signPolicy: 'enforce' } } as const;

  it('is trouble of a connected machine until a login is accepted', () => {
    const linked = new Linked();
    const link = linked.connects(options).receives(wrong);
    expect([linked.trouble, statusOf(linked.row, linked.world.now)]).toEqual(['refused', 'error']);
    linked.after(30_000);
    link.receives(hb);
    expect([linked.trouble, statusOf(linked.row, linked.world.now)]).toEqual(['refused', 'error']);
    linked.connects().receives(login);
    expect(linked.trouble).toBeNull();
  });

  it('is the reason of an offline machine: a linux machine switches its network off', () => {
    const linked = new Linked();
    linked.connects(options).receives(wrong).hangsUp();
    expect([linked.trouble, statusOf(linked.row, linked.world.now)]).toEqual(['refused', 'offline']);
  });
});

describe('missing heartbeats', () => {
  it('are trouble while other frames arrive, and silence otherwise', () => {
    const linked = new Linked();
    const link = linked.connects().receives(login);
    for (let time = 0; time < 6; time += 1) {
      linked.after(20_000);
      link.receives(door);
    }
    expect([linked.trouble, statusOf(linked.row, linked.world.now)]).toEqual(['noBeat', 'warning']);
    linked.after(80_000);
    expect(linked.trouble).toBeNull();
    expect(statusOf(linked.row, linked.world.now)).toBe('silence');
  });

  it('are not missing on a linux machine that Crema writes to: it waits 30 s after the last handled frame', () => {
    const linked = new Linked();
    const link = linked.connects().receives(login);
    for (let time = 0; time < 10; time += 1) {
      linked.after(20_000);
      link.receives(door).tells({ cmd: 'statusquery', vmc_no });
      expect(linked.trouble).toBeNull();
    }
    for (let time = 0; time < 6; time += 1) {
      linked.after(20_000);
      link.receives(door);
    }
    expect(linked.trouble).toBe('noBeat');
  });

  it('are not missing on an android machine that sends often and beats seldom', () => {
    const linked = new Linked();
    const link = linked.connects().receives({ cmd: 'login', vmc_no, io_version: '9', login_count: 2 });
    for (let time = 0; time < 3; time += 1) {
      linked.after(minute);
      link.receives(door);
    }
    expect(linked.trouble).toBeNull();
    linked.after(20_000);
    expect(linked.trouble).toBe('noBeat');
  });
});

it('half frames are a problem for ten minutes', () => {
  const linked = new Linked();
  const link = linked.connects().receives(login);
  link.receivesBytes(new TextEncoder().encode('010000000000{"cmd":"mach')).after(31_000);
  expect(link.isOpen).toBe(false);
  const again = linked.connects().receives(login);
  expect([linked.trouble, statusOf(linked.row, linked.world.now)]).toEqual(['halfFrames', 'warning']);
  for (let beat = 0; beat < 30; beat += 1) {
    linked.after(20_000);
    again.receives(hb);
  }
  expect(linked.trouble).toBeNull();
});

it('two machines with one number are the most severe trouble', () => {
  const linked = new Linked();
  for (let time = 0; time < 6; time += 1) {
    linked.connects({ address: `192.0.2.${7 + (time % 2)}` }).receives(login);
    linked.after(5_000);
  }
  expect(linked.trouble).toBe('shared');
});

it('one machine that loses its ends is a loop, not two machines', () => {
  const linked = new Linked();
  for (let time = 0; time < 6; time += 1) {
    linked.connects().receives(login);
    linked.after(5_000);
  }
  expect(linked.trouble).toBe('loop');
});

it('moves the machine up, above open doors; a machine that can’t sell stays first', () => {
  const linked = new Linked();
  linked
    .connects()
    .receives(hb)
    .receives({ ...door, status: 'dooropen' });
  linked.after(61_000);
  const { row } = linked;
  const now = linked.world.now;
  const fine = { ...row, lastHeard: now, lastBeat: now, link: { ...row.link, noLogin: null } };
  const rows = [
    { ...fine, vmcNo: 1, doorOpen: false },
    { ...fine, vmcNo: 2 },
    { ...row, vmcNo: 3, lastHeard: now },
    {
      ...row,
      vmcNo: 4,
      lastHeard: now,
      worst: { code: 'ERROR:5300', severity: 'fatal', selling: 'no', since: 0, unconfirmed: false } as const,
    },
  ];
  const { order } = orderMachines(new Map(rows.map((one) => [one.vmcNo, one])), now, emptyOrder);
  expect(order).toEqual([4, 3, 2, 1]);
});
