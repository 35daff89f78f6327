/** Answers to machines, and findings about their messages. */
import { describe, expect, it } from 'vitest';
import { playbook, World } from '../../../../builders/playbook';

const vmc_no = 33232;
const hb = { cmd: 'hb', vmc_no };
const login = {
  cmd: 'login',
  vmc_no,
  timestamp: 20150624,
  sign: '594f803b380a41396ed63dca3950354',
  version: '1.2.8.8',
  linuxDriverVersion: '1.3',
};
const loginReply = { cmd: 'login_r', vmc_no, date_time: '2015-06-24 12:00:00', ret: 0 };
const loggedIn = (...[options]: Parameters<typeof playbook>) =>
  playbook(options).receives(login).claims(vmc_no).answers(loginReply);

describe('login', () => {
  it('is answered with the current time and ret 0, in the machine’s head', () => {
    playbook().receives(login).claims(vmc_no).answersIn('decimal', loginReply);
    playbook().receives(login, 'le48').claims(vmc_no).answersIn('le48', loginReply);
  });
  it('uses a fixed head', () => {
    playbook({ config: { head: 'le48' } })
      .receives(login)
      .claims(vmc_no)
      .answersIn('le48', loginReply);
  });
});

describe('an order’s number is returned unchanged', () => {
  const config = { qrAnswers: 'approve' } as const;
  const made = {
    cmd: 'productdone',
    vmc_no,
    ProductId: 701,
    isok: true,
    ProductName: 'Latte',
    ProductAmount: 1,
    PayType: '',
  };
  it.each([' a 1 ', 'a1', 17, 'x'.repeat(300)])('%j', (order_no) => {
    loggedIn({ config })
      .receives({ cmd: 'qrcode', vmc_no, qr_type: 'wx_pub', product_id: 1, Amount: 100, order_no })
      .answers({ cmd: 'qrcode_r', vmc_no, qr_type: 'wx_pub', qrcode: expect.any(String) as string, order_no })
      .after(3_000)
      .answers('pay_done')
      .after(1_000)
      .receives({ cmd: 'checkorder', vmc_no, product_id: 1, order_no })
      .answers({
        cmd: 'checkorder_r',
        vmc_no,
        order_no,
        product_id: 1,
        Amount: 100,
        paytype: 'wx_pub',
        paydone: true,
      })
      .receives({ ...made, order_no })
      .answers({ cmd: 'productdone_r', vmc_no, order_no, isOk: true })
      .receives({ cmd: 'upordrecipe', vmc_no, order_no, recipe: {} })
      .answers({ cmd: 'upordrecipe_r', vmc_no, order_no, isOk: true });
  });
  it('also of a drink without a number, with any other value in its place', () => {
    for (const order_no of ['', '  '])
      loggedIn()
        .receives({ ...made, order_no })
        .answers({ cmd: 'productdone_r', vmc_no, order_no, isOk: true });
    loggedIn()
      .receives({ ...made, order_no: null })
      .finds('field.invalid')
      .answers({ cmd: 'productdone_r', vmc_no, order_no: '', isOk: true });
  });
});

