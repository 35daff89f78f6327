import { describe, expect, it } from 'vitest';
import type { Finding } from '#shared/findings';
import type { FrameDetail, Head } from '#shared/model/frame';
import {
  findingBytes,
  frameMap,
  numbersAsWritten,
  placeAtByte,
  placeAtText,
  spansOf,
  textOfBytes,
} from '../../../../../../src/renderer/src/features/inspector/bytes/frameMap';
import { readJson } from '../../../../../../src/main/core/protocol/json';
import { decodeText } from '../../../../../../src/main/core/protocol/text';
import { frame } from '../../../../../builders/rows';

/** A frame as main sends it: a `head` of twelve bytes, then the body. */
function detail(body: Uint8Array | string, head: Head | null = 'decimal'): FrameDetail {
  const inner = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  const bytes = new Uint8Array(12 + inner.length).fill(0x30);
  bytes.set(inner, 12);
  const { text, findings: ofText } = decodeText(inner);
  const { json, findings } = readJson(text);
  const base = frame(1, { head, size: bytes.length, findings: [...ofText, ...findings] });
  return { ...base, bytes, bodyStart: 12, sequence: null, fullText: text, json, journal: null };
}
const at = (one: FrameDetail, id: string): string => {
  const place = frameMap(one).places.get(id);
  if (place === undefined) return 'nowhere';
  const all = new TextDecoder().decode(one.bytes.subarray(place.bytes.from, place.bytes.to));
  const value = new TextDecoder().decode(one.bytes.subarray(place.valueBytes.from, place.valueBytes.to));
  return `${all}|${value}`;
};

describe('positions of a frame’s parts', () => {
  it('members in the bytes, also after multi-byte characters', () => {
    const one = detail('{"ProductName":"卡布奇诺","supply":{"10009":"5"}}');
    expect(at(one, '["ProductName"]')).toBe('"ProductName":"卡布奇诺"|"卡布奇诺"');
    expect(at(one, '["supply"]')).toBe('"supply":{"10009":"5"}|{"10009":"5"}');
    expect(at(one, '["supply","10009"]')).toBe('"10009":"5"|"5"');
  });

  it('numbers in the machine’s spelling, where parsing changes it', () => {
    const one = detail('{"order_no":20261125101010123456,"a":[1,-2.50,1e3,0],"t":"9.50","n":null}');
    expect([...numbersAsWritten(one, frameMap(one))]).toEqual([
      ['["order_no"]', '20261125101010123456'],
      ['["a",1]', '-2.50'],
      ['["a",2]', '1e3'],
    ]);
  });

  it('the parts of both heads, and of an unknown one', () => {
    const ids = (head: Head | null): string[] => [...frameMap(detail('{"n":1}', head)).places.keys()];
    expect(ids('decimal')).toEqual(['#length', '#padding', '["n"]']);
    expect(ids('le48')).toEqual(['#length', '#sequence', '["n"]']);
    expect(ids(null)).toEqual(['#head', '["n"]']);
    expect(frameMap(detail('{}')).places.get('#padding')?.bytes).toEqual({ from: 4, to: 12 });
  });

  it('a byte or a character leads to the smallest part that contains it', () => {
    const one = detail('{"supply":{"1":"5"}}');
    const map = frameMap(one);
    const text = one.fullText;
    expect(placeAtByte(map, 2)?.id).toBe('#length');
    expect(placeAtByte(map, 11)?.id).toBe('#padding');
    expect(placeAtByte(map, 12)).toBeNull();
    expect(placeAtByte(map, 12 + text.indexOf('"5"') + 1)?.id).toBe('["supply","1"]');
    expect(placeAtByte(map, 12 + text.indexOf('supply'))?.id).toBe('["supply"]');
    expect(placeAtText(map, text.indexOf('"5"'))?.id).toBe('["supply","1"]');
    expect(placeAtText(map, 0)).toBeNull();
  });

  it('bytes lead to their characters, and a selection leads to both', () => {
    const map = frameMap(detail('{"s":"卡"}'));
    expect(textOfBytes(map, { from: 19, to: 20 })).toEqual({ from: 6, to: 7 });
    expect(textOfBytes(map, { from: 0, to: 4 })).toBeNull();
    expect(spansOf(map, { id: '["s"]' })).toEqual({
      selected: { from: 13, to: 22 },
      value: { from: 17, to: 22 },
      text: { from: 1, to: 8 },
      valueText: { from: 5, to: 8 },
    });
    expect(spansOf(map, { id: '["gone"]' }).selected).toBeNull();
  });

  it('GB18030', () => {
    // {"s":"卡"} in GB18030
    const one = detail(Uint8Array.of(0x7b, 0x22, 0x73, 0x22, 0x3a, 0x22, 0xbf, 0xa8, 0x22, 0x7d));
    expect(one.fullText).toBe('{"s":"卡"}');
    expect(frameMap(one).places.get('["s"]')?.valueBytes).toEqual({ from: 17, to: 21 });
  });

  it('a body in neither encoding has only a head', () => {
    const one = detail(Uint8Array.of(0x7b, 0x22, 0x73, 0x22, 0x3a, 0x22, 0xff, 0x22, 0x7d));
    const map = frameMap(one);
    expect(map.bytesOf).toBeNull();
    expect([...map.places.keys()]).toEqual(['#length', '#padding']);
    expect(one.findings).toEqual([{ code: 'text.undecodable', params: { offset: 6 } }]);
    expect(one.findings.map((finding) => findingBytes(map, one, finding))).toEqual([{ from: 18, to: 19 }]);
  });
});

describe('the bytes of a finding', () => {
  const one = detail('{"cmd":"error"\n"vmc_no":5,}');
  const map = frameMap(one);
  const about = (finding: Finding): unknown => findingBytes(map, one, finding);

  it('are the length, the sequence, the place of a mistake, or a member', () => {
    expect(about({ code: 'head.lengthWrong' })).toEqual({ from: 0, to: 4 });
    expect(about({ code: 'seq.gap' })).toBeNull();
    const lenient = one.findings.find(({ code }) => code === 'json.lenient');
    if (lenient === undefined) throw new Error('not lenient');
    const offset = Number(lenient.params?.['offset']);
    expect(about(lenient)).toEqual({ from: 12 + offset, to: 13 + offset });
    expect(about({ code: 'field.invalid', params: { field: 'vmcNo', value: 'x' } })).toEqual(
      map.places.get('["vmc_no"]')?.bytes,
    );
    expect(about({ code: 'link.silence' })).toBeNull();
  });

  it('of a mistake at the very end are the last character', () => {
    const cut = detail('{"cmd":"hb","n":"x"');
    const [finding] = cut.findings;
    if (finding === undefined) throw new Error('nothing found');
    expect(findingBytes(frameMap(cut), cut, finding)).toEqual({ from: 30, to: 31 });
  });
});
