/** The steps of an order. */
import { describe, expect, it } from 'vitest';
import type { Order } from '#shared/model/machine';
import { orderSteps } from '../../../../../src/renderer/src/features/orders/orderSteps';
import { stageOf } from '../../../../../src/renderer/src/store/orders';
import { payTypes } from '../../../../../src/renderer/src/features/orders/payTypes';
import { order } from '../../../../builders/rows';
import { wordsOf } from '../../../../builders/wordsOf';

const stepsOf = (over: Partial<Order>, byHand = false, rehearsed = false): string[] =>
  orderSteps(wordsOf('en'), order(1, over), { byHand, rehearsed }).map(({ mark, text, entry }) =>
    [mark, typeof text === 'string' ? text : '', entry].filter((part) => part !== null).join(' | '),
  );
const answered = { value: true, at: 2, entry: 2 } as const;
const paid = { value: { paid: true, payType: 'wx_pub' }, at: 3, entry: 3 } as const;

describe('the life of an order', () => {
  it('waits for the next actor', () => {
    expect(stepsOf({}, true)).toEqual([
      'done | Machine requested a QR code: any type (all) | 1',
      'waiting | Waiting for your QR text',
    ]);
    expect(stepsOf({ answered, qrType: 'wx_pub' }).slice(1)).toEqual([
      'done | QR text sent | 2',
      'note | The machine does not report whether it shows the code',
      'waiting | Waiting for payment',
    ]);
    expect(stepsOf({ answered, payment: paid, state: 'paid' }).slice(2)).toEqual([
      'done | Reported to the machine: paid, WeChat Pay (wx_pub) | 3',
      'waiting | Machine has not acknowledged the payment result',
      'waiting | Waiting for the drink',
    ]);
  });

  it('has the entry of each step to the end', () => {
    const made = stepsOf({
      answered,
      payment: paid,
      acknowledged: { value: true, at: 4, entry: 4 },
      done: { value: true, at: 5, entry: 5 },
      doneTimes: 1,
      state: 'made',
    });
    expect(made.slice(3)).toEqual([
      'done | Machine received the payment result | 4',
      'done | Drink made | 5',
    ]);
  });

  it('shows why a drink failed, if the machine reported it', () => {
    const done = { value: false, at: 5, entry: 5 };
    const failed = { done, doneTimes: 1, state: 'failed' } as const;
    expect(stepsOf({ ...failed, failReason: 'ERROR:6D00' }).at(-1)).toBe(
      'failed | Drink failed: a part failed while making a drink (ERROR:6D00) | 5',
    );
    expect(stepsOf({ ...failed, failReason: ' ' }).at(-1)).toBe('failed | Drink failed | 5');
  });

  it('begins with the first report, and shows one entry once', () => {
    const done = { value: true, at: 1, entry: 1 };
    expect(stepsOf({ qrType: null, done, doneTimes: 1, state: 'made' })).toEqual(['done | Drink made | 1']);
    expect(stepsOf({ qrType: null, doneTimes: 1 })).toEqual([
      'done | First reported | 1',
      'note | Finished, without a result',
    ]);
  });

  it('after an unpaid result it waits for no drink', () => {
    const payment = { ...paid, value: { paid: false, payType: 'wx_pub' } };
    expect(stepsOf({ answered, payment, state: 'refused' }).slice(2)).toEqual([
      'done | Reported to the machine: not paid | 3',
      'waiting | Machine has not acknowledged the payment result',
    ]);
  });
});

it('a refused payment result is not a completed step', () => {
  const told = [
    { entry: 3, conn: 1, paid: true, answer: 'failed', answered: { value: true, at: 4, entry: 4 } },
  ] as const;
  // With its frame; no drink is awaited.
  expect(stepsOf({ answered, payment: paid, told, state: 'paid' }).slice(3)).toEqual([
    'failed | Machine refused the payment result | 4',
  ]);
  expect(stageOf(order(1, { answered, payment: paid, told, state: 'paid' }))).toBe('payRefused');
  // A drink that is made nevertheless is shown.
  const done = { value: true, at: 5, entry: 5 };
  expect(stepsOf({ answered, payment: paid, told, done, doneTimes: 1, state: 'made' }).at(-1)).toBe(
    'done | Drink made | 5',
  );
});

it('repetitions are one step, with the last time and its frame', () => {
  const at = (entry: number) => ({ value: true, at: entry, entry }) as const;
  const asked = { times: 3, first: at(1), last: at(4) };
  expect(stepsOf({ asked, answered }).slice(0, 2)).toEqual([
    'done | Machine requested a QR code: any type (all) | 1',
    'note | Request repeated 2 times, last | 4',
  ]);
  const checked = { times: 2, first: at(5), last: at(6) };
  expect(stepsOf({ answered, checked }).slice(2)).toEqual([
    'done | Machine shows the code, and asked 2 times for the payment state, last | 6',
    'waiting | Waiting for payment',
  ]);
  const made = { done: at(7), doneTimes: 4, lastDone: 10, lastDoneAt: 10, state: 'made' } as const;
  expect(stepsOf({ qrType: null, ...made, consumed: { '10009': '12.50' }, used: at(11) }).slice(1)).toEqual([
    'done | Drink made | 7',
    'note | Reported 4 times, counted once, last | 10',
    expect.stringMatching(/^done \| Consumed: .*beans 12\.50 \| 11$/),
  ]);
});

it('a stored order shows when it was sold, and the delay of its report', () => {
  const week = 7 * 86_400_000;
  const done = { value: true, at: week, entry: 1 };
  const steps = orderSteps(
    wordsOf('en'),
    order(1, { at: 0, heardAt: week, qrType: null, done, doneTimes: 1, state: 'made' }),
    { byHand: false, rehearsed: true },
  );
  expect(steps.map(({ text, at, entry }) => [text, at, entry])).toEqual([
    ['Sold, by the machine’s clock', 0, null],
    ['First reported 7 d later: the machine had stored it', week, 1],
    ['Drink made', week, 1],
  ]);
});

it('a payment from Crema is shown as a rehearsal; one in a capture may be any server’s', () => {
  const told = { answered, payment: paid, state: 'paid' } as const;
  expect(stepsOf(told, false, true)[2]).toBe(
    'done | Reported to the machine: paid, WeChat Pay (wx_pub) (rehearsal) | 3',
  );
  expect(stepsOf(told, false, false)[2]).toBe(
    'done | Reported to the machine: paid, WeChat Pay (wx_pub) | 3',
  );
});

describe('payment types to choose from', () => {
  it('the likeliest is first: the requested one, then the reported or given one', () => {
    expect(payTypes(order(1))).toEqual(['wx_pub', 'alipay']);
    expect(payTypes(order(1, { qrType: 'alipay' }))).toEqual(['alipay', 'wx_pub']);
    expect(payTypes(order(1, { qr: { union: 'x' } }))).toEqual(['union', 'wx_pub', 'alipay']);
    expect(payTypes(order(1, { payment: paid, qr: { union: 'x' } }))[0]).toBe('wx_pub');
  });
});
