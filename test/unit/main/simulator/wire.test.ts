/** What rows say of virtual machines is enough: no message is known to the simulator by name. */
import { describe, expect, it, test } from 'vitest';
import { messages } from '#shared/messages/index';
import { messageOf } from '#shared/messages/read';
import type { Teller } from '#shared/virtualMachine';
import { repliesTo } from '../../../../src/main/session/replies';
import { bodiesOf } from '../../../../src/main/simulator/wire';
import { number, startMachine } from '../../../builders/simulatedMachine';

const tellers = (['linux', 'android'] as const).map((platform): Teller => ({
  platform,
  now: 1_700_000_000_000,
  digits: (count) => '7'.repeat(count),
}));
const order = { orderNo: 'A1', productId: 810 };
const fault = { code: 'EC_2', description: '', isSet: true, isFatal: true, isPersistent: true };
const versions = { program: '1', driver: '2', io: '3', model: 'JL15', brewer: '4', cup: '5' };
const drink = { name: 'Latte', nameKey: 'latte', amount: 1_000, payType: 'wx_pub', failReason: null };

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
    bodiesOf('paymentTold', { ...order, isTaken: true }, number, teller),
    bodiesOf('drinkTold', { ...order, isTaken: false }, number, teller),
    bodiesOf('refilled', { changes: { 10009: 200 } }, number, teller),
    bodiesOf('enoughAgain', { material: '10009' }, number, teller),
    bodiesOf('drink', { ...order, ...drink }, number, teller),
    bodiesOf('rinsed', { isOk: true }, number, teller),
  ];

  it('everything that happens is told in messages without a fault', () => {
    // linux says nothing of a rinse, of refills, and of a drink only when it has ended.
    expect(told.filter((bodies) => bodies.length === 0)).toHaveLength(teller.platform === 'linux' ? 4 : 0);
    for (const body of told.flat()) {
      const { message, findings } = messageOf(body, 'in');
      expect(findings, body.cmd).toEqual([]);
      expect(message.body).toMatchObject({ cmd: body.cmd, vmcNo: number });
    }
  });
});

const records = messages.flatMap((row) =>
  row.direction === 'in' && row.answer?.settles !== undefined ? [[row.cmd, row] as const] : [],
);
test.each(records)('%s is told again until it is answered', (cmd, { example }) => {
  // linux repeats faults too.
  const { server, clock, machine } = startMachine('linux', { pace: 0.01 });
  server.answers = { ...server.answers, [cmd]: () => [] };
  machine.cabinet.say({ ...example, vmc_no: number });
  clock.advance(3_500);
  expect(server.of(cmd)).toHaveLength(2);
  const { message } = messageOf(example, 'in');
  if (message.from !== 'machine') throw new Error('no machine’s');
  server.sends(
    ...repliesTo(message.body, {
      vmcNo: number,
      profile: 'extended',
      machine: null,
      paymentTypes: [],
      qrAnswers: 'auto',
      qrTemplate: '',
      ret: 0,
      now: 0,
      json: example,
    }),
  );
  clock.advance(60_000);
  expect(server.of(cmd)).toHaveLength(2);
  expect(machine.cabinet.records.pending).toBe(0);
});

it('those that machines really repeat are records', () => {
  const repeated = ['error', 'productdone', 'rinsingrecord', 'feedrecord', 'upordrecipe'];
  expect(records.map(([cmd]) => cmd)).toEqual(expect.arrayContaining(repeated));
});
