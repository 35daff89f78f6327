import { describe, expect, it } from 'vitest';
import type { FrameDetail } from '#shared/model/frame';
import type { JsonObject } from '#shared/model/json';
import { parseFilter } from '#shared/filter/language/parse';
import { byteMove, pieces } from '../../../../../../src/renderer/src/features/inspector/bytes/bytesView';
import { compare } from '../../../../../../src/renderer/src/features/inspector/detail/changes';
import {
  bytesDraft,
  firstDraft,
  outcomeOf,
  recordedDraft,
  templateDraft,
  type Draft,
} from '../../../../../../src/renderer/src/features/inspector/compose/composeDraft';
import {
  copiesOf,
  copiesOfFrame,
} from '../../../../../../src/renderer/src/features/inspector/bytes/copyForms';
import { frameMap } from '../../../../../../src/renderer/src/features/inspector/bytes/frameMap';
import { templates } from '#shared/catalog/templates';
import { frame as bytesOf } from '../../../../../builders/frames';
import { frame } from '../../../rows';

function detail(json: JsonObject, over: Partial<FrameDetail> = {}): FrameDetail {
  const text = JSON.stringify(json);
  const bytes = new Uint8Array(bytesOf(text));
  const cmd = typeof json['cmd'] === 'string' ? json['cmd'] : null;
  const base = frame(7, { cmd, size: bytes.length });
  return { ...base, bytes, bodyStart: 12, sequence: null, fullText: text, json, ...over };
}

describe('what is different from the frame before', () => {
  const changesOf = (now: JsonObject, before: JsonObject) => {
    const { merged, changes } = compare(now, before);
    return { merged, changes: Object.fromEntries(changes) };
  };

  it('new, changed and gone, inside objects and lists too', () => {
    expect(
      changesOf(
        { cmd: 'a', n: 2, supply: { '1': '5', '3': '7' }, list: [1, 5] },
        { cmd: 'a', n: 1, supply: { '1': '6', '2': '8' }, list: [1, 2, 3], old: true },
      ),
    ).toEqual({
      merged: { cmd: 'a', n: 2, supply: { '1': '5', '2': '8', '3': '7' }, list: [1, 5, 3], old: true },
      changes: {
        '["n"]': { what: 'changed', was: 1 },
        '["supply","1"]': { what: 'changed', was: '6' },
        '["supply","3"]': { what: 'added' },
        '["supply","2"]': { what: 'gone' },
        '["list",1]': { what: 'changed', was: 2 },
        '["list",2]': { what: 'gone' },
        '["old"]': { what: 'gone' },
      },
    });
  });

  it('another kind of value is a change, the same body none', () => {
    expect(changesOf({ a: '1' }, { a: 1 }).changes).toEqual({ '["a"]': { what: 'changed', was: 1 } });
    expect(changesOf({ a: {} }, { a: [] }).changes).toEqual({ '["a"]': { what: 'changed', was: [] } });
    expect(changesOf({ a: [{}], b: null }, { a: [{}], b: null }).changes).toEqual({});
  });
});

