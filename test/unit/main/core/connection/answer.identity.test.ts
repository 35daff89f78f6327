/** Ownership of a machine number: an unverified connection does not replace a live verified one. */
import { describe, expect, it } from 'vitest';
import { silenceLimit } from '#shared/limits';
import type { JsonObject } from '#shared/model/frame';
import { linkFacts } from '#shared/model/linkFacts';
import { lastClaim, verificationOf } from '#shared/model/verified';
import { makeSign } from '../../../../../src/main/core/protocol/sign';
import { Fleet } from '../../../../../src/main/core/state/fleet';
import { connection, type TestConnection } from '../../../../builders/connection';
import { login, vmc_no } from '../../../../builders/loggedIn';
import { playbook, World, type Playbook } from '../../../../builders/playbook';

const code = '12345678';
const signed = { ...login, sign: makeSign('codeNumber', { timestamp: null, vmcNo: vmc_no }, code) };
const dated = { ...login, sign: makeSign('timestampCode', { timestamp: '20150624', vmcNo: null }, code) };
const forged = { ...login, sign: 'ffffffffffffffffffffffffffffffff' };
const hb = { cmd: 'hb', vmc_no };
const android = {
  cmd: 'login',
  vmc_no,
  timestamp: '20150624',
  sign: 'constant',
  version: '2',
  login_count: 2,
};
const open = { cmd: 'machinestatus', vmc_no, status: 'dooropen' };

const home = '192.168.1.77';
const stranger = '192.168.1.66';

const verified = (world: World, address = home): Playbook =>
  playbook({ code, address }, world).receives(signed).claims(vmc_no).finds('sign.matched').answers('login_r');

const stateIn = ({ fleet }: World) => {
  const machine = fleet.machine(vmc_no);
  if (machine === null) throw new Error('nothing is known of the machine');
  return machine;
};

const verificationIn = (world: World) =>
  verificationOf(stateIn(world), {
    hasCode: true,
    signPolicy: 'warn',
    platform: stateIn(world).platform,
  });

/** Sends a heartbeat every 30 s, so many times. */
function lives(machine: Playbook, beats: number): void {
  for (let n = 0; n < beats; n += 1) machine.after(30_000).receives(hb).answers(hb);
}

