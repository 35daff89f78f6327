import { describe, expect, it } from 'vitest';
import { differencesOf, outcomeOf, type ComparableFrame } from '#shared/compare/frames';
import type { JsonObject } from '#shared/model/json';

const at = Date.parse('2026-05-04T10:00:00');
const hour = 3_600_000;

function frameOf(json: JsonObject, more: Partial<ComparableFrame> = {}): ComparableFrame {
  const cmd = typeof json['cmd'] === 'string' ? json['cmd'] : null;
  const text = JSON.stringify(json);
  return { id: 1, at, vmcNo: 7, dir: 'in', head: 'decimal', cmd, text, json, ...more };
}
const junk = (text: string): ComparableFrame => frameOf({}, { cmd: null, head: null, text, json: null });

describe('differences of two frames', () => {
  const membersOf = (left: ComparableFrame, right: ComparableFrame) =>
    differencesOf(left, right).map(({ name, left: was, right: is, by }) => [name, was, is, by]);

  it('are none for equal bodies', () => {
    expect(differencesOf(frameOf({ cmd: 'hb' }), frameOf({ cmd: 'hb' }, { id: 2, at: at + hour }))).toEqual(
      [],
    );
  });

  it('are none for other spaces and another order of members', () => {
    const json = { cmd: 'x', a: 1 };
    expect(differencesOf(frameOf(json), frameOf(json, { text: '{ "a": 1, "cmd": "x" }' }))).toEqual([]);
  });

  it('name changed, missing and new members, also inside objects and lists', () => {
    const left = frameOf({ cmd: 'x', n: 1, old: true, items: [{ price: 5 }, { price: 6 }] });
    const right = frameOf({ cmd: 'x', n: '1', items: [{ price: 5 }, { price: 7 }], more: null });
    expect(membersOf(left, right)).toEqual([
      ['n', '1', '"1"', null],
      ['items[1].price', '6', '7', null],
      ['more', null, 'null', null],
      ['old', 'true', null, null],
    ]);
  });

  it('state the form of the head', () => {
    expect(membersOf(frameOf({ cmd: 'hb' }), frameOf({ cmd: 'hb' }, { head: 'le48' }))).toEqual([
      ['head', 'decimal', 'le48', null],
    ]);
  });

  it('are one of the whole body where a body is not a JSON object', () => {
    expect(membersOf(junk('GET /'), frameOf({ cmd: 'hb' }))).toEqual([
      ['head', null, 'decimal', null],
      ['body', 'GET /', '{"cmd":"hb"}', null],
    ]);
    expect(differencesOf(junk('GET /'), junk('GET /'))).toEqual([]);
  });

  it('of machine numbers, order numbers and times are explained', () => {
    const order = (vmc_no: number, order_no: string) =>
      frameOf({ cmd: 'qrcode', vmc_no, order_no, Amount: 900, product_id: 1, qr_type: 'wx_pub' });
    expect(membersOf(order(7, 'A1'), order(8, 'B2'))).toEqual([
      ['vmc_no', '7', '8', 'numbers'],
      ['order_no', '"A1"', '"B2"', 'orders'],
    ]);
    const error = (datetime: string) => frameOf({ cmd: 'error', datetime, error_code: 'EC_2' });
    expect(membersOf(error('20260504'), error('20260505'))).toEqual([
      ['datetime', '"20260504"', '"20260505"', 'times'],
    ]);
  });

  it('of a clock are explained if both moments are as far from the time of their frame', () => {
    const told = (stamp: string) => ({ cmd: 'x', stamp });
    const left = frameOf(told('2026-05-04 10:00:01'));
    const asFar = frameOf(told('2026-05-04 11:00:03'), { at: at + hour });
    const further = frameOf(told('2026-05-04 11:00:09'), { at: at + hour });
    expect(membersOf(left, asFar).map(([, , , by]) => by)).toEqual(['clock']);
    expect(membersOf(left, further).map(([, , , by]) => by)).toEqual([null]);
  });

  it('of a missing number are not explained', () => {
    expect(membersOf(frameOf({ cmd: 'hb', vmc_no: 7 }), frameOf({ cmd: 'hb' }))).toEqual([
      ['vmc_no', '7', null, null],
    ]);
  });
});

it('an outcome is the worst of the differences', () => {
  const explained = { name: 'vmc_no', left: '7', right: '8', by: 'numbers' } as const;
  const unexplained = { name: 'n', left: '1', right: '2', by: null } as const;
  expect(outcomeOf([])).toBe('same');
  expect(outcomeOf([explained])).toBe('explained');
  expect(outcomeOf([explained, unexplained])).toBe('differs');
});
