/** The progress of connections, from their entries. */
import { describe, expect, it } from 'vitest';
import type { Arrival } from '#shared/model/arrivals';
import { makeSign } from '../../../../../src/main/core/protocol/sign';
import { Arrivals } from '../../../../../src/main/core/state/arrivals';
import {
  connection,
  World,
  type ConnectionOptions,
  type TestConnection,
} from '../../../../builders/connection';

interface Scene {
  readonly world: World;
  readonly connects: (options?: ConnectionOptions) => TestConnection;
  /** All reported arrivals. */
  readonly list: () => readonly Arrival[];
  readonly last: () => Arrival | undefined;
  /** Whether each entry since the last call was news. */
  readonly news: () => readonly boolean[];
  readonly arrivals: Arrivals;
}

function scene(virtual: readonly number[] = []): Scene {
  const world = new World();
  const arrivals = new Arrivals({ isVirtual: ({ remotePort }) => virtual.includes(remotePort) });
  let next = 0;
  const news = (): readonly boolean[] => {
    const updates = world.entries.slice(next).map((entry) => arrivals.apply(entry));
    next = world.entries.length;
    return updates;
  };
  const list = (): readonly Arrival[] => {
    news();
    return arrivals.list(() => undefined);
  };
  return {
    world,
    arrivals,
    news,
    list,
    connects: (options = {}) => connection(options, world),
    last: () => list()[0],
  };
}

const login = { cmd: 'login', vmc_no: 7, timestamp: 20150624, sign: 'x', linuxDriverVersion: '1.3' };
const hb = { cmd: 'hb', vmc_no: 7 };

describe('a connection', () => {
  it('in order: silent, bytes, a frame, its login, its end', () => {
    const { world, connects, last } = scene();
    const one = connects();
    expect(last()).toMatchObject({
      conn: 1,
      address: '192.0.2.7',
      port: 40_001,
      since: world.now,
      bytes: 0,
      frames: 0,
      lastHeard: null,
      first: '',
      vmcNo: null,
      loggedIn: false,
      refused: null,
      ended: null,
    });
    one.receivesBytes(Uint8Array.of(0x68, 0x69)).quiet();
    expect(last()).toMatchObject({ bytes: 2, first: '6869', lastWords: 'hi', frames: 0 });
    one.receives('{"cmd":"hb"}');
    expect(last()).toMatchObject({ frames: 1, first: '', lastWords: '{"cmd":"hb"}', vmcNo: null });
    one.receives(login);
    expect(last()).toMatchObject({ frames: 2, loggedIn: true, vmcNo: 7, refused: null });
    one.after(5_000).hangsUp('reset');
    expect(last()).toMatchObject({ conn: 1, ended: { at: world.now, reason: 'reset' }, vmcNo: 7 });
  });

  it('of another machine on a direct link, with a wrong sign or too many numbers: refused', () => {
    const { connects, last, list } = scene();
    connects({ directLink: { vmcNo: 5, tells: true } }).receives(login);
    expect(last()).toMatchObject({ refused: 'reserved', ended: { reason: 'reserved' } });
    const code = { code: 'abcdefgh', config: { signPolicy: 'enforce' } } as const;
    connects(code).receives(login);
    expect(last()).toMatchObject({ refused: null, ret: 1, loggedIn: true, ended: null });
    const many = connects();
    for (const vmc_no of [1, 2, 3, 4]) many.receives({ ...login, vmc_no });
    expect(list()[1]).toMatchObject({ conn: 3, refused: 'numbers', ended: { reason: 'tooManyNumbers' } });
  });

  it('with the number of a verified machine: refused, until that machine has left', () => {
    const { connects, last } = scene();
    const code = { code: 'abcdefgh' };
    const sign = makeSign('codeNumber', { timestamp: null, vmcNo: 7 }, code.code);
    const machine = connects(code).receives({ ...login, sign });
    const other = connects(code).receives(login);
    expect(last()).toMatchObject({ conn: 2, refused: 'contested', vmcNo: null, loggedIn: true, frames: 1 });
    machine.hangsUp();
    other.receives(hb);
    expect(last()).toMatchObject({ conn: 2, refused: null, vmcNo: 7, frames: 2 });
  });

  it('that was evicted for others: refused, though it sent nothing', () => {
    const { world, connects, last, news } = scene();
    const one = connects();
    one.ended('crowded');
    news();
    expect(last()).toMatchObject({ refused: 'crowded', bytes: 0, ended: { at: world.now } });
  });
});

describe('the list of arrivals', () => {
  it('does not change with messages of a machine that is logged in', () => {
    const { connects, news } = scene();
    const one = connects().receives(login);
    expect(news()).toContain(true);
    one.receives(hb).receives(hb);
    const updates = news();
    expect(updates.length).toBeGreaterThanOrEqual(4);
    expect(updates).not.toContain(true);
  });

  it('omits a virtual machine as soon as its port is known, and when it has ended', () => {
    const virtual: number[] = [];
    const { connects, list } = scene(virtual);
    const one = connects().receives(login);
    expect(list()).toHaveLength(1);
    virtual.push(40_001);
    expect(list()).toEqual([]);
    virtual.pop();
    one.hangsUp();
    expect(list()).toEqual([]);
  });

  it('omits virtual machines, and has the newest of the others first, up to a limit', () => {
    const { connects, list, arrivals } = scene([40_001]);
    connects().receives(login);
    expect(list()).toEqual([]);
    for (let i = 0; i < 20; i += 1) connects();
    expect(list().map(({ conn }) => conn)).toEqual([21, 20, 19, 18, 17, 16, 15, 14, 13, 12, 11, 10]);
    expect(arrivals.openCount).toBe(21);
  });

  it('has the last 20 of the ended ones', () => {
    const { connects, list, arrivals } = scene();
    for (let i = 0; i < 25; i += 1) connects().hangsUp();
    expect(list().map(({ conn }) => conn)).toEqual(Array.from({ length: 20 }, (_, i) => 25 - i));
    expect(arrivals.openCount).toBe(0);
  });

  it('includes bytes without an entry yet', () => {
    const { connects, arrivals, news } = scene();
    connects();
    news();
    const held = { bytesRead: 3, firstBytes: Uint8Array.of(0x30, 0x30, 0x39) };
    expect(arrivals.list(() => held)[0]).toMatchObject({ bytes: 3, first: '303039' });
  });

  it('has only the beginning of long values', () => {
    const { connects, last } = scene();
    connects().receives(`{"cmd":"hb","x":"${'y'.repeat(900)}"}`);
    expect(last()?.lastWords).toHaveLength(161);
  });
});
