/** The modes of the payment rehearsal, as conversations. Money never moves: Crema invents the payment results. */
import { describe, expect, it } from 'vitest';
import { checkorder } from '#shared/messages/checkorder';
import { login as loginRow } from '#shared/messages/login';
import { productdone } from '#shared/messages/productdone';
import { qrcode } from '#shared/messages/qrcode';
import type { MachineConfig } from '#shared/model/machine';
import { like, loggedIn, login, stateOf, vmc_no } from '../../../../builders/loggedIn';
import { connection, World } from '../../../../builders/connection';
import { makeSign } from '../../../../../src/main/core/protocol/sign';
import { frame as decimalFrame } from '../../../../builders/frames';
import { playbook, type Playbook } from '../../../../builders/playbook';

const ask = like(qrcode, { order_no: 'o-1', qr_type: 'wx_pub' });
const check = like(checkorder, { order_no: 'o-1' });
const result = (paydone: boolean) =>
  ({ cmd: 'pay_done', vmc_no, product_amount: 1000, order_no: 'o-1', paydone, paytype: 'wx_pub' }) as const;
const inMode = (qrAnswers: MachineConfig['qrAnswers'], more: Partial<MachineConfig> = {}): Playbook =>
  loggedIn({ config: { qrAnswers, ...more } });
const loggedInAndroid = (options: Parameters<typeof playbook>[0]): Playbook =>
  playbook(options)
    .receives(like(loginRow, { linuxDriverVersion: null, io_version: '1.0', login_count: 2 }))
    .claims(vmc_no)
    .answers('login_r');

describe('with a stored code', () => {
  const code = '12345678';
  const config = { qrAnswers: 'approve' } as const;
  it('sends nothing to an unverified connection, and reports it', () => {
    const play = playbook({ config, code }).receives({ ...login, sign: 'f'.repeat(32) });
    play.claims(vmc_no).finds('sign.mismatch').answers('login_r');
    play.receives(ask).answers('qrcode_r').after(3_000).finds('rehearsal.unverified');
    expect(stateOf(play).orders).toMatchObject([{ orderNo: 'o-1', state: 'requested' }]);
    expect(stateOf(play).findings['rehearsal.unverified']?.params).toEqual({ orderNo: 'o-1' });
  });
  it('answers a verified machine as always', () => {
    const sign = makeSign('codeNumber', { timestamp: null, vmcNo: vmc_no }, code);
    const play = playbook({ config, code }).receives({ ...login, sign });
    play.claims(vmc_no).finds('sign.matched').answers('login_r');
    play.receives(ask).answers('qrcode_r').after(3_000).answers(result(true));
  });
});

