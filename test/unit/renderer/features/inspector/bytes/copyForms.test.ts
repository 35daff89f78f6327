import { describe, expect, it } from 'vitest';
import { parseFilter } from '#shared/filter/language/parse';
import {
  copiesOf,
  copiesOfFrame,
} from '../../../../../../src/renderer/src/features/inspector/bytes/copyForms';
import { frameMap } from '../../../../../../src/renderer/src/features/inspector/bytes/frameMap';
import { detail } from '../../../../../builders/rows';

describe('copying', () => {
  const one = detail({ cmd: 'productdone', vmc_no: 33232, ProductName: '热牛奶', ProductAmount: 1000 });
  const of = (id: string) => copiesOf(one, frameMap(one), { id });

  it('a member in every form', () => {
    expect(of('["ProductName"]')).toEqual({
      value: '热牛奶',
      json: '{\n  "ProductName": "热牛奶"\n}',
      text: '"ProductName":"热牛奶"',
      hex: '22 50 72 6F 64 75 63 74 4E 61 6D 65 22 3A 22 E7 83 AD E7 89 9B E5 A5 B6 22',
      hexStream: '2250726f647563744e616d65223a22e783ade7899be5a5b622',
      base64: 'IlByb2R1Y3ROYW1lIjoi54Ot54mb5aW2Ig==',
      python: String.raw`b'"ProductName":"\xe7\x83\xad\xe7\x89\x9b\xe5\xa5\xb6"'`,
      c: expect.stringMatching(/^const unsigned char frame_7_\d+\[25\] = \{\n {2}0x22, /) as unknown,
      filter: expect.stringContaining('body.ProductName') as unknown,
    });
  });

  it('parts of the head, and other bytes', () => {
    expect(of('#length')).toMatchObject({ value: String(one.size), filter: `size:${one.size}` });
    expect(of('#padding')).toMatchObject({ value: '00000000', hex: '30 30 30 30 30 30 30 30' });
    expect(copiesOf(one, frameMap(one), { bytes: { from: 12, to: 13 } })).toEqual({
      text: '{',
      hex: '7B',
      hexStream: '7b',
      base64: 'ew==',
      python: "b'{'",
      c: 'const unsigned char frame_7_12[1] = {\n  0x7B,\n};',
    });
    expect(of('["gone"]')).toEqual({});
  });

  it('a link has the number that people see, and the name of its records', () => {
    const journal = '0f0e0d0c-1111-4222-8333-444455556666';
    const link = (over: Parameters<typeof detail>[1]) => copiesOfFrame(detail({ cmd: 'hb' }, over)).link;
    expect(link({ journal })).toBe(`crema://frame/7?journal=${journal}`);
    expect(link({ journal: null })).toBe('crema://frame/7');
    expect(link({ journal, original: { id: 1445, journal } })).toBe(`crema://frame/1445?journal=${journal}`);
    expect(link({ journal: null, original: { id: null, journal: null } })).toBeUndefined();
    expect(link({ kind: 'closed', journal })).toBe(`crema://frame/7?journal=${journal}`);
  });

  it('valid filters', () => {
    const filters = [of('["cmd"]'), of('["vmc_no"]'), of('["ProductAmount"]'), copiesOfFrame(one)].map(
      ({ filter }) => filter ?? '',
    );
    expect(filters[0]).toMatch(/^cmd[:=]productdone$/);
    expect(filters[1]).toMatch(/^vmc[:=]33232$/);
    for (const filter of filters) expect(parseFilter(filter, { now: 0 }).ok).toBe(true);
    expect(filters[3]).toMatch(/vmc.*dir.*cmd/);
  });
});
