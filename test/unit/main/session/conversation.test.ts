import { describe, expect, it } from 'vitest';
import { playbook, World } from '../../../builders/playbook';

const hb = { cmd: 'hb', vmc_no: 33232 };
const login = {
  cmd: 'login',
  vmc_no: 33232,
  timestamp: 20150624,
  sign: '594f803b380a41396ed63dca3950354',
  version: '1.2.8.8',
  linuxDriverVersion: '1.3',
};
const loginReply = { cmd: 'login_r', vmc_no: 33232, date_time: '2015-06-24 12:00:00', ret: 0 };
const androidLogin = {
  cmd: 'login',
  vmc_no: 44401,
  timestamp: '20150624',
  io_version: '2.1',
  login_count: 1,
  comp_id: 7,
};

describe('login', () => {
  it('is answered with our time and ret 0, in the head the machine used', () => {
    playbook().receives(login).sends(loginReply, 'decimal').sendsNothing();
    playbook().receives(login, 'le48').sends(loginReply, 'le48').sendsNothing();
  });
  it('tells the platform and the versions', () => {
    playbook()
      .receives(login)
      .shows(33232, { platform: 'linux', sign: { kind: 'noCode' } })
      .finds();
    playbook().receives(androidLogin).shows(44401, { platform: 'android' });
  });
  it('uses the head a person fixed', () => {
    playbook({ config: { head: 'le48' } })
      .receives(login)
      .sends(loginReply, 'le48');
  });
  it('says which sign formula matched', () => {
    // Computed with md5sum: 20150624 + 12345678 [doc], 12345678 + 33232 [field].
    const byTime = { ...login, sign: 'd3c1e46a62b0b93bfe63b413b226aa72' };
    const byNumber = { ...login, sign: '5194FBDBF90C9FB56127FC54FBF91C45' };
    const code = '12345678';
    playbook({ code })
      .receives(byTime)
      .shows(33232, { sign: { kind: 'matched', formula: 'timestampCode', exact: true } });
    playbook({ code })
      .receives(byNumber)
      .shows(33232, { sign: { kind: 'matched', formula: 'codeNumber', exact: false } });
    playbook({ code })
      .receives(login)
      .sends(loginReply)
      .finds('sign.mismatch')
      .shows(33232, { sign: { kind: 'mismatch' } });
    playbook({ code })
      .receives({ ...login, sign: '' })
      .finds('sign.absent');
  });
  it('answers a wrong sign with ret 1 only where a person chose to enforce', () => {
    playbook({ code: '12345678', config: { signPolicy: 'ignore' } })
      .receives(login)
      .sends(loginReply)
      .finds();
    playbook({ code: '12345678', config: { signPolicy: 'warn' } })
      .receives(login)
      .sends(loginReply)
      .finds('sign.mismatch');
    playbook({ code: '12345678', config: { signPolicy: 'enforce' } })
      .receives(login)
      .sends({ ...loginReply, ret: 1 });
  });
  it('notices that one of the two clocks is wrong', () => {
    playbook()
      .receives({ ...login, timestamp: 20150620 })
      .finds('clock.wrong');
    playbook()
      .receives({ ...login, timestamp: 20150625 })
      .finds();
  });
});

