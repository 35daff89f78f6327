import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Finding } from '#shared/findings';
import { messages } from '#shared/messages/index';
import { secrecyOf } from '#shared/messages/lookup';
import type { Direction, Head, StoredEntry } from '#shared/model/frame';
import type { JsonObject } from '#shared/model/json';
import { cmdOfMessage } from '#shared/model/message';
import { encodeFrame } from '../../../../../src/main/core/protocol/encode';
import { Masker } from '../../../../../src/main/core/masking/masker';
import { PrivateTexts } from '../../../../../src/main/core/masking/privateTexts';
import { readStored } from '../../../../../src/main/core/state/readStored';
import { formOf, keyOf, standInOf } from '../../../../builders/masking';

const order = 'A-17-9c31-x2';
const base = { id: 1, at: 1, conn: 1, vmcNo: 33_232 };
type Frame = Extract<StoredEntry, { readonly kind: 'frame' }>;

function maskerOf(known: readonly string[] = [], key = 1): Masker {
  const texts = new PrivateTexts(keyOf(key), []);
  for (const one of known) texts.add(one);
  return new Masker(texts);
}
function stored(
  before: Uint8Array,
  body: string | Uint8Array,
  head: Head | null,
  dir: Direction = 'in',
): Frame {
  const bytes = Buffer.concat([before, Buffer.from(body)]);
  const sequence = head === 'le48' ? 68 : null;
  const frame = { ...base, kind: 'frame', dir, head, sequence, bytes, bodyStart: before.length } as const;
  const { message } = readStored({ ...frame, cmd: null, findings: [] }) as {
    message: Parameters<typeof cmdOfMessage>[0];
  };
  return { ...frame, cmd: cmdOfMessage(message), findings: [] };
}
function frameOf(body: JsonObject, dir: Direction, head: Head = 'decimal'): Frame {
  const encoded = encodeFrame(body, head, head === 'le48' ? 68 : 0);
  if (typeof encoded.bytes === 'number') throw new Error('too long');
  return stored(encoded.bytes.subarray(0, 12), encoded.bytes.subarray(12), head, dir);
}
function maskedFrame(entry: Frame, masker = maskerOf()): Frame {
  const { entry: out } = masker.mask(entry);
  if (out.kind !== 'frame') throw new Error('not a frame');
  return out;
}
const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
function findingOf(finding: Finding): Finding['params'] {
  const { entry } = maskerOf([order]).mask({ ...base, kind: 'finding', finding });
  return entry.kind === 'finding' ? entry.finding.params : undefined;
}

describe.each(messages.map((row) => [`${row.direction} ${row.cmd}`, row] as const))('%s', (_name, row) => {
  const secrets = {
    order_no: '594f803b380a41396ed63dca39503542',
    qrcode: 'weixin://wxpay/x?pr=Zq8',
    sign: 'c0ffee594f803b38',
  };
  const example: JsonObject = { ...row.example, ...secrets };

  it.each(['decimal', 'le48'] as const)(
    'is the same message after masking, without its secrets: %s',
    (head) => {
      const entry = frameOf(example, row.direction, head);
      const { entry: out, isWithheld } = maskerOf().mask(entry);
      expect(isWithheld).toBe(false);
      const masked = out as Frame;
      expect({ ...masked, bytes: null }).toEqual({ ...entry, bytes: null });
      expect(masked.bytes).toHaveLength(entry.bytes.length);
      expect(masked.bytes.subarray(0, 12)).toEqual(entry.bytes.subarray(0, 12));
      for (const secret of Object.values(secrets)) expect(latin1(masked.bytes)).not.toContain(secret);
      const [before, after] = [entry, masked].map(
        (one) => JSON.parse(latin1(one.bytes.subarray(12))) as JsonObject,
      );
      const open = (body: JsonObject | undefined): unknown =>
        Object.entries(body ?? {}).filter(([name]) => secrecyOf(name) === null);
      expect(open(after)).toEqual(open(before));
      // Every member starts at its old place.
      for (const name of Object.keys(example))
        expect(latin1(masked.bytes).indexOf(`"${name}"`)).toBe(latin1(entry.bytes).indexOf(`"${name}"`));
      const [read, readBefore] = [readStored(masked), readStored(entry)];
      expect(read.kind === 'frame' && read.message.body.cmd).toBe(
        readBefore.kind === 'frame' && readBefore.message.body.cmd,
      );
    },
  );

  it('depends on the key alone', () => {
    const entry = frameOf(example, row.direction);
    const [first, again, other] = [1, 1, 2].map((key) => latin1(maskedFrame(entry, maskerOf([], key)).bytes));
    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });
});

it('a login’s sign cannot be compared with signs of guessed codes', () => {
  const sign = createHash('md5').update('2015062412345678').digest('hex');
  const entry = frameOf({ cmd: 'login', vmc_no: 1, timestamp: '20150624', sign, version: '1' }, 'in');
  const shown = latin1(maskedFrame(entry).bytes);
  expect(shown).toMatch(new RegExp(`"sign":"${formOf(32)}"`));
  expect(shown).not.toContain(sign);
});

