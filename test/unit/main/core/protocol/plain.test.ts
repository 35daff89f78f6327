import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Head } from '#shared/model/frame';
import { type Decoded, FrameDecoder } from '../../../../../src/main/core/protocol/frame';
import { frame, rawFrame, trafficMix } from '../../../../builders/frames';

/** All facts of each item. */
function decoded(chunks: readonly Uint8Array[], preferred: Head) {
  const decoder = new FrameDecoder({ preferred });
  const items: Decoded[] = [];
  for (const chunk of chunks) items.push(...decoder.push(chunk));
  items.push(...decoder.settle(), ...decoder.end());
  return items.map((item) => {
    if (item.kind !== 'frame') return item;
    const { kind, head, declared, sequence, bodyStart, text, json, findings } = item;
    const bytes = Buffer.from(item.bytes).toString('latin1');
    return { kind, head, declared, sequence, bytes, bodyStart, text, json, findings };
  });
}

/** The result for one chunk, and for the same bytes frame by frame. */
function bothWays(bodies: readonly string[], head: Head) {
  const frames = bodies.map((body, i) => frame(body, head, i));
  return { together: decoded([Buffer.concat(frames)], head), alone: decoded(frames, head) };
}

const heads: readonly Head[] = ['decimal', 'le48'];

describe.each(heads)('frames read at once, %s head', (head) => {
  it('are the same as one by one, for any sequence numbers', () => {
    const { together, alone } = bothWays(
      trafficMix(1000).map((body) => JSON.stringify(body)),
      head,
    );
    expect(together).toHaveLength(1000);
    expect(together).toEqual(alone);
  });

  it('may contain Chinese', () => {
    const { together, alone } = bothWays(
      trafficMix(100).map((body) => JSON.stringify({ ...body, note: '热牛奶' })),
      head,
    );
    expect(together).toHaveLength(100);
    expect(together).toEqual(alone);
    expect(together.map((item) => (item.kind === 'frame' ? item.json?.['note'] : null))).toEqual(
      Array.from({ length: 100 }, () => '热牛奶'),
    );
  });

  it('are read in GB18030 if their bytes are UTF-8 by accident', () => {
    const lack = Buffer.concat([
      Buffer.from('{"cmd":"error","vmc_no":5,"error_description":"'),
      Buffer.from([0xc8, 0xb1, 0xcb, 0xae]),
      Buffer.from('"}'),
    ]);
    const one = rawFrame(lack, head);
    for (const frames of [[one], Array.from({ length: 5 }, () => one)])
      expect(decoded([Buffer.concat(frames)], head)).toMatchObject(
        frames.map(() => ({ json: { error_description: '缺水' }, findings: [{ code: 'text.gb18030' }] })),
      );
  });

  it('keep numbers that are too long for a double', () => {
    const bodies = Array.from(
      { length: 20 },
      (_, i) => `{"cmd":"hb","order_no":123456789012345678${i % 10}}`,
    );
    const { together, alone } = bothWays(bodies, head);
    expect(together).toEqual(alone);
    expect(together[3]).toMatchObject({ json: { order_no: '1234567890123456783' } });
  });

  it.each([
    ['opens an array that the next one closes', ['{"x":[{}', '{}]}', '{"a":1},{"b":2}']],
    ['closes a string that the next one opens', ['{"a":"}', '{","b":1}', '{"a":1},{"b":2}']],
    ['contains two objects', ['{"a":1},{"b":2}', '{"c":3}', '{"d":4}']],
    ['contains text like the separator', ['{"a":1},0,{"b":2}', '{"x":[{}', '{}]}', '{"c":3}']],
    ['is not JSON', ['{"a":1}', '{"b":}', '{"c":3}', '{"d":4}']],
  ])('stay separate if a body %s', (_, odd) => {
    const good = Array.from({ length: 5 }, (__, i) => `{"cmd":"hb","vmc_no":${i}}`);
    const { together, alone } = bothWays([...good, ...odd, ...good], head);
    expect(together).toEqual(alone);
    const texts = together.map((item) => (item.kind === 'frame' ? item.text : ''));
    for (const text of good) expect(texts.filter((one) => one === text)).toHaveLength(2);
  });

  it('are the same for any bodies', () => {
    const piece = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      '"',
      ',',
      ':',
      '1',
      'a',
      '\\',
      '名',
      ' ',
      '{}',
      '"a":1',
    );
    const odd = fc.array(piece, { maxLength: 8 }).map((parts) => `{${parts.join('')}}`);
    // Most machines repeat the same message.
    const good = fc.nat(2).map((n) => `{"cmd":"hb","vmc_no":${n}}`);
    fc.assert(
      fc.property(fc.array(fc.oneof({ weight: 3, arbitrary: good }, odd), { maxLength: 12 }), (bodies) => {
        const { together, alone } = bothWays(bodies, head);
        expect(together).toEqual(alone);
      }),
      { numRuns: 300 },
    );
  });
});
