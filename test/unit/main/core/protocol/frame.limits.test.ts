import { Buffer } from 'node:buffer';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { encodeHead } from '../../../../../src/main/core/protocol/encode';
import { type Decoded, FrameDecoder, maxPending } from '../../../../../src/main/core/protocol/frame';
import { decodeChunks, join, line } from '../../../../builders/decoding';
import { frame, pieces, rawFrame } from '../../../../builders/frames';

const hb = '{"cmd":"hb","vmc_no":33232}';
const kinds = (items: readonly Decoded[]): string[] => items.map((item) => `${item.kind} ${sizeOf(item)}`);
const sizeOf = (item: Decoded): number => (item.kind === 'overflow' ? item.bytes : item.bytes.length);

describe('64 KiB without a frame', () => {
  const floods = {
    letters: Buffer.alloc(maxPending, 'z'),
    digits: Buffer.alloc(maxPending, '9'),
    'an unfinished string': Buffer.alloc(maxPending, 'z').fill('{"a":"', 0, 6),
    'open braces': Buffer.alloc(maxPending, '{'),
    'a head without a body': Buffer.alloc(maxPending, ' ').fill('9999', 0, 4),
    'high bytes': Buffer.alloc(maxPending, 0x81),
  };

  it.each(Object.entries(floods))('of %s are junk and a finding, in every chunking', (_, flood) => {
    const bytes = join(flood, frame(hb));
    const whole = decodeChunks([bytes]);
    expect(kinds(whole)).toEqual([`junk ${maxPending}`, `overflow ${maxPending}`, 'frame 39']);
    for (const size of [1, 1000, 65_535, 65_537])
      expect(kinds(decodeChunks(pieces(bytes, size)))).toEqual(kinds(whole));
    expect(whole[0]?.kind === 'junk' && flood.equals(whole[0].bytes)).toBe(true);
  });

  it('one byte less is held', () => {
    for (const flood of Object.values(floods)) {
      const decoder = new FrameDecoder();
      const items = decoder.push(flood.subarray(1));
      expect(items.reduce((sum, item) => sum + sizeOf(item), decoder.pending)).toBe(maxPending - 1);
      decoder.end();
      expect(decoder.pending).toBe(0);
    }
  });

  it('are decoded again and again in one chunk', () => {
    const bytes = Buffer.alloc(3 * maxPending + 100, 'z');
    expect(kinds(decodeChunks([bytes]))).toEqual([
      ...Array.from({ length: 3 }, () => [`junk ${maxPending}`, `overflow ${maxPending}`]).flat(),
      'junk 100',
    ]);
  });
});

describe('one step', () => {
  /** Bytes and items of each step. */
  function stepsOf(bytes: Uint8Array): [taken: number, items: number][] {
    const decoder = new FrameDecoder();
    const steps: [number, number][] = [];
    for (let from = 0; from < bytes.length;) {
      const out: Decoded[] = [];
      const taken = decoder.pushSome(bytes, from, out);
      from += taken;
      steps.push([taken, out.length]);
    }
    return steps;
  }

  it('takes 4 KiB of good frames, and cuts none of them', () => {
    const bytes = join(...Array.from({ length: 1_000 }, (_, i) => frame({ cmd: 'hb', vmc_no: 10_000 + i })));
    const steps = stepsOf(bytes);
    // Each frame has 39 bytes: 4 KiB hold 105 of them.
    expect(steps.slice(0, -1)).toEqual(Array.from({ length: 9 }, () => [105 * 39, 105]));
    expect(steps.at(-1)).toEqual([55 * 39, 55]);
  });

  it.each([
    ['rubbish', Buffer.alloc(20_000, 'z')],
    [
      'a frame with too large a length',
      join(encodeHead(9_000, 'decimal', 0), Buffer.alloc(20_000, '{"a":1,')),
    ],
    ['broken bodies', join(...Array.from({ length: 500 }, () => rawFrame('{"cmd":"hb","vmc_no":}')))],
  ])('takes 512 bytes of %s', (_, bytes) => {
    const sizes = stepsOf(bytes).map(([taken]) => taken);
    expect(Math.max(...sizes)).toBe(512);
  });

  it('ends with the frame that it completes, so that the following ones are not split', () => {
    const good = join(...Array.from({ length: 100 }, (_, i) => frame({ cmd: 'hb', vmc_no: 10_000 + i })));
    const decoder = new FrameDecoder();
    decoder.push(good.subarray(0, 20));
    const out: Decoded[] = [];
    expect(decoder.pushSome(good.subarray(20), 0, out)).toBe(19);
    expect(decoder.pushSome(good.subarray(20), 19, out)).toBe(99 * 39);
    expect(out).toHaveLength(100);
  });
});

