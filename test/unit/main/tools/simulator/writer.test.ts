/** The findings of the app's decoder for each misbehaviour on the wire. */
import { describe, expect, test } from 'vitest';
import type { FindingCode } from '#shared/findings';
import type { Head } from '#shared/model/frame';
import type { Misbehaviour } from '#shared/model/simulator';
import { FrameDecoder, type Decoded } from '../../../../../src/main/core/protocol/frame';
import { toGb18030 } from '../../../../../src/main/tools/simulator/gb18030';
import { Random } from '../../../../../src/main/tools/simulator/random';
import { menu, breakdowns, warnings } from '../../../../../src/main/tools/simulator/stock';
import { slowPause, splitPause, writesOf, type Style } from '../../../../../src/main/tools/simulator/writer';

const beat = { cmd: 'hb', vmc_no: 33232 };
const sale = { cmd: 'productdone', vmc_no: 33232, ProductName: '热巧克力', PayType: 'cash', isok: true };

function styled(head: Head, ...misbehaviours: readonly Misbehaviour[]): Style {
  let sequence = 0;
  return {
    head,
    misbehaviours: new Set(misbehaviours),
    random: new Random(9),
    padsBodies: false,
    beat: () => beat,
    sequence: () => sequence++,
  };
}

function decoded(writes: readonly { readonly bytes: Uint8Array }[]): Decoded[] {
  const decoder = new FrameDecoder();
  return [...writes.flatMap(({ bytes }) => decoder.push(bytes)), ...decoder.settle(), ...decoder.end()];
}

const frames = (items: readonly Decoded[]) => items.filter((item) => item.kind === 'frame');
const codes = (items: readonly Decoded[]) =>
  items.flatMap((item) => (item.kind === 'overflow' ? [] : item.findings.map(({ code }) => code)));

describe.each(['decimal', 'le48'] as const)('%s head', (head) => {
  test('without misbehaviours: one write, one frame, no finding', () => {
    const writes = writesOf(sale, styled(head));
    expect(writes).toHaveLength(1);
    const items = decoded(writes);
    expect(items).toMatchObject([{ kind: 'frame', head, json: sale, findings: [] }]);
  });

  const expected: readonly (readonly [Misbehaviour, readonly FindingCode[]])[] = [
    ['headUnrecognised', ['head.unrecognised']],
    ['headMissing', ['head.missing']],
    ['headLengthInChars', ['head.lengthInChars']],
    ['jsonTrailingComma', ['json.lenient']],
    ['jsonMissingComma', ['json.lenient']],
    ['jsonComment', ['json.lenient']],
    ['textGb18030', ['text.gb18030']],
    ['junkBefore', ['junk.noFrame']],
    ['jsonStraySpaces', []],
  ];
  test.each(expected)('%s gives the findings %j, and the message is still read', (misbehaviour, findings) => {
    for (const body of [sale, beat]) {
      const items = decoded(writesOf(body, styled(head, misbehaviour)));
      expect(codes(items)).toEqual(findings);
      expect(frames(items)).toHaveLength(1);
      expect(frames(items)[0]?.json).toMatchObject({ cmd: body.cmd, vmc_no: 33232 });
    }
  });

  test('headLengthWrong: some bytes too many or too few, and the next frames are not lost', () => {
    const style = styled(head, 'headLengthWrong');
    const writes = Array.from({ length: 40 }, () => writesOf(beat, style)).flat();
    const items = decoded(writes);
    const read = frames(items).filter(({ json }) => json?.['cmd'] === 'hb');
    expect(read).toHaveLength(40);
    expect(read.every(({ findings }) => findings.some(({ code }) => code === 'head.lengthWrong'))).toBe(true);
    const off = new Set(read.map(({ declared, bytes }) => (declared ?? 0) - bytes.length));
    expect(Math.min(...off)).toBeLessThan(0);
    expect(Math.max(...off)).toBeGreaterThan(0);
    expect(off.has(0)).toBe(false);
  });

  test('jsonCut: the body ends too early, and its head counts the sent bytes', () => {
    const items = decoded(writesOf(sale, styled(head, 'jsonCut')));
    expect(frames(items)).toHaveLength(1);
    const [frame] = frames(items);
    expect(frame?.declared).toBe(frame?.bytes.length);
    expect(['json.lenient', 'json.invalid']).toContain(codes(items)[0]);
    expect(() => JSON.parse(frame?.text ?? '') as unknown).toThrow(SyntaxError);
  });

  test('jsonStraySpaces: in values, not in the command', () => {
    expect(frames(decoded(writesOf(sale, styled(head, 'jsonStraySpaces'))))[0]?.json).toEqual({
      ...sale,
      ProductName: ' 热巧克力 ',
      PayType: ' cash ',
    });
  });

  test('splitSends: two writes that make one frame', () => {
    const writes = writesOf(sale, styled(head, 'splitSends'));
    expect(writes.map(({ wait }) => wait)).toEqual([0, splitPause]);
    expect(writes.every(({ bytes }) => bytes.length > 0)).toBe(true);
    expect(decoded(writes)).toMatchObject([{ kind: 'frame', json: sale, findings: [] }]);
  });

  test('slowSends: byte by byte', () => {
    const writes = writesOf(beat, styled(head, 'slowSends'));
    expect(writes.every(({ bytes }) => bytes.length === 1)).toBe(true);
    expect(writes.slice(1).every(({ wait }) => wait === slowPause)).toBe(true);
    expect(decoded(writes)).toMatchObject([{ kind: 'frame', json: beat, findings: [] }]);
  });

  test('mergedSends: two frames in one write', () => {
    const writes = writesOf(sale, styled(head, 'mergedSends'));
    expect(writes).toHaveLength(1);
    expect(frames(decoded(writes)).map(({ json }) => json)).toEqual([sale, beat]);
  });
});

test('sequenceGap skips numbers in an le48 padding', () => {
  const style = styled('le48', 'sequenceGap');
  const sequences = frames(decoded(Array.from({ length: 20 }, () => writesOf(beat, style)).flat())).map(
    ({ sequence }) => sequence ?? 0,
  );
  expect(sequences).toHaveLength(20);
  expect(sequences.every((value, i) => i === 0 || value > (sequences[i - 1] ?? 0) + 1)).toBe(true);
});

test('misbehaviours can be combined', () => {
  const items = decoded(
    writesOf(sale, styled('decimal', 'headMissing', 'jsonComment', 'textGb18030', 'splitSends')),
  );
  expect(frames(items)[0]?.json).toMatchObject(sale);
  expect(new Set(codes(items))).toEqual(new Set(['head.missing', 'json.lenient', 'text.gb18030']));
});

describe('GB18030', () => {
  test('every text of a machine survives', () => {
    const decoder = new TextDecoder('gb18030', { fatal: true });
    const words = [
      ...menu.map(({ name }) => name),
      ...[...warnings, ...breakdowns].map(({ description }) => description),
      '咖啡机',
    ];
    for (const word of words) expect(decoder.decode(toGb18030(word))).toBe(word);
  });

  test('known bytes, and a question mark for missing characters', () => {
    expect([...toGb18030('咖啡a')]).toEqual([0xbf, 0xa7, 0xb7, 0xc8, 0x61]);
    expect([...toGb18030('☕')]).toEqual([0x3f]);
  });
});