it('entries in order: a quote after the declaration is masked, and before it only after learning', () => {
  const sale = frameOf({ cmd: 'productdone', vmc_no: 1, isok: true, order_no: order }, 'in');
  const quote = frameOf(
    { cmd: 'productdone', vmc_no: 1, isok: false, order_no: '', failreason: `not ${order}` },
    'in',
  );
  const both = frameOf(
    { cmd: 'productdone', vmc_no: 1, isok: false, order_no: order, failreason: `not ${order}` },
    'in',
  );
  const masker = maskerOf();
  expect(latin1(maskedFrame(quote, masker).bytes)).toContain(order);
  expect(latin1(maskedFrame(both, maskerOf()).bytes)).not.toContain(order);
  maskedFrame(sale, masker);
  expect(latin1(maskedFrame(quote, masker).bytes)).not.toContain(order);
  const learnt = maskerOf();
  learnt.learn(sale);
  expect(latin1(maskedFrame(quote, learnt).bytes)).not.toContain(order);
});

it('the stored command is that of the masked body', () => {
  const head = Buffer.from('002400000000');
  const secret = stored(head, '{"cmd":"6222021234567890","vmc_no":1}', 'decimal');
  expect(secret.cmd).toBe('6222021234567890');
  expect(maskedFrame(secret).cmd).toMatch(standInOf(16, 'digits'));
  const broken = stored(head, '{"cmd":"productdone","order_no":"A-17', 'decimal');
  expect(broken.cmd).toBe('productdone');
  const { entry, isWithheld } = maskerOf().mask(broken);
  expect(isWithheld).toBe(true);
  expect(entry).toMatchObject({ cmd: null, head: 'decimal', bodyStart: 12 });
  expect(latin1((entry as Frame).bytes)).toMatch(/^002400000000\[withheld\]x+$/);
});

it('findings keep their numbers and codes, and lose quoted text', () => {
  expect(findingOf({ code: 'order.repeated', params: { orderNo: order, times: 2 } })).toEqual({
    orderNo: expect.stringMatching(standInOf(12)) as string,
    times: 2,
  });
  const object = findingOf({ code: 'field.invalid', params: { field: 'order_no', value: '{"a":1}' } });
  expect(object).toMatchObject({ value: expect.stringMatching(standInOf(7)) as string });
  expect(
    findingOf({ code: 'field.invalid', params: { field: 'Amount', value: '10,00 yuan' } }),
  ).toMatchObject({
    value: '[withheld]',
  });
  expect(findingOf({ code: 'field.invalid', params: { field: 'Amount', value: '-10.00' } })).toMatchObject({
    value: '-10.00',
  });
  // The text was cut, so half a private text may stand at its end.
  expect(findingOf({ code: 'cmd.unknown', params: { cmd: 'x'.repeat(60) } })).toEqual({ cmd: '[withheld]' });
  expect(
    findingOf({ code: 'link.internal', params: { detail: 'of 594f803b380a41396ed63dca39503542' } }),
  ).toEqual({ detail: 'of [number]' });
  expect(findingOf({ code: 'json.lenient', params: { what: 'comment', offset: 7 } })).toEqual({
    what: 'comment',
    offset: 7,
  });
  expect(
    findingOf({
      code: 'fault.closed',
      params: { fault: 1, code: 'EC_2', note: 'call li@qq.com', by: 'Li Hua' },
    }),
  ).toEqual({
    fault: 1,
    code: 'EC_2',
    note: '[withheld]',
    by: expect.stringMatching(/^[a-z]{6}$/) as string,
  });
});

it('bytes outside frames show only their length', () => {
  const bytes = Buffer.from(`zz${order}zz and more`);
  const { entry, isWithheld } = maskerOf([order]).mask({
    ...base,
    kind: 'junk',
    bytes,
    findings: [{ code: 'junk.noFrame' }],
  });
  expect(isWithheld).toBe(true);
  expect(entry).toMatchObject({ kind: 'junk', findings: [{ code: 'junk.noFrame' }] });
  const shown = entry.kind === 'junk' ? latin1(entry.bytes) : '';
  expect(shown).toBe('[withheld]'.padEnd(bytes.length, 'x'));
});

it('a head keeps its length and sequence; an unknown head, or one with free text as padding, does not', () => {
  const body = '{"cmd":"hb"}';
  const shown = (head: Head | null, before: string, known: readonly string[] = []): string => {
    const entry = stored(Buffer.from(before, 'latin1'), body, head);
    const { bytes, sequence } = maskedFrame(entry, maskerOf(known));
    const isSame = latin1(bytes) === before + body;
    expect(sequence).toBe(isSame ? entry.sequence : null);
    expect(latin1(bytes).slice(before.length)).toBe(body);
    return latin1(bytes).slice(0, before.length);
  };
  expect(shown('decimal', '002400000000')).toBe('002400000000');
  expect(shown('decimal', '0024        ')).toBe('0024        ');
  expect(shown('le48', 'H000t0000000')).toBe('H000t0000000');
  expect(shown('decimal', '0024q7w8e9r0')).toMatch(/^0024[a-z]{8}$/);
  expect(shown('le48', 'H000t1110000', ['t1110000'])).toMatch(/^H000[a-z]{8}$/);
  expect(shown('le48', 'H000q7w8e9r0')).toMatch(/^H000[a-z]{8}$/);
  expect(shown(null, 'A-17-9c31-x2')).toBe('[withheld]xx');
  expect(shown(null, '')).toBe('');
});

it('the ends of a connection and their times stay', () => {
  const peer = { remoteAddress: '192.168.1.7', remotePort: 1, localAddress: '192.168.1.20', localPort: 2 };
  const opened = { ...base, kind: 'opened', peer } as const;
  expect(maskerOf().mask(opened)).toEqual({ entry: opened, isWithheld: false });
  const closed = { ...base, kind: 'closed', reason: 'reset' } as const;
  expect(maskerOf().mask(closed)).toEqual({ entry: closed, isWithheld: false });
});
