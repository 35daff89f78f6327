/** A rule rewrites a member in place: every other byte, the form of the head and its number stay. */
import { describe, expect, it } from 'vitest';
import { messageOf } from '#shared/messages/read';
import type { Direction } from '#shared/model/frame';
import { rewrite, type Rewriting } from '../../../../../src/main/core/connection/rewriting';
import { FrameDecoder } from '../../../../../src/main/core/protocol/frame';
import type { DecodedFrame } from '../../../../../src/main/core/protocol/decoded';
import { frame, lyingFrame, rawFrame } from '../../../../builders/frames';

const code = '12345678';

function decoded(bytes: Uint8Array): DecodedFrame {
  const decoder = new FrameDecoder({ preferred: 'le48' });
  const [item] = [...decoder.push(bytes), ...decoder.end()];
  if (item?.kind !== 'frame') throw new Error('no frame');
  return item;
}

function rewritten(
  bytes: Uint8Array,
  member: string,
  value: string,
  { dir = 'in', known = null }: { readonly dir?: Direction; readonly known?: string | null } = {},
): Rewriting {
  const one = decoded(bytes);
  return rewrite(one, messageOf(one.json, dir).message, { member, value }, () => known);
}

/** The bytes that leave. */
function sent(...of: Parameters<typeof rewritten>): Buffer {
  const result = rewritten(...of);
  if (typeof result === 'string') throw new Error(result);
  return Buffer.from(result.frame.bytes);
}
const codesOf = (result: Rewriting): readonly string[] =>
  typeof result === 'string'
    ? [result]
    : result.findings.map(({ code: name }) => name).filter((name) => name.startsWith('relay.'));

/** A body with odd blanks, a repeated member and text in GB18030. */
const odd = (amount: string): Buffer =>
  Buffer.concat([
    Buffer.from(` {"cmd" : "qrcode",\t"Amount":${amount}, "n":"`),
    Buffer.from([0xbf, 0xa7, 0xb7, 0xc8]),
    Buffer.from(`","amount" :${amount} ,"supply":{"1":"500","2":[1,{"x":2}]} }\r\n`),
  ]);

describe('in place', () => {
  it.each([
    ['decimal', 0],
    ['le48', 7],
  ] as const)('%s: all members with the path change, and nothing else', (head, sequence) => {
    const before = rawFrame(odd('5'), head, sequence);
    expect(sent(before, 'amount', '12345')).toEqual(rawFrame(odd('12345'), head, sequence));
    expect(sent(before, 'body.Amount', '"x"')).toEqual(rawFrame(odd('"x"'), head, sequence));
  });

  it.each([
    ['supply.1', '7', '"supply":{"1":7,"2":[1,{"x":2}]}'],
    ['supply.2.1.x', 'true', '"supply":{"1":"500","2":[1,{"x":true}]}'],
    ['body.supply.2.x', 'false', '"supply":{"1":"500","2":[1,{"x":false}]}'],
    ['supply.2.0', '"咖"', '"supply":{"1":"500","2":["\\u5496",{"x":2}]}'],
    ['supply', 'null', '"supply":null'],
  ])('%s = %s', (member, value, text) => {
    expect(sent(rawFrame(odd('5'), 'decimal', 0), member, value).toString('latin1')).toContain(text);
  });

  it('a length in characters stays one in characters, and another wrong one stays wrong by as much', () => {
    const body = '{"cmd":"error","x":"缺水","n":1}';
    const inCharacters = lyingFrame(body, 12 + body.length);
    expect(sent(inCharacters, 'n', '234').subarray(0, 4).toString()).toBe(
      String(12 + body.length + 2).padStart(4, '0'),
    );
    expect(sent(inCharacters, 'x', '""').subarray(0, 4).toString()).toBe(
      String(12 + body.length - 2).padStart(4, '0'),
    );
  });
});

describe('a frame stays as it is', () => {
  const hb = frame({ cmd: 'hb', vmc_no: 7 });
  it.each([
    ['missing', hb, 'Amount', '5'],
    ['missing', hb, 'vmc_no.1', '5'],
    ['unchanged', hb, 'vmc_no', '7'],
    ['refused', rawFrame(Buffer.from('{"cmd"}'), 'decimal', 0), 'cmd', '5'],
    ['refused', hb, 'cmd', `"${'x'.repeat(9_990)}"`],
  ] as const)('%s: %#', (result, bytes, member, value) => {
    expect(rewritten(bytes, member, value)).toBe(result);
  });
});

describe('the sign of a changed login', () => {
  const login = (sign: string) =>
    frame({ cmd: 'login', vmc_no: 33_232, timestamp: '20150624', sign, version: '1' });
  const byTime = 'd3c1e46a62b0b93bfe63b413b226aa72';
  const byNumber = '5194fbdbf90c9fb56127fc54fbf91c45';

  it('is renewed by the formula that it had, if the code is known', () => {
    const result = rewritten(login(byNumber), 'vmc_no', '44401', { known: code });
    expect(codesOf(result)).toEqual(['relay.signRenewed']);
    expect(typeof result === 'string' ? null : result.frame.json).toMatchObject({
      vmc_no: 44_401,
      sign: '1e999eaebf4ae6008145ee166fc980c1',
    });
  });

  it.each([
    ['no code is known', byNumber, 'vmc_no', '44401', null, ['relay.signKept']],
    ['it did not match before', 'x', 'vmc_no', '44401', code, ['relay.signKept']],
    ['its values stay', byNumber, 'version', '"2"', code, []],
    ['its formula does not use the changed value', byNumber, 'timestamp', '"20150625"', code, []],
    ['the rule changes the sign itself', byTime, 'sign', '"y"', code, []],
  ] as const)('stays if %s', (_, sign, member, value, known, findings) => {
    const result = rewritten(login(sign), member, value, { known });
    expect(codesOf(result)).toEqual(findings);
    expect(typeof result === 'string' ? null : result.frame.json?.['sign']).toBe(
      member === 'sign' ? 'y' : sign,
    );
  });
});