describe('possible frames inside a broken one', () => {
  const total = 53_000;
  /** A head before each brace; all heads declare one of a few ends. */
  function full(spacing: number): Buffer {
    const bytes = Buffer.alloc(total, '{"0000":      ');
    encodeHead(total, 'le48', 1).forEach((byte, at) => (bytes[at] = byte));
    bytes.write('{"a":"', 12);
    for (let end = total; end > 12; end -= spacing) bytes[end - 1] = 0x7d;
    for (let at = 32; at < total - 12; at += 1) {
      if (bytes[at + 12] !== 0x7b || bytes[at] !== 0x30) continue;
      const end = total - Math.floor((total - at - 9_000) / spacing) * spacing;
      bytes.write(String(Math.min(end, total) - at).padStart(4, '0'), at);
    }
    return bytes;
  }

  it.each([total, 4_000, 14])('are parsed as JSON in bounded work, with ends %i bytes apart', (spacing) => {
    const bytes = full(spacing);
    const parse = vi.spyOn(JSON, 'parse');
    onTestFinished(() => {
      parse.mockRestore();
    });
    const decoder = new FrameDecoder({ preferred: 'le48' });
    let most = 0;
    const takes = (work: () => unknown): void => {
      parse.mockClear();
      work();
      most = Math.max(
        most,
        parse.mock.calls.reduce((sum, [text]) => sum + text.length, 0),
      );
    };
    for (let from = 0; from < bytes.length;) takes(() => (from += decoder.pushSome(bytes, from, [])));
    takes(() => decoder.settle());
    takes(() => decoder.end());
    expect(most).toBeLessThan(200_000);
  });
});

describe('large frames', () => {
  it('of every size that a head can state are read', () => {
    const decoder = new FrameDecoder({ preferred: 'le48' });
    for (const total of [4097, 9999, 10_000, 30_000, 53_199]) {
      const text = `{"a":"${'x'.repeat(total - 12 - 8)}"}`;
      const bytes = join(encodeHead(total, 'le48', 1), text);
      for (const size of [total, 1000, 7]) {
        const items = pieces(bytes, size).flatMap((piece) => decoder.push(piece));
        expect(
          items.map(
            (item) => item.kind === 'frame' && [item.declared, item.text.length, item.findings.length],
          ),
        ).toEqual([[total, total - 12, 0]]);
      }
    }
  });
});

describe('hostile bytes', () => {
  /** Units that make a reader restart at each of them, or wait long at each. */
  const units = [
    '9999--------{"a":1}z',
    '9999--------{a:1}z',
    '9999-------- {a}',
    '{"a":1}9999zz',
    '0014--------{}',
    '{a:4000--------{}}',
    '9999,       {"a}":[',
    '{"9999        {"a":[',
    '{"a":"0999--------{}',
    '9999--------{"":"',
    '\x8b\xff00--------{"a":[',
    '{\x81}',
  ].map((unit) => Buffer.from(unit, 'latin1'));

  // No time is measured: a reader that scans its bytes repeatedly exceeds the runner's limit.
  it.each(units.map((unit) => [unit.toString('latin1'), unit] as const))(
    '64 KiB of %j, byte by byte: each byte is in one item',
    (_, unit) => {
      const bytes = Buffer.alloc(maxPending, unit);
      const decoder = new FrameDecoder();
      const out: Decoded[] = [];
      for (const byte of bytes) {
        out.push(...decoder.push(Uint8Array.of(byte)));
        if (decoder.pending >= maxPending) throw new Error('too much is held');
      }
      out.push(...decoder.end());
      expect(out.reduce((sum, item) => sum + (item.kind === 'overflow' ? 0 : item.bytes.length), 0)).toBe(
        maxPending,
      );
      expect(decoder.push(frame(hb)).map(line).at(-1)).toContain(`decimal ${hb}`);
    },
  );
});

