/** The message rows describe virtual machines completely: the simulator names no message. */
import { describe, expect, it, test } from 'vitest';
import { messages } from '#shared/messages/index';
import { messageOf } from '#shared/messages/read';
import type { Teller } from '#shared/virtualMachine';
import { acknowledgedBy, bodiesOf } from '../../../../../src/main/tools/simulator/wire';
import { number } from '../../../../builders/simulatedMachine';

const tellers = (['linux', 'android'] as const).map((platform): Teller => ({
  platform,
  now: 1_700_000_000_000,
  digits: (count) => '7'.repeat(count),
}));
const order = { orderNo: 'A1', productId: 810 };
const fault = { code: 'EC_2', description: '', isSet: true, isFatal: true, isPersistent: true };
const versions = { program: '1', driver: '2', io: '3', model: 'JL15', brewer: '4', cup: '5' };
const sold = { soldAt: 1_700_000_000_000, resends: 0, isHistory: false };
const drink = {
  ...sold,
  name: 'Latte',
  nameKey: 'latte',
  amount: 1_000,
  payType: 'wx_pub',
  failReason: null,
};

describe.each(tellers.map((teller) => [teller.platform, teller] as const))('%s', (_, teller) => {
  const told = [
    bodiesOf('login', { attempt: 2, day: '20240501', sign: '', versions }, number, teller),
    bodiesOf('heartbeat', null, number, teller),
    bodiesOf('door', { isOpen: true }, number, teller),
    bodiesOf('cupBlocked', null, number, teller),
    bodiesOf('cleared', null, number, teller),
    bodiesOf('supplies', { amounts: { 10009: 5 } }, number, teller),
    bodiesOf('fault', fault, number, teller),
    bodiesOf('qrWanted', { ...order, payment: 'all', amount: 1_000 }, number, teller),
    bodiesOf('paymentDoubted', order, number, teller),
    bodiesOf('paymentAnswered', { ...order, isTaken: true }, number, teller),
    bodiesOf('drinkAnswered', { ...order, isTaken: false }, number, teller),
    bodiesOf('refilled', { changes: { 10009: 200 } }, number, teller),
    bodiesOf('enoughAgain', { material: '10009' }, number, teller),
    bodiesOf('drink', { ...order, ...drink }, number, teller),
    bodiesOf('consumed', { orderNo: 'A1', amounts: { 10009: 9 } }, number, teller),
    bodiesOf('rinsed', { isOk: true, way: 'remote' }, number, teller),
    bodiesOf('state', { isNormal: false }, number, teller),
  ];

  it('every event is reported in valid messages', () => {
    // linux does not report rinses, refills and consumption, and reports drinks only at their end.
    expect(told.filter((bodies) => bodies.length === 0)).toHaveLength(teller.platform === 'linux' ? 5 : 0);
    for (const body of told.flat()) {
      const { message, findings } = messageOf(body, 'in');
      expect(findings, body.cmd).toEqual([]);
      expect(message.body).toMatchObject({ cmd: body.cmd, vmcNo: number });
    }
  });
});

test('acknowledgements, and the member that links them to their report', () => {
  const answers = messages.flatMap((row) =>
    row.direction === 'in' && row.answer?.settles !== undefined ? [row.answer.with] : [],
  );
  expect(answers.map((answer) => [answer, acknowledgedBy(answer)])).toEqual([
    ['error_r', { what: 'fault', member: null }],
    ['productdone_r', { what: 'drink', member: 'order_no' }],
    ['rinsingrecord_r', { what: 'rinsed', member: 'c_uid' }],
    ['feedrecord_r', { what: 'refilled', member: 'timestamp' }],
    ['upordrecipe_r', { what: 'consumed', member: 'order_no' }],
  ]);
});