describe('with a stored code', () => {
  it('a login with a wrong sign does not take the number of a verified machine, and does not change its state', () => {
    const world = new World();
    const machine = verified(world);
    const before = stateIn(world);
    const impostor = playbook({ code, address: stranger }, world)
      .receives(forged)
      .finds('sign.mismatch', 'number.contested')
      .answers('login_r')
      .staysOpen();
    machine.finds('number.claimed').staysOpen();
    impostor.receives(open).finds('number.contested').staysOpen();
    expect(world.claims.holder(vmc_no)).toBe(machine.conn);
    expect(stateIn(world)).toEqual({
      ...before,
      findings: { ...before.findings, 'number.claimed': expect.anything() as unknown },
    });
    expect(stateIn(world).findings['number.claimed']?.params).toEqual({
      conn: impostor.conn,
      address: stranger,
      here: home,
    });
    machine.receives(hb).answers(hb);
    impostor.hangsUp();
    expect(stateIn(world).link).toMatchObject({ status: 'online', conn: machine.conn });
  });

  it('nor does a heartbeat alone, from the same address or another', () => {
    for (const address of [home, stranger]) {
      const world = new World();
      const machine = verified(world);
      const impostor = playbook({ code, address }, world)
        .receives(hb)
        .finds('login.missing', 'number.contested')
        .answers(hb);
      machine.finds('number.claimed');
      impostor.staysOpen();
      expect(stateIn(world).link).toMatchObject({ conn: machine.conn });
      expect(verificationIn(world)).toBe('verified');
    }
  });

  it('nor an android login, if the machine has verified itself before', () => {
    const world = new World();
    const machine = verified(world);
    playbook({ code, address: stranger }, world)
      .receives(android)
      .finds('sign.mismatch', 'number.contested')
      .answers('login_r')
      .staysOpen();
    machine.finds('number.claimed').hangsUp();
    world.now += 1;
    playbook({ code, address: stranger }, world)
      .receives(android)
      .claims(vmc_no)
      .finds('sign.mismatch', 'number.moved')
      .answers('login_r');
    expect(verificationIn(world)).toBe('unverified');
  });

  it('both formulas verify', () => {
    const world = new World();
    playbook({ code }, world).receives(dated).claims(vmc_no).finds('sign.matched').answers('login_r');
    expect(verificationIn(world)).toBe('verified');
  });

  it('a verified machine that reconnects takes its number back, whether its old connection is dead or alive', () => {
    const world = new World();
    const first = verified(world);
    world.now += 3_000;
    // A connection whose end was lost.
    const second = playbook({ code, address: home }, world)
      .receives(signed)
      .claims(vmc_no)
      .finds('sign.matched', 'number.replaced')
      .answers('login_r');
    first.closes('replaced');
    // A connection whose end arrived.
    second.hangsUp();
    const third = verified(world);
    expect(verificationIn(world)).toBe('verified');
    third.staysOpen();
  });

  it('a connection that verifies itself takes the number from an unverified one', () => {
    const world = new World();
    const impostor = playbook({ code, address: stranger }, world)
      .receives(forged)
      .claims(vmc_no)
      .finds('sign.mismatch')
      .answers('login_r');
    expect(verificationIn(world)).toBe('unverified');
    playbook({ code, address: home }, world)
      .receives(signed)
      .claims(vmc_no)
      .finds('sign.matched', 'number.taken')
      .answers('login_r');
    impostor.closes('replaced');
    expect(verificationIn(world)).toBe('verified');
  });

  it('after too long a silence of the verified connection, the newer one takes the number, unverified, with a finding', () => {
    const world = new World();
    // Relayed connections have no silence limit: silence never closes this one.
    const machine = verified(world);
    world.now += silenceLimit + 1;
    playbook({ code, address: home }, world)
      .receives(forged)
      .claims(vmc_no)
      .finds('sign.mismatch', 'number.takenUnsigned')
      .answers('login_r');
    machine.closes('replaced');
    expect(verificationIn(world)).toBe('unverified');
    expect(stateIn(world).findings['number.takenUnsigned']?.params).toEqual({
      conn: machine.conn,
      address: home,
      from: home,
    });
  });

  it('the other takes the number at its next frame once the verified one has ended', () => {
    const world = new World();
    const machine = verified(world);
    const other = playbook({ code, address: stranger }, world)
      .receives(hb)
      .finds('login.missing', 'number.contested')
      .answers(hb);
    machine.finds('number.claimed').hangsUp();
    other.receives(hb).finds('login.missing', 'number.moved').claims(vmc_no).answers(hb);
    expect(verificationIn(world)).toBe('unverified');
    other.receives(signed).finds('sign.matched').answers('login_r');
    expect(verificationIn(world)).toBe('verified');
  });

  it('a connection that logged in meanwhile counts as logged in, and its sign was compared', () => {
    const world = new World();
    const machine = verified(world);
    const other = playbook({ code, address: stranger }, world)
      .receives(forged)
      .finds('sign.mismatch', 'number.contested')
      .answers('login_r');
    machine.finds('number.claimed').hangsUp();
    other.receives(hb).finds('sign.mismatch', 'number.moved').claims(vmc_no).answers(hb);
    expect(verificationIn(world)).toBe('unverified');
    expect(stateIn(world).sign).toEqual({ kind: 'mismatch' });
    expect(linkFacts(stateIn(world)).noLogin).toBeNull();
    // A fold of the entries alone gives the same.
    const again = new Fleet();
    for (const entry of world.entries) again.apply(entry);
    expect(again.machine(vmc_no)).toEqual(stateIn(world));
  });

  it('the machine gets the finding again while the other continues to send', () => {
    const world = new World();
    const machine = verified(world);
    const other = playbook({ code, address: stranger }, world)
      .receives(hb)
      .finds('login.missing', 'number.contested')
      .answers(hb);
    machine.finds('number.claimed');
    for (let n = 0; n < 10; n += 1) {
      lives(machine, 1);
      other.receives(hb).finds('login.missing', 'number.contested').answers(hb);
      if (n === 9) machine.finds('number.claimed');
    }
    expect(stateIn(world).findings['number.claimed']?.times).toBe(2);
  });

  it('a named machine keeps its own state while it tries another machine’s number', () => {
    const world = new World();
    const machine = verified(world);
    const other = playbook({ code, address: stranger }, world)
      .receives({ ...forged, vmc_no: 7, version: '7.7' })
      .claims(7)
      .finds('sign.mismatch')
      .answers('login_r');
    other.receives(forged).finds('vmcNo.changed', 'sign.mismatch', 'number.contested').answers('login_r');
    machine.finds('number.claimed');
    expect(world.fleet.machine(7)?.login?.version).toBe('7.7');
  });

  it('a fold of the entries alone, as after a restart, gives the same machine', () => {
    const world = new World();
    const machine = verified(world);
    playbook({ code, address: stranger }, world)
      .receives(forged)
      .finds('sign.mismatch', 'number.contested')
      .answers('login_r')
      .receives(open)
      .finds('number.contested');
    machine.finds('number.claimed').hangsUp();
    playbook({ code, address: stranger }, world)
      .receives(forged)
      .claims(vmc_no)
      .finds('sign.mismatch', 'number.moved')
      .answers('login_r');
    const again = new Fleet();
    for (const entry of world.entries) again.apply(entry);
    expect(again.machines).toEqual(world.fleet.machines);
    expect(stateIn(world).proved).toMatchObject({ value: 'codeNumber' });
  });

  it('an android machine, whose sign is a constant, can’t be verified, and dials again silently', () => {
    const world = new World();
    const dial = () => playbook({ code }, world).receives(android).claims(vmc_no);
    const first = dial().finds('sign.mismatch').answers('login_r');
    expect(verificationIn(world)).toBe('unverifiable');
    world.now += 3_000;
    dial().finds('sign.mismatch', 'number.replaced').answers('login_r');
    first.closes('replaced');
  });

  it('two real machines with the same number and code still displace each other', () => {
    const world = new World();
    const plays = [1, 2, 3, 4, 5].map((n) => {
      const play = playbook({ code, address: `192.0.2.${8 + (n % 2)}` }, world)
        .receives(signed)
        .claims(vmc_no);
      if (n === 1) play.finds('sign.matched');
      else if (n < 5) play.finds('sign.matched', 'number.taken');
      else play.finds('sign.matched', 'number.taken', 'number.shared');
      return play.answers('login_r');
    });
    for (const play of plays.slice(0, 4)) play.closes('replaced');
  });
});

