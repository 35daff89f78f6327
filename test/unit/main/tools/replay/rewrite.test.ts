import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '#shared/model/frame';
import { replayRules, type ReplayRule } from '#shared/model/replay';
import { rewriteFrame, type Rewriting } from '../../../../../src/main/tools/replay/rewrite';
import { FrameDecoder } from '../../../../../src/main/core/protocol/frame';
import { lyingFrame } from '../../../../builders/frames';
import { asRecorded, said } from '../../../../builders/replayed';

const at = (text: string): number => new Date(text).getTime();
const recordedAt = at('2025-03-18T16:54:00');
const now = at('2026-11-27T10:00:00');
const distance = now - recordedAt;

function rewriting(over: Partial<Rewriting> = {}): Rewriting {
  return {
    rules: new Set(replayRules),
    vmcNo: 40_001,
    salt: 'a salt',
    clock: (recorded) => recorded + distance,
    codeOf: () => null,
    ...over,
  };
}
const only = (...rules: ReplayRule[]): Partial<Rewriting> => ({ rules: new Set(rules) });

/** The text of a body as sent. */
function sentText(body: JsonObject | string, over: Partial<Rewriting> = {}): string {
  const { bytes, bodyStart } = rewriteFrame(said('in', body, { at: recordedAt }), null, rewriting(over));
  return Buffer.from(bytes.subarray(bodyStart)).toString();
}
const sent = (body: JsonObject, over: Partial<Rewriting> = {}): JsonObject =>
  JSON.parse(sentText(body, over)) as JsonObject;

it('text beside a rewritten value stays unchanged, in any script', () => {
  const { order_no } = sent({ cmd: 'qrcode', vmc_no: 1, order_no: '订单A12' }, only('orders'));
  expect(order_no).toMatch(/^订单[A-Z]\d\d$/);
  expect(order_no).not.toBe('订单A12');
});

describe('the machine’s number', () => {
  it('is replaced everywhere, in the original spelling', () => {
    expect(sentText('{ "vmc_no" : 33232, "cmd":"hb","more":{"vmcNo":" 33232 "} ,}')).toBe(
      '{ "vmc_no" : 40001, "cmd":"hb","more":{"vmcNo":" 40001 "} ,}',
    );
  });

  it('stays if the rule is off or no other number was chosen', () => {
    const body = '{"cmd":"hb","vmc_no":33232}';
    expect(sentText(body, only('orders', 'times'))).toBe(body);
    expect(sentText(body, { vmcNo: null })).toBe(body);
  });

  it('is not replaced in similar texts', () => {
    expect(sent({ cmd: 'qrcode', vmc_no: 33_232, Amount: 33_232, product_id: 33_232 })).toMatchObject({
      Amount: 33_232,
      product_id: 33_232,
    });
  });
});

const isHex = (text: string): boolean => /^[0-9a-f]{16,}$/.test(text) && /[a-f]/.test(text);
const kindOf = (text: string): string => (isHex(text) ? 'hex' : /^\d+$/.test(text) ? 'digits' : 'other');
const formOf = (text: string): string =>
  isHex(text) || kindOf(text) === 'digits'
    ? String(text.length)
    : text.replace(/\d/g, '0').replace(/[a-z]/g, 'a').replace(/[A-Z]/g, 'A');

describe('order numbers', () => {
  const orderOf = (order_no: string | number, over: Partial<Rewriting> = {}): unknown =>
    sent({ cmd: 'qrcode', vmc_no: 1, order_no }, over)['order_no'];

  it('are replaced with new ones of the same form', () => {
    const fresh = orderOf('594f803b380a41396ed63dca39503542');
    expect(fresh).toMatch(/^[0-9a-f]{32}$/);
    expect(fresh).not.toBe('594f803b380a41396ed63dca39503542');
    expect(orderOf('594f803b380a41396ed63dca39503542')).toBe(fresh);
    expect(orderOf('594f803b380a41396ed63dca39503542', { salt: 'another' })).not.toBe(fresh);
  });

  it('begin with the replay’s time if they began with the recording’s', () => {
    expect(orderOf('20250318165400123')).toMatch(/^20261127100000\d{3}$/);
    expect(orderOf('20250318165400123', only('orders'))).not.toMatch(/^2026|^20250318165400123/);
  });

  it('that name no order stay', () => {
    expect(orderOf('')).toBe('');
    expect(orderOf('0')).toBe('0');
  });

  it('never stay the same, keep their form, and stay distinct', () => {
    const orders = fc.oneof(
      fc.stringMatching(/^[1-9]\d{0,30}$/),
      fc.stringMatching(/^[0-9a-f]{32}$/),
      fc.stringMatching(/^[A-Za-z0-9_-]{2,40}[a-z]$/),
    );
    fc.assert(
      fc.property(orders, orders, fc.string({ minLength: 1 }), (one, other, salt) => {
        const [fresh, second] = [orderOf(one, { salt }), orderOf(other, { salt })];
        expect(fresh).not.toBe(one);
        expect(String(fresh).length).toBe(one.length);
        expect(formOf(String(fresh))).toBe(formOf(one));
        const areAlike = one.length === other.length && kindOf(one) === kindOf(other);
        expect(one !== other && areAlike && fresh === second).toBe(false);
      }),
    );
  });

  it('of one character change too', () => {
    for (let salt = 0; salt < 40; salt += 1) {
      const fresh = Array.from('123456789', (one) => orderOf(one, { salt: String(salt) }));
      expect(fresh.filter((one, place) => one === String(place + 1))).toEqual([]);
      expect(new Set(fresh).size).toBe(9);
    }
  });

  it('written as numbers stay numbers', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1 }), (order) => {
        const fresh = orderOf(order);
        expect(typeof fresh).toBe('number');
        expect(String(fresh).length).toBe(String(order).length);
      }),
    );
  });
});

