import { describe, expect, it } from 'vitest';
import type { JsonObject } from '#shared/model/frame';
import { replayRules } from '#shared/model/replay';
import { compare, type Renamed } from '../../../../../src/main/tools/replay/compare';
import { freshOrderNumber } from '../../../../../src/main/tools/replay/orderNumbers';
import type { Rewriting } from '../../../../../src/main/tools/replay/rewrite';
import { came, said } from '../../../../builders/replayed';

const recordedAt = new Date('2025-03-18T16:54:00').getTime();
const now = new Date('2026-11-27T10:00:00').getTime();
const by: Rewriting = {
  rules: new Set(replayRules),
  vmcNo: 40_001,
  salt: 'a salt',
  clock: (recorded) => recorded - recordedAt + now,
  codeOf: () => null,
};
const order = '594f803b380a41396ed63dca39503542';
const fresh = freshOrderNumber(order, by.salt, null);

const judged = (was: JsonObject | string, is: JsonObject, renamed: readonly Renamed[] = []) =>
  compare(said('out', was, { at: recordedAt }), came(is, now + 200), by, renamed);

it('equal content is the same, in any order and with any blanks', () => {
  expect(judged('{ "ret":0, "cmd" : "x" }', { cmd: 'x', ret: 0 })).toEqual({
    outcome: 'same',
    differences: [],
  });
});

describe('is explained', () => {
  it('by the rule that changed the member', () => {
    const was = { cmd: 'productdone_r', vmc_no: 33_232, order_no: order, isOk: true };
    const { outcome, differences } = judged(was, { ...was, vmc_no: 40_001, order_no: fresh });
    expect(outcome).toBe('explained');
    expect(differences).toEqual([
      { what: 'member', name: 'vmc_no', recorded: '33232', now: '40001', by: 'numbers' },
      { what: 'member', name: 'order_no', recorded: `"${order}"`, now: `"${fresh}"`, by: 'orders' },
    ]);
  });

  it('by the rule that changed a part of the member', () => {
    const was = { cmd: 'odd', more: { vmc_no: 33_232 } };
    expect(judged(was, { cmd: 'odd', more: { vmc_no: 40_001 } })).toMatchObject({
      outcome: 'explained',
      differences: [{ name: 'more', by: 'numbers' }],
    });
    expect(judged(was, { cmd: 'odd', more: { vmc_no: 40_002 } }).outcome).toBe('differs');
  });

  it('by the other side’s own clock', () => {
    const was = { cmd: 'login_r', vmc_no: 40_001, date_time: '2025-03-18 16:54:02', ret: 0 };
    expect(judged(was, { ...was, date_time: '2026-11-27 10:00:05' })).toMatchObject({
      outcome: 'explained',
      differences: [{ name: 'date_time', by: 'clock' }],
    });
    expect(judged(was, { ...was, date_time: '2026-11-27 10:01:05' }).outcome).toBe('differs');
  });

  it('by an order number within another text', () => {
    const was = { cmd: 'qrcode_r', vmc_no: 40_001, qrcode: `pay 33232 ${order}` };
    const renamed: readonly Renamed[] = [
      { old: order, fresh, rule: 'orders' },
      { old: '33232', fresh: '40001', rule: 'numbers' },
    ];
    expect(judged(was, { ...was, qrcode: `pay 40001 ${fresh}` }, renamed).outcome).toBe('explained');
    expect(judged(was, { ...was, qrcode: `pay 40002 ${fresh}` }, renamed).outcome).toBe('differs');
  });
});

describe('differs', () => {
  it.each([
    ['another value', { cmd: 'x', ret: 0 }, { cmd: 'x', ret: 1 }, { name: 'ret', recorded: '0', now: '1' }],
    ['a member more', { cmd: 'x' }, { cmd: 'x', a: 1 }, { name: 'a', recorded: null, now: '1' }],
    ['a member less', { cmd: 'x', a: [1] }, { cmd: 'x' }, { name: 'a', recorded: '[1]', now: null }],
    ['a number as text', { cmd: 'x', a: 1 }, { cmd: 'x', a: '1' }, { name: 'a', recorded: '1', now: '"1"' }],
  ])('%s', (_, was, is, difference) => {
    expect(judged(was, is as JsonObject)).toEqual({
      outcome: 'differs',
      differences: [{ what: 'member', ...difference, by: null }],
    });
  });

  it('in another kind of head, and in text that is not JSON', () => {
    const recorded = said('out', { cmd: 'hb' }, { at: recordedAt });
    expect(compare(recorded, came({ cmd: 'hb' }, now, 'le48'), by).differences).toEqual([
      { what: 'head', name: 'head', recorded: 'decimal', now: 'le48', by: null },
    ]);
    expect(compare(recorded, { at: now, head: 'decimal', text: 'x', json: null }, by)).toMatchObject({
      outcome: 'differs',
      differences: [{ what: 'body', now: 'x' }],
    });
  });
});
