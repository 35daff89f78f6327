import { Buffer } from 'node:buffer';
import { describe, expect, it } from 'vitest';
import { type Decoded, FrameDecoder, maxPending } from '../../../../../src/main/core/protocol/frame';
import { join, line } from '../../../../builders/decoding';
import { frame, pieces } from '../../../../builders/frames';

const hb = '{"cmd":"hb","vmc_no":33232}';
const bytesOf = (items: readonly Decoded[]): string =>
  items.map((item) => (item.kind === 'overflow' ? '' : Buffer.from(item.bytes).toString('latin1'))).join('');

describe('stray bytes after a good frame, then quiet', () => {
  it.each([
    '\r\n',
    '\n',
    ' ',
    '   ',
    '    \t\r\n',
    '\0',
    '\0\0\0\0\0',
    'hello',
    'hello\r\n',
    'HELLO',
    'OK',
    'ok\n',
    'xx',
    '+++',
    '{a',
    'twelve bytes',
    'more than twelve bytes\r\n',
    '\xff\xff\xff',
  ])('%j: becomes junk, and nothing is held', (stray) => {
    const decoder = new FrameDecoder();
    const items = decoder.push(join(frame(hb), Buffer.from(stray, 'latin1')));
    expect(items.map(line)).toEqual([`decimal ${hb}`]);
    const junk = decoder.settle();
    expect(bytesOf(junk)).toBe(stray);
    expect(junk.map((item) => item.kind !== 'overflow' && item.findings[0]?.code)).toEqual(
      junk.map(() => 'junk.noFrame'),
    );
    expect([decoder.pending, decoder.unsettled]).toEqual([0, false]);
    expect(decoder.push(frame(hb)).map(line)).toEqual([`decimal ${hb}`]);
  });

  it.each(['decimal', 'le48'] as const)('keep the beginning of a following %s frame', (head) => {
    const next = frame(hb, head, 68);
    for (const stray of ['', '\r\n', 'hello, world\r\n']) {
      // The first byte of an le48 head can be any byte: after text it counts as more text.
      for (let cut = stray.includes('h') && head === 'le48' ? 2 : 1; cut < next.length; cut += 1) {
        const decoder = new FrameDecoder({ preferred: head });
        const given = [...decoder.push(join(stray, next.subarray(0, cut))), ...decoder.settle()];
        expect(decoder.pending).toBeGreaterThanOrEqual(cut);
        given.push(...decoder.push(next.subarray(cut)));
        expect(bytesOf(given.slice(0, -1))).toBe(stray);
        expect(given.slice(-1).map(line)).toEqual([`${head} ${hb}`]);
      }
    }
  });

  it.each(['{', 'x{', '{"a', 'abcdefghijkl{'])('%j: the beginning of an object stays', (stray) => {
    const decoder = new FrameDecoder();
    decoder.push(Buffer.from(stray));
    decoder.settle();
    const items = [
      ...decoder.push(Buffer.from(stray.includes('"') ? '":1}' : '"a":1}')),
      ...decoder.settle(),
    ];
    expect(items.map(line)).toEqual([expect.stringContaining('headless {"a":1}')]);
  });
});

describe('bytes whose every piece makes the rest be read again', () => {
  const units = ['0014{"":', '0014{{\xff{', '001400000000{{"{', '001400000000{'].map((unit) =>
    Buffer.from(unit, 'latin1'),
  );

  // Every item scans all held bytes. Without a limit there are thousands of items.
  it.each(units.map((unit) => [unit.toString('latin1'), unit] as const))(
    '64 KiB of %j: quiet and the end take little at a time and lose nothing',
    (_, unit) => {
      const bytes = Buffer.alloc(65_500, unit);
      const decoder = new FrameDecoder();
      const items = decoder.push(bytes);
      for (let calls = 1; calls <= 3; calls += 1) {
        const settled = decoder.settle();
        expect(settled.length).toBeGreaterThan(0);
        expect(settled.length).toBeLessThan(50);
        expect(decoder.unsettled).toBe(true);
        items.push(...settled);
      }
      const rest = decoder.end();
      expect(rest.length).toBeLessThan(50);
      expect([decoder.pending, decoder.unsettled]).toEqual([0, false]);
      expect(bytesOf([...items, ...rest])).toBe(bytes.toString('latin1'));
      expect(decoder.push(frame(hb)).map(line)).toEqual([`decimal ${hb}`]);
    },
  );

  // The third leaves a string open, so it is an unfinished frame.
  it.each(units.filter((_, i) => i !== 2).map((unit) => [unit.toString('latin1'), unit] as const))(
    '3 KiB of %j are decided at once, and more by calling again',
    (_, unit) => {
      const decoder = new FrameDecoder();
      decoder.push(Buffer.alloc(3072, unit));
      expect(decoder.settle().length).toBeGreaterThan(50);
      expect(decoder.unsettled).toBe(false);
      decoder.end();

      const settled = decoder.push(Buffer.alloc(8192, unit));
      let calls = 0;
      do {
        settled.push(...decoder.settle());
        calls += 1;
      } while (decoder.unsettled && calls < 1000);
      expect(calls).toBeGreaterThan(1);
      expect(calls).toBeLessThan(50);
      expect(decoder.settle()).toEqual([]);
      expect(bytesOf([...settled, ...decoder.end()])).toBe(Buffer.alloc(8192, unit).toString('latin1'));
    },
  );

  const waiting = '004000000000{x 409600000000{}}';

  it('broken frames soon stop waiting for inner frames: the work stays in proportion', () => {
    const cost = (unit: string): number => {
      const bytes = Buffer.alloc(2 * maxPending, unit);
      const decoder = new FrameDecoder();
      const before = process.cpuUsage();
      decoder.push(bytes);
      return process.cpuUsage(before).user;
    };
    const same = '004000000000{x 0000----0000{}}'; // the same bytes without a head inside
    const most = 3.5 * Math.min(cost(same), cost(same), cost(same)); // at least 8 times, if the decoder waits for each
    // A machine may be slow once: the first fast one of three attempts decides.
    expect([1, 2, 3].some(() => cost(waiting) < most)).toBe(true);
  });

  it('and give the same result in every chunking, with good frames in between', () => {
    const bytes = join(
      Buffer.alloc(10_000, waiting),
      Buffer.alloc(3000, frame(hb)),
      Buffer.alloc(10_000, join(waiting, frame(hb))),
      Buffer.alloc(20_000, waiting),
      frame(hb),
    );
    const decode = (size: number): string[] => {
      const decoder = new FrameDecoder();
      return [...pieces(bytes, size).flatMap((piece) => decoder.push(piece)), ...decoder.end()].map(line);
    };
    const whole = decode(bytes.length);
    expect(whole.at(-1)).toBe(`decimal ${hb}`);
    for (const size of [1, 39, 1000, 30_000]) expect(decode(size)).toEqual(whole);
  });
});