describe('times', () => {
  it('keep their distance to now, in each of their forms', () => {
    expect(sent({ cmd: 'login', vmc_no: 1, timestamp: 20_250_318, version: '20250318165400' })).toMatchObject(
      { timestamp: 20_261_127, version: '20250318165400' },
    );
    expect(sent({ cmd: 'productdone', vmc_no: 1, timestamp: '20250318165330' })['timestamp']).toBe(
      '20261127095930',
    );
    expect(sent({ cmd: 'error', vmc_no: 1, datetime: '20250318' })['datetime']).toBe('20261127');
    expect(sent({ cmd: 'error', vmc_no: 1, datetime: '2025-03-18 16:54:01' })['datetime']).toBe(
      '2026-11-27 10:00:01',
    );
    expect(sent({ cmd: 'rinsingrecord', vmc_no: 1, c_uid: 'C20250318165359700' })['c_uid']).toBe(
      'C20261127095959700',
    );
  });

  it('that are not moments stay', () => {
    for (const timestamp of ['', '0', '20251399', 'soon'])
      expect(sent({ cmd: 'productdone', vmc_no: 1, timestamp })['timestamp']).toBe(timestamp);
  });
});

describe('a login’s sign', () => {
  const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
  const login = (sign: string) =>
    said(
      'in',
      { cmd: 'login', vmc_no: 33_232, timestamp: '20250318', sign, version: '1' },
      { at: recordedAt },
    );

  it('is made for the new number and date if the code is known', () => {
    const by = rewriting({ codeOf: () => 'abcd1234' });
    const older = rewriteFrame(login(md5('abcd123433232')), null, by);
    expect(Buffer.from(older.bytes).toString()).toContain(md5('abcd123440001'));
    const document = rewriteFrame(login(md5('20250318abcd1234')), null, by);
    expect(Buffer.from(document.bytes).toString()).toContain(md5('20261127abcd1234'));
    expect(document.notes).toEqual([]);
  });

  it('stays if its formula is unknown, with a note', () => {
    for (const codeOf of [() => null, () => 'wrong123']) {
      const kept = rewriteFrame(login('constant'), null, rewriting({ codeOf }));
      expect(kept.notes).toEqual(['signKept']);
      expect(Buffer.from(kept.bytes).toString()).toContain('"constant"');
    }
  });
});

describe('the head', () => {
  it('has the new length in its own form, and no other change', () => {
    const body = '{"cmd":"hb","vmc_no":7}';
    const spaced = Buffer.from(`  35PADDING!${body}`);
    const { bytes } = rewriteFrame(asRecorded('in', spaced, {}), null, rewriting());
    expect(Buffer.from(bytes).toString()).toBe(`0039PADDING!${body.replace('7', '40001')}`);
    const same = rewriteFrame(asRecorded('in', spaced, {}), null, rewriting({ vmcNo: 8 }));
    expect(Buffer.from(same.bytes).toString()).toBe(`  35PADDING!${body.replace('7', '8')}`);
  });

  it('has the next sequence number in an le48 head', () => {
    const recorded = said('in', { cmd: 'hb', vmc_no: 7 }, { head: 'le48', sequence: 68 });
    const [one] = new FrameDecoder().push(rewriteFrame(recorded, 3, rewriting()).bytes);
    expect(one).toMatchObject({ kind: 'frame', head: 'le48', sequence: 3, json: { vmc_no: 40_001 } });
    const [kept] = new FrameDecoder().push(rewriteFrame(recorded, null, rewriting()).bytes);
    expect(kept).toMatchObject({ sequence: 68 });
  });

  it('with a wrong length keeps it', () => {
    const wrong = lyingFrame('{"cmd":"hb","vmc_no":33232}', 400);
    const { bytes } = rewriteFrame(asRecorded('in', wrong, {}), null, rewriting());
    expect(Buffer.from(bytes).toString()).toBe(lyingFrame('{"cmd":"hb","vmc_no":40001}', 400).toString());
  });
});

it('all other bytes stay: mistakes, GB18030, order of members', () => {
  const body = Buffer.concat([
    Buffer.from('{"vmc_no":"33232",,"ProductName":"'),
    Buffer.from([0xc8, 0xb1, 0xcb, 0xae]),
    Buffer.from('","cmd":"productdone" // made\n}'),
  ]);
  const recorded = asRecorded('in', lyingFrame(body, body.length + 12), {});
  const { bytes, notes } = rewriteFrame(recorded, null, rewriting());
  expect(notes).toEqual([]);
  expect(Buffer.from(bytes).toString('latin1')).toBe(
    Buffer.from(recorded.bytes).toString('latin1').replace('33232', '40001'),
  );
});

it('without a rule no frame changes', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (members) => {
      const recorded = said('in', JSON.stringify({ cmd: 'productdone', ...members }));
      const { bytes } = rewriteFrame(recorded, null, rewriting({ rules: new Set() }));
      expect(Buffer.from(bytes).equals(recorded.bytes)).toBe(true);
    }),
  );
});

it('a second rewrite does not change the machine’s number again', () => {
  const once = rewriteFrame(said('in', { cmd: 'hb', vmc_no: 33_232 }), null, rewriting(only('numbers')));
  const twice = rewriteFrame(asRecorded('in', once.bytes, {}), null, rewriting(only('numbers')));
  expect(Buffer.from(twice.bytes).equals(once.bytes)).toBe(true);
});