describe('answers by profile', () => {
  const error = {
    cmd: 'error',
    vmc_no,
    error_code: 'EC_2',
    isSet: true,
    is_fatal_error: true,
    is_persistence_error: true,
    datetime: '20150624',
    error_description: 'x',
  };
  const made = {
    cmd: 'productdone',
    vmc_no,
    ProductName: 'Latte',
    ProductId: 701,
    ProductAmount: 1000,
    PayType: 'qr_pay',
    isok: true,
    order_no: 'a1',
  };
  const rinsed = {
    cmd: 'rinsingrecord',
    vmc_no,
    c_uid: 'u-9',
    isok: true,
    rinsing_code: '1',
    timestamp: '20150624120000',
  };
  it('extended: everything that real machines need', () => {
    loggedIn()
      .receives(hb)
      .answers(hb)
      .receives({ cmd: 'machinestatus', vmc_no, status: 'dooropen' })
      .receives(error)
      .answers({ cmd: 'error_r', vmc_no })
      .receives(made)
      .answers({ cmd: 'productdone_r', vmc_no, order_no: 'a1', isOk: true })
      // Without a decision of a person.
      .receives({ cmd: 'checkorder', vmc_no, order_no: 'a2', product_id: 701 })
      .tells({
        cmd: 'pay_done',
        vmc_no,
        product_amount: 1000,
        order_no: 'a2',
        paydone: false,
        paytype: 'alipay',
      })
      .receives({ cmd: 'checkorder', vmc_no, order_no: 'a2', product_id: 701 })
      .answers({
        cmd: 'checkorder_r',
        vmc_no,
        order_no: 'a2',
        product_id: 701,
        Amount: 1000,
        paytype: 'alipay',
        paydone: false,
      })
      .receives(rinsed)
      .answers({ cmd: 'rinsingrecord_r', c_uid: 'u-9', vmc_no })
      .receives({ ...rinsed, c_uid: '' })
      .answers({ cmd: 'rinsingrecord_r', c_uid: '', vmc_no })
      // Without its own time or order number, the record is sent again after every login.
      .receives({ cmd: 'feedrecord', vmc_no, timestamp: ' 20150624' })
      .answers({ cmd: 'feedrecord_r', vmc_no, timestamp: ' 20150624', isOk: true })
      .receives({ cmd: 'feedrecord', vmc_no })
      .answers({ cmd: 'feedrecord_r', vmc_no, isOk: true })
      .receives({ cmd: 'upordrecipe', vmc_no, order_no: 'a1', recipe: {} })
      .answers({ cmd: 'upordrecipe_r', vmc_no, order_no: 'a1', isOk: true })
      .receives({ cmd: 'paydone_r', vmc_no, order_no: 'a1' })
      .receives({ cmd: 'somethingnew', vmc_no })
      .finds('cmd.unknown');
  });
  it('document: only the document’s answers, and a heartbeat without a number', () => {
    loggedIn({ config: { replyProfile: 'document' } })
      .receives(hb)
      .answers({ cmd: 'hb' })
      .receives(error)
      .receives(made)
      .receives({ cmd: 'checkorder', vmc_no, order_no: 'a1', product_id: 1 })
      .receives(rinsed);
  });
});

describe('the direct link', () => {
  const other = { ...login, vmc_no: 7 };
  it('serves its machine and rejects others with ret 3', () => {
    playbook({ directLink: { vmcNo: 8, tells: true } })
      .receives(other)
      .finds('link.reserved')
      .answers({ cmd: 'login_r', vmc_no: 7, date_time: '2015-06-24 12:00:00', ret: 3 })
      .closes('reserved')
      .shows(7, {
        link: {
          status: 'offline',
          since: expect.any(Number) as number,
          reason: 'reserved',
          address: '192.0.2.7',
        },
      });
    playbook({ directLink: { vmcNo: 7, tells: true } })
      .receives(other)
      .claims(7)
      .answers('login_r')
      .staysOpen()
      .receives({ cmd: 'hb', vmc_no: 7 })
      .answers('hb')
      .staysOpen();
  });
  it('silently if nobody chose to answer others', () => {
    playbook({ directLink: { vmcNo: 8, tells: false } })
      .receives(other)
      .finds('link.reserved')
      .closes('reserved');
  });
  it('accepts everybody while its machine is unknown', () => {
    playbook({ directLink: { vmcNo: null, tells: false } })
      .receives(other)
      .claims(7)
      .answers('login_r')
      .staysOpen();
  });
  it('also a connection without a login', () => {
    playbook({ directLink: { vmcNo: 8, tells: true } })
      .receives({ cmd: 'hb', vmc_no: 7 })
      .finds('login.missing', 'link.reserved')
      .closes('reserved');
  });
});