describe('answers by profile', () => {
  const vmc_no = 33232;
  it('extended: everything real machines want', () => {
    playbook()
      .receives(login)
      .ignoringAnswers()
      .receives(hb)
      .sends(hb)
      .receives({ cmd: 'machinestatus', vmc_no, status: 'dooropen' })
      .sendsNothing()
      .receives({
        cmd: 'error',
        vmc_no,
        error_code: 'EC_2',
        isSet: true,
        is_fatal_error: true,
        is_persistence_error: true,
        datetime: '20150624',
        error_description: 'x',
      })
      .sends({ cmd: 'error_r', vmc_no })
      .receives({
        cmd: 'productdone',
        vmc_no,
        ProductName: 'Latte',
        ProductId: 701,
        ProductAmount: 1000,
        PayType: 'qr_pay',
        isok: true,
        order_no: 'a1',
      })
      .sends({ cmd: 'productdone_r', vmc_no, order_no: 'a1', isOk: true })
      .receives({ cmd: 'checkorder', vmc_no, order_no: 'a2', product_id: 701 })
      .sends({
        cmd: 'checkorder_r',
        vmc_no,
        order_no: 'a2',
        product_id: 701,
        Amount: 0,
        paytype: '',
        paydone: false,
      })
      .receives({
        cmd: 'rinsingrecord',
        vmc_no,
        c_uid: 'u-9',
        isok: true,
        rinsing_code: '1',
        timestamp: '20150624120000',
      })
      .sends({ cmd: 'rinsingrecord_r', c_uid: 'u-9', vmc_no })
      .receives({ cmd: 'feedrecord', vmc_no })
      .sends({ cmd: 'feedrecord_r', vmc_no })
      .receives({ cmd: 'upordrecipe', vmc_no })
      .sends({ cmd: 'upordrecipe_r', vmc_no })
      .receives({ cmd: 'paydone_r', vmc_no, order_no: 'a1' })
      .receives({ cmd: 'somethingnew', vmc_no })
      .sendsNothing();
  });
  it('document: only what the document defines, the heartbeat without a number', () => {
    playbook({ config: { replyProfile: 'document' } })
      .receives(login)
      .sends(loginReply)
      .receives(hb)
      .sends({ cmd: 'hb' })
      .receives({ cmd: 'error', vmc_no, error_code: 'EC_2', isSet: true })
      .receives({ cmd: 'productdone', vmc_no, order_no: 'a1', isok: true })
      .receives({ cmd: 'checkorder', vmc_no, order_no: 'a1', product_id: 1 })
      .receives({ cmd: 'rinsingrecord', vmc_no, c_uid: 1 })
      .sendsNothing();
  });
  it('a heartbeat that names nobody is answered, and nobody is invented', () => {
    const play = playbook().receives({ cmd: 'hb' }).sends({ cmd: 'hb' });
    expect(play.world.fleet.machines.size).toBe(0);
  });
});

describe('QR requests', () => {
  const ask = {
    cmd: 'qrcode',
    vmc_no: 33232,
    qr_type: 'all',
    product_id: 810,
    Amount: 1000,
    order_no: 'o-1',
  };
  const answer = (type: string) => ({
    cmd: 'qrcode_r',
    vmc_no: 33232,
    qr_type: type,
    qrcode: `CREMA TEST 33232 ${type} 10.00 CNY o-1`,
    order_no: 'o-1',
  });
  it('all: one answer per payment type', () => {
    playbook().receives(ask).sends(answer('wx_pub')).sends(answer('alipay')).sendsNothing();
  });
  it('one type: one answer', () => {
    playbook()
      .receives({ ...ask, qr_type: ' alipay ' })
      .sends(answer('alipay'))
      .sendsNothing();
  });
  it('the same order again gets the same answer, even if the amount changed, and stays one order', () => {
    const play = playbook()
      .receives(ask)
      .ignoringAnswers()
      .after(8_000)
      .receives({ ...ask, Amount: 1200 })
      .sends(answer('wx_pub'))
      .sends(answer('alipay'));
    expect(play.world.fleet.machine(33232)?.orders).toHaveLength(1);
  });
});

describe('orders', () => {
  const done = {
    cmd: 'productdone',
    vmc_no: 33232,
    ProductName: 'Hot milk',
    ProductId: 701,
    ProductAmount: 1000,
    PayType: 'qr_pay ',
    isok: true,
    order_no: 'o-1',
  };
  it('however often it comes, an order is one', () => {
    const play = playbook().receives(done).after(3_000).receives(done).after(3_000).receives(done);
    const machine = play.world.fleet.machine(33232);
    expect(machine?.orders).toHaveLength(1);
    expect(machine?.orders[0]).toMatchObject({
      state: 'made',
      doneTimes: 3,
      amount: 1000,
      productName: 'Hot milk',
    });
    expect(machine?.lastDrink?.at).toBe(machine?.orders[0]?.at);
    play.finds('login.missing', 'order.repeated', 'order.repeated');
  });
  it('a drink that failed says so', () => {
    const play = playbook().receives({ ...done, isok: false, failreason: 'no cups' });
    expect(play.world.fleet.machine(33232)?.orders[0]).toMatchObject({
      state: 'failed',
      failReason: 'no cups',
    });
  });
});