describe('memory', () => {
  it('of a chunk may be reused: emitted items stay unchanged', () => {
    const chunk = join(frame(hb), 'junk', rawFrame('{"a":"热"}'), frame(hb).subarray(0, 20));
    const decoder = new FrameDecoder();
    const items = decoder.push(chunk);
    chunk.fill(0);
    expect(items.map((item) => Buffer.from(item.kind === 'overflow' ? [] : item.bytes).toString())).toEqual([
      `003900000000${hb}`,
      'junk',
      '002300000000{"a":"热"}',
    ]);
    expect(decoder.push(frame(hb).subarray(20)).map(line)).toEqual([`decimal ${hb}`]);
  });

  it('use is small: no chunk for a few bytes of it, and never much more than the limit', () => {
    const kept = (decoder: FrameDecoder): number =>
      Object.values(decoder).reduce<number>(
        (sum, v) => sum + (v instanceof Uint8Array ? v.buffer.byteLength : 0),
        0,
      );
    const beat = frame(hb);
    const bulk = Buffer.concat(Array.from({ length: 5000 }, () => beat));
    const decoder = new FrameDecoder();
    for (let i = 0; i < 3; i += 1) {
      decoder.push(bulk.subarray(0, -5)); // the first passes at once, the others after the held bytes
      expect(decoder.pending).toBe(beat.length - 5);
      expect(kept(decoder)).toBeLessThanOrEqual(1024);
      decoder.push(bulk.subarray(-5));
      expect(kept(decoder)).toBe(0);
    }
    decoder.push(Buffer.alloc(60_000, 'z'));
    decoder.push(Buffer.alloc(5000, 'z'));
    expect(decoder.pending).toBe(65_000);
    expect(kept(decoder)).toBeLessThanOrEqual(maxPending);
    decoder.push(Buffer.alloc(200_000, 'z'));
    expect(kept(decoder)).toBeLessThanOrEqual(maxPending);
  });

  it('returns the same bytes on every access', () => {
    const [item] = new FrameDecoder().push(frame(hb));
    if (item?.kind !== 'frame') throw new Error('no frame');
    expect(item.bytes).toBe(item.bytes);
  });

  it('accepts an empty chunk', () => {
    const decoder = new FrameDecoder();
    expect([...decoder.push(new Uint8Array()), ...decoder.settle(), ...decoder.end()]).toEqual([]);
  });
});

describe('nesting', () => {
  it.each([65, 300, 480])('%i deep in a short body gives the same in one and in three pieces', (depth) => {
    const body = `{"cmd":"hb","x":${'['.repeat(depth)}${']'.repeat(depth)}}`;
    const bytes = Buffer.from(`${String(body.length + 12).padStart(4, '0')}00000000${body}`);
    const whole = new FrameDecoder().push(bytes);
    const decoder = new FrameDecoder();
    const cut = [0, 40, 200].flatMap((from, n, at) =>
      decoder.push(bytes.subarray(from, at[n + 1] ?? bytes.length)),
    );
    const seen = (items: typeof whole): unknown[] =>
      items.map((item) => (item.kind === 'frame' ? [item.json !== null, item.findings] : item.kind));
    expect(seen(whole)).toEqual([[true, []]]);
    expect(seen(cut)).toEqual(seen(whole));
  });
});