describe('copying', () => {
  const one = detail({ cmd: 'productdone', vmc_no: 33232, ProductName: '热牛奶', ProductAmount: 1000 });
  const of = (id: string) => copiesOf(one, frameMap(one), { id });

  it('a member in every form', () => {
    expect(of('["ProductName"]')).toEqual({
      value: '热牛奶',
      json: '{\n  "ProductName": "热牛奶"\n}',
      text: '"ProductName":"热牛奶"',
      hex: '22 50 72 6F 64 75 63 74 4E 61 6D 65 22 3A 22 E7 83 AD E7 89 9B E5 A5 B6 22',
      c: expect.stringMatching(/^const unsigned char frame_7_\d+\[25\] = \{\n {2}0x22, /) as unknown,
      filter: expect.stringContaining('body.ProductName') as unknown,
    });
  });

  it('parts of the head, and bytes that are no part', () => {
    expect(of('#length')).toMatchObject({ value: String(one.size), filter: `size:${one.size}` });
    expect(of('#padding')).toMatchObject({ value: '00000000', hex: '30 30 30 30 30 30 30 30' });
    expect(copiesOf(one, frameMap(one), { bytes: { from: 12, to: 13 } })).toEqual({
      text: '{',
      hex: '7B',
      c: 'const unsigned char frame_7_12[1] = {\n  0x7B,\n};',
    });
    expect(of('["gone"]')).toEqual({});
  });

  it('filters that can be read', () => {
    const filters = [of('["cmd"]'), of('["vmc_no"]'), of('["ProductAmount"]'), copiesOfFrame(one)].map(
      ({ filter }) => filter ?? '',
    );
    expect(filters[0]).toMatch(/^cmd[:=]productdone$/);
    expect(filters[1]).toMatch(/^vmc[:=]33232$/);
    for (const filter of filters) expect(parseFilter(filter, { now: 0 }).ok).toBe(true);
    expect(filters[3]).toMatch(/vmc.*dir.*cmd/);
  });
});

describe('moving in the bytes', () => {
  it.each([
    ['ArrowRight', 5, 6],
    ['ArrowLeft', 0, 0],
    ['ArrowDown', 5, 21],
    ['ArrowDown', 30, 30],
    ['ArrowUp', 20, 4],
    ['Home', 20, 0],
    ['End', 20, 39],
    ['ArrowDown', null, 0],
    ['x', 5, null],
  ])('%s at %s', (key, from, to) => {
    expect(byteMove(key, from, 40, 16)).toBe(to);
  });
});

describe('the text cut into pieces', () => {
  it('at what is chosen and what is remarked', () => {
    const cut = pieces('{"a":12}', { from: 1, to: 7 }, { from: 5, to: 7 }, [{ from: 7, to: 8 }]);
    expect(cut).toEqual([
      { from: 0, to: 1, part: undefined, isRemarked: false, isUnseen: false },
      { from: 1, to: 5, part: 'name', isRemarked: false, isUnseen: false },
      { from: 5, to: 7, part: 'value', isRemarked: false, isUnseen: false },
      { from: 7, to: 8, part: undefined, isRemarked: true, isUnseen: false },
    ]);
  });

  it('and at every character that nobody would see', () => {
    const cut = pieces('a\u202Eb', null, null, []);
    expect(cut.map(({ from, to, isUnseen }) => [from, to, isUnseen])).toEqual([
      [0, 1, false],
      [1, 2, true],
      [2, 3, false],
    ]);
  });
});

describe('what is written to a machine', () => {
  const list = templates(33232, 'linux', new Date(0));
  const draft = (over: Partial<Draft>): Draft => ({
    as: 'text',
    from: '',
    text: '{"cmd":"hb"}',
    head: 'machine',
    hex: '',
    hexOf: null,
    ...over,
  });

  it('begins with what we sent as it was, and with the answer to what the machine said', () => {
    const sent = detail({ cmd: 'reboot', vmc_no: 33232 }, { dir: 'out' });
    expect(firstDraft(sent, list)).toEqual(recordedDraft(sent));
    expect(recordedDraft(sent)).toMatchObject({ from: null, text: sent.fullText });
    const asked = detail({ cmd: 'productdone', vmc_no: 33232, order_no: '8741' });
    const answer = firstDraft(asked, list);
    expect(answer.from).toBe('productdone_r');
    expect(JSON.parse(answer.text)).toEqual({
      cmd: 'productdone_r',
      vmc_no: 33232,
      order_no: '8741',
      isOk: true,
    });
    expect(firstDraft(null, list).from).toBe(list[0]?.id);
  });

  it('a template takes over nothing it has no room for', () => {
    const template = list.find(({ id }) => id === 'error_r');
    if (template === undefined) throw new Error('no template');
    expect(JSON.parse(templateDraft(template, { order_no: '1' }).text)).toEqual(template.body);
  });

  it('is counted in bytes, and refused beyond what a head can say', () => {
    expect(outcomeOf(draft({ text: '{"a":"卡"}' })).size).toBe(12 + 11);
    expect(outcomeOf(draft({ text: '' }))).toMatchObject({ wrong: 'empty', content: null });
    expect(outcomeOf(draft({ text: 'x'.repeat(9_988) }))).toMatchObject({ wrong: 'tooLong', content: null });
    expect(outcomeOf(draft({ text: 'x'.repeat(9_987) })).content).not.toBeNull();
  });

  it('as bytes it is what would be sent, head and body, of what is written now', () => {
    const framing = { head: 'le48', sequence: 68 } as const;
    const latin = ({ hex }: Draft): string =>
      String.fromCharCode(...hex.split(' ').map((byte) => Number.parseInt(byte, 16)));
    const asBytes = (over: Partial<Draft>): Draft => bytesDraft(draft(over), framing);
    expect(latin(asBytes({}))).toBe('H000t0000000{"cmd":"hb"}');
    expect(latin(asBytes({ head: 'decimal' }))).toBe('002400000000{"cmd":"hb"}');
    expect(asBytes({ text: '卡' }).hex).toMatch(/ E5 8D A1$/);
    expect(asBytes({}).as).toBe('bytes');
    expect(outcomeOf(asBytes({})).size).toBe(outcomeOf(draft({})).size);
    const long = '卡'.repeat(4_000);
    expect(outcomeOf(asBytes({ text: long })).size).toBe(12_000);

    // What was made of the bytes stays until the message is another one.
    const wrong = { ...asBytes({}), hex: '7B', as: 'text' } as const;
    expect(bytesDraft(wrong, framing)).toEqual({ ...wrong, as: 'bytes' });
    expect(latin(bytesDraft({ ...wrong, text: '{}' }, framing))).toBe('>000t0000000{}');

    // A recorded frame is as recorded until it is changed; junk has no text.
    const recorded = recordedDraft(detail({ cmd: 'hb', vmc_no: 1 }));
    expect(bytesDraft(recorded, framing).hex).toBe(recorded.hex);
    expect(latin(bytesDraft({ ...recorded, text: '{}' }, framing))).toBe('>000t0000000{}');
    expect(latin(bytesDraft({ ...recorded, head: 'decimal' }, framing))).toContain('"vmc_no":1');
    const junk = recordedDraft(detail({}, { kind: 'junk', bytes: Uint8Array.of(0, 255) }));
    expect(bytesDraft(junk, framing).hex).toBe('00 FF');
  });

  it('bytes are sent as they are, whatever they are, and nobody can tell what they do', () => {
    expect(outcomeOf(draft({ as: 'bytes', hex: '0x7B, 0x7d' }))).toEqual({
      content: { as: 'bytes', hex: '7b7d' },
      size: 2,
      wrong: null,
      risk: null,
      cmd: null,
    });
    expect(outcomeOf(draft({ as: 'bytes', hex: '7' }))).toMatchObject({ wrong: 'hexWrong', content: null });
    expect(outcomeOf(draft({ as: 'bytes', hex: ' ' }))).toMatchObject({ wrong: 'empty', content: null });
  });
});