describe('without a stored code', () => {
  it('the newer connection wins, with a finding for another address while the older one is alive', () => {
    const world = new World();
    const first = playbook({ address: home }, world).receives(login).claims(vmc_no).answers('login_r');
    world.now += 5_000;
    playbook({ address: stranger }, world)
      .receives(hb)
      .claims(vmc_no)
      .finds('login.missing', 'number.taken')
      .answers(hb);
    first.closes('replaced');
    expect(stateIn(world).findings['number.taken']?.params).toEqual({
      conn: first.conn,
      address: stranger,
      from: home,
    });
    expect(verificationOf(stateIn(world), { hasCode: false, signPolicy: 'ignore', platform: null })).toBe(
      'unverifiable',
    );
  });

  it('two machines behind one address with different numbers are not a finding', () => {
    const world = new World();
    playbook({ address: home }, world).receives(login).claims(vmc_no).answers('login_r');
    playbook({ address: home }, world)
      .receives({ ...login, vmc_no: 8 })
      .claims(8)
      .answers('login_r');
    expect(Object.keys(stateIn(world).findings)).toEqual([]);
  });
});

describe('if the relay keeps the older of two connections open', () => {
  const relayed = (world: World, address: string): TestConnection => {
    const upstream = { host: '192.0.2.9', port: 4_567, is: 'relayed' } as const;
    return connection({ code, address, upstream, server: () => undefined }, world);
  };

  it('a takeover is reported with both addresses, and the older connection stays', () => {
    const world = new World();
    const older = relayed(world, stranger).receives(forged);
    const machine = relayed(world, home).receives(signed);
    expect(older.isOpen).toBe(true);
    expect(stateIn(world).findings['number.taken']?.params).toEqual({
      conn: older.conn,
      address: home,
      from: stranger,
    });
    expect(world.claims.holder(vmc_no)).toBe(machine.conn);
  });

  it('messages of the older one, which prove nothing, change nothing of the verified machine', () => {
    const world = new World();
    const older = relayed(world, stranger).receives(forged);
    const machine = relayed(world, home).receives(signed);
    const { login: known, findings: _, counts: _counts, ...before } = stateIn(world);
    older.receives(open).receives({ ...forged, version: '6.6.6' });
    older.receives({ cmd: 'error', vmc_no, error_code: 'ERROR:1', isSet: true, is_fatal_error: true });
    expect(stateIn(world)).toMatchObject({ login: known, door: before.door, errors: [] });
    expect(verificationIn(world)).toBe('verified');
    expect(stateIn(world).link).toMatchObject({ conn: machine.conn });
    expect(stateIn(world).findings['number.claimed']?.params).toEqual({
      conn: older.conn,
      address: stranger,
      here: home,
    });
  });

  it('frames of the older one, proved to be the machine’s own, count', () => {
    const world = new World();
    const older = relayed(world, home).receives(signed);
    relayed(world, home).receives(signed);
    older.receives(open);
    expect(stateIn(world).door?.value).toBe('open');
    expect(stateIn(world).findings['number.claimed']).toBeUndefined();
  });
});