describe('identity', () => {
  it('the newer of two connections with one number wins, and the fourth swap is a finding', () => {
    const world = new World();
    const plays = [1, 2, 3, 4, 5].map((n) => {
      const address = n % 2 === 0 ? '192.0.2.8' : '192.0.2.9';
      const play = playbook({ address }, world).receives(login).claims(vmc_no);
      if (n === 5) play.finds('number.taken', 'number.shared');
      else if (n > 1) play.finds('number.taken');
      return play.answers(loginReply);
    });
    for (const play of plays.slice(0, 4)) play.closes('replaced');
    plays[4]?.staysOpen();
    plays[4]?.shows(vmc_no, { connections: 5 });
    expect(world.fleet.machine(vmc_no)).toMatchObject({
      connections: 5,
      link: { status: 'online', conn: 5 },
    });
  });
  it('a machine whose ends get lost is one, even after many reconnects', () => {
    const world = new World();
    const plays = [1, 2, 3, 4, 5, 6].map((n) => {
      world.now += 3_000;
      const play = playbook({}, world).receives(login).claims(vmc_no);
      if (n > 1) play.finds('number.replaced');
      return play.answers('login_r');
    });
    for (const play of plays.slice(0, 5)) play.closes('replaced');
  });
  it('swaps far apart are not a finding', () => {
    const world = new World();
    for (let n = 0; n < 6; n += 1) {
      const play = playbook({}, world).receives(login).claims(vmc_no);
      if (n > 0) play.finds('number.replaced');
      play.answers('login_r');
      world.plays[n - 1]?.closes('replaced');
      world.now += 60_001;
    }
  });
  it('logs in under three numbers at most; at a fourth, which is not recorded, it is disconnected', () => {
    const as = (number: number) => ({ ...login, vmc_no: number });
    const play = playbook();
    play.receives(as(1)).claims(1).answers('login_r');
    for (const number of [2, 3, 1])
      play.receives(as(number)).finds('vmcNo.changed').claims(number).answers('login_r').staysOpen();
    // Only a login contains a number.
    for (const number of [5, 6, 7])
      play.receives({ cmd: 'hb', vmc_no: number }).finds('vmcNo.changed').answers({ cmd: 'hb', vmc_no: 1 });
    play.receives(as(4)).finds('number.tooMany').closes('tooManyNumbers');
    expect([...play.world.fleet.machines.keys()]).toEqual([1, 2, 3]);
    expect(play.world.claims.holder(1)).toBeUndefined();
  });
  it('a frame with another number is judged by its connection', () => {
    const world = new World();
    playbook({}, world)
      .receives({ cmd: 'hb', vmc_no: 731 }, 'le48', 4)
      .claims(731)
      .finds('login.missing')
      .answers('hb');
    playbook({}, world)
      .receives({ cmd: 'hb', vmc_no: 730 }, 'le48', 53)
      .claims(730)
      .finds('login.missing')
      .answers('hb')
      .receives({ cmd: 'hb', vmc_no: 731 }, 'le48', 54)
      .finds('vmcNo.changed')
      .answers({ cmd: 'hb', vmc_no: 730 });
  });
  it('a login may rename the connection', () => {
    const play = loggedIn()
      .receives({ ...login, vmc_no: 7 })
      .claims(7)
      .finds('vmcNo.changed')
      .answers({ ...loginReply, vmc_no: 7 });
    expect(play.world.claims.holder(vmc_no)).toBeUndefined();
    expect(play.world.claims.holder(7)).toBe(play.conn);
  });
});

describe('the counter in the padding', () => {
  it('a gap means lost frames, a lower number a restart', () => {
    playbook()
      .receives(login, 'le48', 10)
      .claims(vmc_no)
      .answers(loginReply)
      .receives(hb, 'le48', 11)
      .answers(hb)
      .receives(hb, 'le48', 14)
      .finds('seq.gap')
      .answers(hb)
      .receives(hb, 'le48', 1)
      .finds('seq.restart')
      .answers(hb);
  });
  const counting = (last: number) =>
    playbook()
      .receives(login, 'le48', last - 1)
      .claims(vmc_no)
      .answers(loginReply)
      .receives(hb, 'le48', last)
      .answers(hb);
  it.each([255, 65_535, 2_147_483_647, 4_294_967_295])(
    'a full counter (%i) starts again without a restart',
    (last) => {
      counting(last).receives(hb, 'le48', 0).answers(hb).receives(hb, 'le48', 1).answers(hb);
    },
  );
  it('a late number is not a restart, and the next but one is not a gap', () => {
    counting(40)
      .receives(hb, 'le48', 42)
      .finds('seq.gap')
      .answers(hb)
      .receives(hb, 'le48', 41)
      .answers(hb)
      .receives(hb, 'le48', 43)
      .answers(hb);
  });
  it('padding that never counts is not a sequence', () => {
    playbook()
      .receives(login, 'le48', 0)
      .claims(vmc_no)
      .answers(loginReply)
      .receives(hb, 'le48', 0)
      .answers(hb)
      .receives(hb, 'le48', 0)
      .answers(hb);
  });
});