describe('errors', () => {
  const error = (code: string, isSet: boolean, more = {}) => ({
    cmd: 'error',
    vmc_no: 33232,
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
      .machine(33232)
      ?.errors.map(({ code, times, unconfirmed }) => ({ code, times, unconfirmed }));
  it('set and cleared by code, in any case', () => {
    const play = playbook().receives(error('ERROR:5300', true)).receives(error('EC_2', true));
    expect(codes(play)).toEqual([
      { code: 'ERROR:5300', times: 1, unconfirmed: false },
      { code: 'EC_2', times: 1, unconfirmed: false },
    ]);
    play.receives(error('error:5300', false));
    expect(codes(play)).toEqual([{ code: 'EC_2', times: 1, unconfirmed: false }]);
  });
  it('the same message again within a minute counts once', () => {
    const play = playbook().receives(error('EC_2', true)).after(3_000).receives(error('EC_2', true));
    expect(codes(play)).toEqual([{ code: 'EC_2', times: 1, unconfirmed: false }]);
    play.finds('login.missing', 'error.repeated').after(61_000).receives(error('EC_2', true));
    expect(codes(play)).toEqual([{ code: 'EC_2', times: 2, unconfirmed: false }]);
  });
  it('clearerror ends all of them and frees the cup', () => {
    playbook()
      .receives(error('EC_2', true))
      .receives({ cmd: 'machinestatus', vmc_no: 33232, status: 'cupblock' })
      .receives({ cmd: 'machinestatus', vmc_no: 33232, status: 'clearerror' })
      .shows(33232, { errors: [], cupBlocked: null });
  });
  it('a mere reconnect leaves them, unconfirmed, until the machine says them again', () => {
    const world = new World();
    playbook({}, world).receives(login).receives(error('EC_2', true)).hangsUp();
    const second = playbook({}, world).receives(login);
    expect(codes(second)).toEqual([{ code: 'EC_2', times: 1, unconfirmed: true }]);
    second.after(70_000).receives(error('EC_2', true));
    expect(codes(second)).toEqual([{ code: 'EC_2', times: 2, unconfirmed: false }]);
  });
  it('a restart that was seen ends those that do not survive one', () => {
    const world = new World();
    playbook({}, world)
      .receives({ ...androidLogin, vmc_no: 33232, login_count: 5 })
      .receives(error('ERROR:5300', true))
      .receives(error('EC_2', true, { is_persistence_error: true }))
      .hangsUp();
    const second = playbook({}, world).receives({ ...androidLogin, vmc_no: 33232, login_count: 1 });
    expect(codes(second)?.map(({ code }) => code)).toEqual(['EC_2']);
  });
});

describe('cup and door', () => {
  const status = (word: string) => ({ cmd: 'machinestatus', vmc_no: 33232, status: word });
  it('cupblock stays until a drink works', () => {
    const done = { cmd: 'productdone', vmc_no: 33232, order_no: 'o', isok: false };
    const play = playbook().receives(status('cupblock')).receives(done);
    expect(play.world.fleet.machine(33232)?.cupBlocked?.value).toBe(true);
    play.receives({ ...done, order_no: 'p', isok: true }).shows(33232, { cupBlocked: null });
  });
  it('the door names the frame it follows from, and repeating does not make it newer', () => {
    const play = playbook().receives(status('dooropen')).after(60_000).receives(status('dooropen'));
    const door = play.world.fleet.machine(33232)?.door;
    const first = play.world.entries.find((entry) => entry.kind === 'frame');
    expect(door).toEqual({ value: 'open', at: first?.at, entry: first?.id });
    play.receives(status('doorclose'));
    expect(play.world.fleet.machine(33232)?.door?.value).toBe('closed');
  });
});

describe('ends', () => {
  it('two minutes of silence', () => {
    playbook().receives(login).after(119_999).staysOpen().after(1).closes('silence').finds('link.silence');
    playbook()
      .receives(login)
      .after(100_000)
      .receives(hb)
      .after(119_999)
      .staysOpen()
      .after(1)
      .closes('silence');
  });
  it('a frame that does not complete in 30 s', () => {
    const half = new TextEncoder().encode('006000000000{"cmd":"hb",');
    playbook()
      .receives(login)
      .receivesBytes(half)
      .after(29_999)
      .staysOpen()
      .after(1)
      .closes('halfFrame')
      .finds('link.halfFrame');
  });
  it('64 KiB without a frame', () => {
    playbook().receivesBytes(new Uint8Array(70_000).fill(0x78)).closes('noFrame');
  });
  it('the newer of two connections with one number wins; the fourth swap is a finding', () => {
    const world = new World();
    const plays = [1, 2, 3, 4, 5].map(() => playbook({}, world).receives(login));
    plays[0]?.closes('replaced');
    plays[1]?.closes('replaced');
    plays[4]?.staysOpen().finds('number.replaced', 'number.shared');
    plays[3]?.finds('number.replaced');
    expect(world.fleet.machine(33232)).toMatchObject({ connections: 5, link: { status: 'online', conn: 5 } });
  });
  it('swaps far apart are no finding', () => {
    const world = new World();
    for (let n = 0; n < 6; n += 1) {
      playbook({}, world).receives(login);
      world.now += 60_001;
    }
    expect(
      world.entries.some((entry) => entry.kind === 'finding' && entry.finding.code === 'number.shared'),
    ).toBe(false);
  });
});

describe('counting in the padding', () => {
  it('a jump means lost frames, a step back a restart', () => {
    playbook()
      .receives(login, 'le48', 10)
      .receives(hb, 'le48', 11)
      .receives(hb, 'le48', 14)
      .receives(hb, 'le48', 1)
      .finds('seq.gap', 'seq.restart');
  });
  it('padding that never counts is no sequence', () => {
    playbook().receives(login, 'le48', 0).receives(hb, 'le48', 0).receives(hb, 'le48', 0).finds();
  });
});

describe('replay', () => {
  it('the same entries give the same fleet', async () => {
    const { Fleet } = await import('../../../../src/main/session/fleet');
    const world = new World();
    playbook({}, world)
      .receives(login)
      .receives({
        cmd: 'qrcode',
        vmc_no: 33232,
        qr_type: 'all',
        product_id: 810,
        Amount: 1000,
        order_no: 'o-1',
      })
      .receives({ cmd: 'productdone', vmc_no: 33232, order_no: 'o-1', isok: true })
      .hangsUp();
    playbook({}, world).receives(login).receives(hb);
    const again = new Fleet();
    for (const entry of world.entries) again.apply(entry);
    expect(again.machines).toEqual(world.fleet.machines);
  });
});

describe('hostile input', () => {
  it('slow junk counts too: 64 KiB of it without a frame end the connection', () => {
    const play = playbook().receives(hb).ignoringAnswers();
    for (let n = 0; n < 15; n += 1) play.receivesBytes(new Uint8Array(4096).fill(0x78)).quiet();
    play.staysOpen();
    play.receivesBytes(new Uint8Array(4096).fill(0x78)).quiet().closes('noFrame');
  });
  it('names that every object has are names like others', () => {
    const ask = { cmd: 'qrcode', vmc_no: 33232, product_id: 1, Amount: 100, order_no: 'o' };
    for (const qr_type of ['constructor', 'toString', '__proto__']) {
      playbook()
        .receives({ ...ask, qr_type })
        .sends({
          cmd: 'qrcode_r',
          vmc_no: 33232,
          qr_type,
          qrcode: `CREMA TEST 33232 ${qr_type} 1.00 CNY o`,
          order_no: 'o',
        });
    }
    const play = playbook().receives(
      '{"cmd":"machinestatus","vmc_no":33232,"status":"supply","supply":{"__proto__":"5","1":"7"}}',
    );
    expect(Object.keys(play.world.fleet.machine(33232)?.supplies ?? {}).toSorted()).toEqual([
      '1',
      '__proto__',
    ]);
  });
  it('a frame that carries another number is judged by the connection it came on', () => {
    const world = new World();
    playbook({}, world).receives({ cmd: 'hb', vmc_no: 731 }, 'le48', 4);
    playbook({}, world)
      .receives({ cmd: 'hb', vmc_no: 730 }, 'le48', 53)
      .receives({ cmd: 'hb', vmc_no: 731 }, 'le48', 54)
      .finds('login.missing', 'vmcNo.changed');
  });
  it('nesting hidden behind a quote in a comment is refused, not followed', () => {
    const deep = `{"cmd":"hb", // "\n "vmc_no":${'['.repeat(4000)}${']'.repeat(4000)}}`;
    playbook().receives(deep).staysOpen().receives(hb).sends(hb);
  });
});