describe('an unused number, from another address', () => {
  const stored = { code } as const;
  const gone = (options: { readonly code?: string }, first: JsonObject): World => {
    const world = new World();
    connection({ ...options, address: home }, world)
      .receives(first)
      .hangsUp();
    return world;
  };
  const movedIn = (world: World) => lastClaim(stateIn(world));

  it.each([
    ['without a code', {}, login],
    ['with a code that does not match the login', stored, signed],
  ])('%s it is reported with both addresses', (_, options, first) => {
    const world = gone(options, first);
    world.now += 20_000;
    connection({ ...options, address: stranger }, world).receives(hb);
    expect(movedIn(world)).toMatchObject({ kind: 'moved', address: stranger, of: home });
  });

  it('is not reported of a verified machine, nor of the same address, nor of a machine that was away for long', () => {
    const proved = gone(stored, signed);
    connection({ ...stored, address: stranger }, proved).receives(signed);
    expect(movedIn(proved)).toBeNull();
    const same = gone({}, login);
    connection({ address: home }, same).receives(login);
    expect(movedIn(same)).toBeNull();
    const long = gone({}, login);
    long.now += 3_600_001;
    connection({ address: stranger }, long).receives(login);
    expect(movedIn(long)).toBeNull();
  });
});

it('silence while this computer slept does not count: the verified machine keeps its number', () => {
  const world = new World();
  const machine = verified(world);
  world.now += 600_000;
  world.claims.listensAgain(world.now);
  playbook({ code, address: stranger }, world)
    .receives(hb)
    .finds('login.missing', 'number.contested')
    .answers(hb);
  machine.finds('number.claimed');
  expect(verificationIn(world)).toBe('verified');
});