describe('approve', () => {
  it('reports the payment after the time of a scan, once', () => {
    const play = inMode('approve').receives(ask).answers('qrcode_r').after(2_999).after(1);
    play.answers(result(true));
    expect(stateOf(play).orders).toMatchObject([{ orderNo: 'o-1', state: 'paid' }]);
    // Asked again, it gets the same text and no second payment.
    play.after(5_000).receives(ask).answers('qrcode_r').after(60_000);
  });
  it('names the product to a machine whose login names android', () => {
    const { product_amount, ...rest } = result(true);
    loggedInAndroid({ config: { qrAnswers: 'approve' } })
      .receives(ask)
      .answers('qrcode_r')
      .after(3_000)
      .answers({
        cmd: rest.cmd,
        vmc_no,
        product_id: 810,
        product_amount,
        order_no: 'o-1',
        paydone: true,
        paytype: 'wx_pub',
      });
  });
  it('reports it after all QR texts, where any type is asked for, by the first type', () => {
    inMode('approve')
      .receives({ ...ask, qr_type: 'all' })
      .answers('qrcode_r')
      .after(500)
      .answers('qrcode_r')
      .after(2_500)
      .answers(result(true));
  });
  it('answers at once when it can’t delay any more answers, for any repeated question', () => {
    const world = new World();
    const play = connection({ config: { qrAnswers: 'approve' } }, world).receives(login);
    const frames = Array.from({ length: 300 }, () => decimalFrame({ ...ask, qr_type: 'all' }));
    play.receivesBytes(Buffer.concat(frames));
    const answered = (): number =>
      world.entries.filter((entry) => entry.kind === 'frame' && entry.message.body.cmd === 'qrcode_r').length;
    // Two of each; no more than 50 of them wait.
    expect(answered()).toBeGreaterThanOrEqual(550);
    expect(answered()).toBeLessThan(600);
    play.hangsUp();
    expect(answered()).toBe(600);
  });
  it('gives the same answer to a question whether it is paid', () => {
    inMode('approve')
      .receives(ask)
      .answers('qrcode_r')
      .after(3_000)
      .answers(result(true))
      .after(1_000)
      .receives(check)
      .answers({
        cmd: 'checkorder_r',
        vmc_no,
        order_no: 'o-1',
        product_id: 810,
        Amount: 1000,
        paytype: 'wx_pub',
        paydone: true,
      });
  });
  it('leaves an order that a person has decided, and an order that is over', () => {
    const decided = inMode('approve').receives(ask).answers('qrcode_r').after(1_000).tells(result(false));
    decided.after(60_000);
    expect(stateOf(decided).orders).toMatchObject([{ state: 'refused' }]);
    inMode('approve')
      .receives(ask)
      .answers('qrcode_r')
      .after(1_000)
      .receives(like(productdone, { order_no: 'o-1', isok: false, failreason: 'cancel order' }))
      .answers('productdone_r')
      .after(60_000);
  });
  it('starts nothing for an order without a QR request', () => {
    inMode('approve').receives(check).after(60_000);
  });
  it('continues after a new connection, when the machine asks whether it is paid', () => {
    const play = inMode('approve').receives(ask).answers('qrcode_r').after(1_000).hangsUp();
    const { world } = play;
    world.now += 60_000;
    loggedIn({ config: { qrAnswers: 'approve' } }, world)
      .after(1_000)
      .receives(check)
      .answers(result(true));
  });
});

it('decline reports that it is not paid, and answers so when asked', () => {
  const play = inMode('decline').receives(ask).answers('qrcode_r').after(3_000).answers(result(false));
  expect(stateOf(play).orders).toMatchObject([{ state: 'refused', payment: { value: { paid: false } } }]);
  play.after(1_000).receives(check).answers('checkorder_r');
});

describe('delay', () => {
  it('reports the payment so many seconds after the QR text; questions meanwhile are not answered', () => {
    inMode('delay', { payDelay: 40 })
      .receives(ask)
      .answers('qrcode_r')
      .after(8_000)
      .receives(ask)
      .answers('qrcode_r')
      .after(10_000)
      .receives(check)
      .after(21_999)
      .after(1)
      .answers(result(true));
  });
});

it('no answer: neither a QR text nor a payment, for any number of requests', () => {
  const play = inMode('silent').receives(ask).after(8_000).receives(ask).after(8_000).receives(check);
  play.after(60_000);
  expect(stateOf(play).orders).toMatchObject([
    { state: 'requested', qr: {}, answered: null, asked: { times: 2 }, checked: { times: 1 } },
  ]);
});

it('by a person: nothing is sent before a person answers', () => {
  inMode('hand')
    .receives(ask)
    .after(8_000)
    .tells({ cmd: 'qrcode_r', vmc_no, qr_type: 'wx_pub', qrcode: 'by a person', order_no: 'o-1' })
    .after(60_000)
    .tells(result(true));
});

it('off: the QR text immediately, the payment by a person', () => {
  inMode('auto').receives(ask).answers('qrcode_r').after(60_000).tells(result(true));
});

it('a template fills the QR text, with the same result for the same order', () => {
  const given = {
    cmd: 'qrcode_r',
    vmc_no,
    qr_type: 'wx_pub',
    qrcode: `https://pay.example/${vmc_no}/810?o=o-1&a=10.00&t=wx_pub&{what}`,
    order_no: 'o-1',
  };
  inMode('auto', {
    qrTemplate: 'https://pay.example/{machine}/{product}?o={order}&a={amount}&t={type}&{what}',
  })
    .receives(ask)
    .answers(given)
    .after(8_000)
    .receives(ask)
    .answers(given);
});
