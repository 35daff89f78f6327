/** Messages and the machine states they lead to. */
import { describe, expect, it } from 'vitest';
import { Fleet } from '../../../../../src/main/core/state/fleet';
import { playbook, World } from '../../../../builders/playbook';

const vmc_no = 33232;
const hb = { cmd: 'hb', vmc_no };
const login = {
  cmd: 'login',
  vmc_no,
  timestamp: 20150624,
  sign: 'x',
  version: '1.2',
  linuxDriverVersion: '1.3',
};
const done = {
  cmd: 'productdone',
  vmc_no,
  ProductName: 'Hot milk',
  ProductId: 701,
  ProductAmount: 1000,
  PayType: 'qr_pay ',
  isok: true,
  order_no: 'o-1',
};
const loggedIn = (world = new World()) =>
  playbook({}, world).receives(login).claims(vmc_no).answers('login_r');

describe('replay', () => {
  it('the same entries give the same fleet', () => {
    const world = new World();
    loggedIn(world)
      .receives({ cmd: 'qrcode', vmc_no, qr_type: 'all', product_id: 810, Amount: 1000, order_no: 'o-1' })
      .answers('qrcode_r')
      .after(500)
      .answers('qrcode_r')
      .after(1)
      .receives(done)
      .answers('productdone_r')
      .hangsUp();
    loggedIn(world).receives(hb).answers(hb);
    const again = new Fleet();
    for (const entry of world.entries) again.apply(entry);
    expect(again.machines).toEqual(world.fleet.machines);
  });
});

describe('the time of the last message', () => {
  it('is not set back by data held on the earlier connection', () => {
    const world = new World();
    const first = loggedIn(world).receivesBytes(new TextEncoder().encode('006000000000{"cmd":"hb",')).quiet();
    world.now += 10_000;
    const second = playbook({}, world).receives(login);
    second.claims(vmc_no).finds('number.replaced').answers('login_r');
    expect(world.fleet.machine(vmc_no)?.lastHeard).toBe(world.now);
    first.finds('junk.cut').records({ kind: 'junk' }).closes('replaced');
    expect(world.fleet.machine(vmc_no)?.lastHeard).toBe(world.now);
  });

  it('is not the time of its real server’s data: outgoing bytes outside of frames are not from the machine', () => {
    const world = new World();
    loggedIn(world);
    const before = world.fleet.machine(vmc_no);
    const last = world.entries.at(-1);
    if (last === undefined) throw new Error('no entry');
    world.fleet.apply({
      id: last.id + 1,
      at: world.now + 60_000,
      conn: last.conn,
      vmcNo: vmc_no,
      kind: 'junk',
      bytes: new Uint8Array(40),
      findings: [{ code: 'capture.fromServer', params: { bytes: 40 } }],
    });
    const after = world.fleet.machine(vmc_no);
    expect(after?.lastHeard).toBe(before?.lastHeard);
    expect(after?.counts).toEqual(before?.counts);
    expect(after?.findings['capture.fromServer']?.times).toBe(1);
  });
});
