/** What messages make of a machine's state. */
import { describe, expect, it } from 'vitest';
import { Fleet } from '../../../../src/main/session/fleet';
import { playbook, World } from '../../../builders/playbook';

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

describe('orders', () => {
  it('however often it comes, an order is one', () => {
    const play = loggedIn()
      .receives(done)
      .answers('productdone_r')
      .after(3_000)
      .receives(done)
      .finds('order.repeated')
      .answers('productdone_r')
      .after(3_000)
      .receives(done)
      .finds('order.repeated')
      .answers('productdone_r');
    const machine = play.world.fleet.machine(vmc_no);
    expect(machine?.orders).toHaveLength(1);
    expect(machine?.orders[0]).toMatchObject({
      state: 'made',
      doneTimes: 3,
      amount: 1000,
      productName: 'Hot milk',
    });
    expect(machine?.lastDrink?.at).toBe(machine?.orders[0]?.at);
  });
  it('a drink that failed says so', () => {
    const play = loggedIn()
      .receives({ ...done, isok: false, failreason: 'no cups' })
      .answers('productdone_r');
    expect(play.world.fleet.machine(vmc_no)?.orders[0]).toMatchObject({
      state: 'failed',
      failReason: 'no cups',
    });
  });
});

describe('errors', () => {
  const error = (code: string, isSet: boolean, more = {}) => ({
    cmd: 'error',
    vmc_no,
    error_code: code,
    error_description: 'd',
    isSet,
    is_fatal_error: true,
    is_persistence_error: false,
    datetime: '20150624',
    ...more,
  });
  const codes = (play: ReturnType<typeof playbook>) =>
    play.world.fleet
      .machine(vmc_no)
      ?.errors.map(({ code, times, unconfirmed }) => ({ code, times, unconfirmed }));
  it('set and cleared by code, in any case', () => {
    const play = loggedIn()
      .receives(error('ERROR:5300', true))
      .answers('error_r')
      .receives(error('EC_2', true))
      .answers('error_r');
    expect(codes(play)).toEqual([
      { code: 'ERROR:5300', times: 1, unconfirmed: false },
      { code: 'EC_2', times: 1, unconfirmed: false },
    ]);
    play.receives(error('error:5300', false)).answers('error_r');
    expect(codes(play)).toEqual([{ code: 'EC_2', times: 1, unconfirmed: false }]);
  });
  it('the same message again within a minute counts once', () => {
    const play = loggedIn()
      .receives(error('EC_2', true))
      .answers('error_r')
      .after(3_000)
      .receives(error('EC_2', true))
      .finds('error.repeated')
      .answers('error_r');
    expect(codes(play)).toEqual([{ code: 'EC_2', times: 1, unconfirmed: false }]);
    play.after(61_000).receives(error('EC_2', true)).answers('error_r');
    expect(codes(play)).toEqual([{ code: 'EC_2', times: 2, unconfirmed: false }]);
  });
  it('clearerror ends all of them and frees the cup', () => {
    loggedIn()
      .receives(error('EC_2', true))
      .answers('error_r')
      .receives({ cmd: 'machinestatus', vmc_no, status: 'cupblock' })
      .receives({ cmd: 'machinestatus', vmc_no, status: 'clearerror' })
      .shows(vmc_no, { errors: [], cupBlocked: null });
  });
  it('a mere reconnect leaves them, unconfirmed, until the machine says them again', () => {
    const world = new World();
    loggedIn(world).receives(error('EC_2', true)).answers('error_r').hangsUp();
    const second = loggedIn(world);
    expect(codes(second)).toEqual([{ code: 'EC_2', times: 1, unconfirmed: true }]);
    second.after(70_000).receives(error('EC_2', true)).answers('error_r');
    expect(codes(second)).toEqual([{ code: 'EC_2', times: 2, unconfirmed: false }]);
  });
  it('a restart that was seen ends those that do not survive one', () => {
    const world = new World();
    const android = { cmd: 'login', vmc_no, timestamp: 20150624, sign: 'x', version: '1', io_version: '2.1' };
    playbook({}, world)
      .receives({ ...android, login_count: 5 })
      .claims(vmc_no)
      .answers('login_r')
      .receives(error('ERROR:5300', true))
      .answers('error_r')
      .receives(error('EC_2', true, { is_persistence_error: true }))
      .answers('error_r')
      .hangsUp();
    const second = playbook({}, world)
      .receives({ ...android, login_count: 1 })
      .claims(vmc_no)
      .answers('login_r');
    expect(codes(second)?.map(({ code }) => code)).toEqual(['EC_2']);
  });
});

describe('cup and door', () => {
  const status = (word: string) => ({ cmd: 'machinestatus', vmc_no, status: word });
  it('cupblock stays until a drink works', () => {
    const play = loggedIn()
      .receives(status('cupblock'))
      .receives({ ...done, isok: false })
      .answers('productdone_r');
    expect(play.world.fleet.machine(vmc_no)?.cupBlocked?.value).toBe(true);
    play
      .receives({ ...done, order_no: 'p', isok: true })
      .answers('productdone_r')
      .shows(vmc_no, { cupBlocked: null });
  });
  it('the door names the frame it follows from, and repeating does not make it newer', () => {
    const play = loggedIn().receives(status('dooropen'));
    const first = play.world.entries.at(-1);
    play.after(60_000).receives(status('dooropen'));
    const door = play.world.fleet.machine(vmc_no)?.door;
    expect(door).toEqual({ value: 'open', at: first?.at, entry: first?.id });
    play.receives(status('doorclose'));
    expect(play.world.fleet.machine(vmc_no)?.door?.value).toBe('closed');
  });
});

describe('supplies', () => {
  it('names that every object has are names like others', () => {
    const play = loggedIn().receives(
      '{"cmd":"machinestatus","vmc_no":33232,"status":"supply","supply":{"__proto__":"5","1":"7"}}',
    );
    expect(Object.keys(play.world.fleet.machine(vmc_no)?.supplies ?? {}).toSorted()).toEqual([
      '1',
      '__proto__',
    ]);
  });
});

describe('replay', () => {
  it('the same entries give the same fleet', () => {
    const world = new World();
    loggedIn(world)
      .receives({ cmd: 'qrcode', vmc_no, qr_type: 'all', product_id: 810, Amount: 1000, order_no: 'o-1' })
      .answers('qrcode_r', 'qrcode_r')
      .receives(done)
      .answers('productdone_r')
      .hangsUp();
    loggedIn(world).receives(hb).answers(hb);
    const again = new Fleet();
    for (const entry of world.entries) again.apply(entry);
    expect(again.machines).toEqual(world.fleet.machines);
  });
});
