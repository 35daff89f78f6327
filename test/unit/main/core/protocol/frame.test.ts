import { Buffer } from 'node:buffer';
import { describe, expect, it } from 'vitest';
import type { Head } from '#shared/model/frame';
import { readDecimal, readLe48 } from '../../../../../src/main/core/protocol/decoded';
import { encodeHead } from '../../../../../src/main/core/protocol/encode';
import { FrameDecoder } from '../../../../../src/main/core/protocol/frame';
import { decodeChunks, join, line, lines, outcome } from '../../../../builders/decoding';
import { bodyOfTotal, frame, lyingFrame, rawFrame, trafficMix } from '../../../../builders/frames';

const heads = ['decimal', 'le48'] as const;
const other = { decimal: 'le48', le48: 'decimal' } as const;
const hb = '{"cmd":"hb","vmc_no":33232}';

describe.each(heads)('good frames with the %s head', (head) => {
  const bodies = trafficMix(10);

  it('are found in any chunking', () => {
    for (const body of bodies) {
      expect(lines(frame(body, head, 5))).toEqual([`${head} ${JSON.stringify(body)}`]);
    }
  });

  it('are found doubled, and all in sequence', () => {
    for (const body of bodies) {
      const text = `${head} ${JSON.stringify(body)}`;
      expect(lines(join(frame(body, head), frame(body, head, 1)))).toEqual([text, text]);
    }
    expect(lines(join(...bodies.map((body, i) => frame(body, head, i))))).toEqual(
      bodies.map((body) => `${head} ${JSON.stringify(body)}`),
    );
  });

  it('give head, declared total, sequence, body start and bytes', () => {
    const bytes = frame(hb, head, 68);
    const [item] = decodeChunks([bytes]);
    expect(item).toMatchObject({
      kind: 'frame',
      head,
      declared: 39,
      sequence: head === 'le48' ? 68 : null,
      bodyStart: 12,
      text: hb,
      json: { cmd: 'hb', vmc_no: 33_232 },
      findings: [],
    });
    expect(item?.kind === 'frame' && Buffer.from(item.bytes)).toEqual(bytes);
  });

  it.each([
    'z',
    'hello',
    '0',
    '0038',
    '1234hello',
    '{',
    '{"',
    '{"a":1',
    '\0\0',
    ' \r\n',
    '"}',
    'x'.repeat(50),
  ])('are found after %j', (rubbish) => {
    for (const body of bodies) {
      const found = lines(join(rubbish, frame(body, head), frame(hb, head, 1)));
      expect(found.slice(-2)).toEqual([`${head} ${JSON.stringify(body)}`, `${head} ${hb}`]);
      expect(found.slice(0, -2).every((l) => l.startsWith('junk'))).toBe(true);
    }
  });

  it('are found after a frame cut off at any byte', () => {
    // le48 heads of 75 and 77 bytes begin with braces. The closing one may complete the earlier frame; the body is found all the same.
    for (const total of head === 'le48' ? [39, 75, 77] : [39]) {
      const good = frame(bodyOfTotal(total), head, 3);
      for (const victim of [
        frame(hb, head),
        frame(hb, other[head]),
        frame({ a: '{[:,', b: { c: [1] } }, head),
      ]) {
        for (let cut = 1; cut < victim.length; cut += 1) {
          // Chunks that end elsewhere: the first total.
          const items = outcome(join(victim.subarray(0, cut), good, good), total === 39 ? {} : { cut });
          const texts = items.flatMap((item) => (item.kind === 'frame' ? [item.text] : []));
          expect(texts.slice(-2)).toEqual([bodyOfTotal(total), bodyOfTotal(total)]);
          expect(texts.length).toBeLessThanOrEqual(3);
        }
      }
    }
  });
});

it('reads le48 frames of every total from 14 to 4096, and decimal ones', () => {
  for (const head of heads) {
    const decoder = new FrameDecoder();
    for (let total = 14; total <= 4096; total += 1) {
      const body = bodyOfTotal(total);
      const items = decoder.push(frame(body, head, total));
      const [item] = items;
      if (
        items.length !== 1 ||
        item?.kind !== 'frame' ||
        item.declared !== total ||
        item.findings.length > 0
      ) {
        throw new Error(`${head} ${total}: ${items.map(line).join()}`);
      }
      expect(item.text).toBe(body);
    }
    expect(decoder.pending).toBe(0);
  }
});

describe('lengths that are valid in both heads', () => {
  const ambiguous = Array.from({ length: 9986 }, (_, i) => i + 14).filter(
    (total) => readLe48(encodeHead(total, 'decimal', 0), 0) !== null,
  );

  it('are about ninety', () => {
    expect(ambiguous.length).toBe(90);
    for (const total of ambiguous) {
      const twin = readLe48(encodeHead(total, 'decimal', 0), 0);
      expect(twin === null ? null : readDecimal(encodeHead(twin, 'le48', 0), 0)).toBe(total);
    }
  });

  it.each(heads)('are distinguished by the end of the object, also when %s is expected', (preferred) => {
    for (const total of ambiguous) {
      for (const head of heads) {
        const bytes = head === 'decimal' ? total : (readLe48(encodeHead(total, 'decimal', 0), 0) ?? 0);
        if (bytes > 9999) continue;
        const body = bodyOfTotal(bytes);
        const stream = join(frame(body, head), frame(hb, head, 1));
        const expected = [`${head} ${body}`, `${head} ${hb}`];
        const half = Math.min(bytes, 150);
        for (const chunks of [
          [stream],
          [stream.subarray(0, half), stream.subarray(half)],
          [stream.subarray(0, bytes - 1), stream.subarray(bytes - 1)],
        ]) {
          expect(decodeChunks(chunks, new FrameDecoder({ preferred })).map(line)).toEqual(expected);
        }
      }
    }
  });

  it('are read with the last head if both are wrong', () => {
    for (const head of heads) {
      const found = outcome(join(frame(hb, head), encodeHead(100, 'decimal', 0), hb, frame(hb, head)));
      expect(found.map(line)).toEqual([`${head} ${hb}`, `${head} ${hb} head.lengthWrong`, `${head} ${hb}`]);
      expect(found[1]).toMatchObject({ declared: head === 'decimal' ? 100 : 256 });
    }
  });

  it('go the same way in every chunking where one end is inside the other frame and looks like a head', () => {
    // le48 512 reads as decimal 200; byte 200 of the body looks like a head
    const text = `{"a":"${'x'.repeat(200 - 12 - 6)}0038--------{${'y'.repeat(512 - 200 - 13 - 2)}"}`;
    const bytes = join(rawFrame(text, 'le48'), frame(hb, 'le48'));
    expect(bytes.subarray(0, 4).toString()).toBe('0200');
    expect(lines(bytes, { preferred: 'le48' })[0]).toMatch(/^decimal .* json.invalid$/);
    expect(lines(bytes, { preferred: 'le48' }).at(-1)).toBe(`le48 ${hb} head.changed`);
  });
});

describe('the current head', () => {
  it('is null until one is recognised, then the last one', () => {
    const decoder = new FrameDecoder({ preferred: 'le48' });
    expect(decoder.head).toBeNull();
    decoder.push(frame(hb, 'decimal'));
    expect(decoder.head).toBe('decimal');
    const [changed] = decoder.push(frame(hb, 'le48'));
    expect(changed?.kind === 'frame' && changed.findings).toEqual([
      { code: 'head.changed', params: { from: 'decimal', to: 'le48' } },
    ]);
    expect(decoder.head).toBe('le48');
  });

  it('accepts any padding, and spaces around decimal digits', () => {
    expect(lines(join('39  abcdefgh', hb, '  39\0\0\0\0{{{{', hb))).toEqual([
      `decimal ${hb}`,
      `decimal ${hb}`,
    ]);
  });

  it('is used for answers after a repair too', () => {
    const decoder = new FrameDecoder();
    decoder.push(join(lyingFrame(hb, 45, 'le48'), frame(hb, 'le48')));
    expect(decoder.head).toBe('le48');
  });
});

describe('no head that is known', () => {
  it('is flagged before an object, for any twelve bytes', () => {
    for (const twelve of ['abcdefghijkl', '000000000000', '999', '\0'.repeat(12)].map((t) =>
      t.padEnd(12, '~'),
    )) {
      expect(lines(join(twelve, hb, frame(hb)))).toEqual([
        `headless ${hb} head.unrecognised`,
        `decimal ${hb}`,
      ]);
    }
    expect(outcome(join('abcdefghijkl', hb))[0]).toMatchObject({
      bodyStart: 12,
      declared: null,
      sequence: null,
    });
  });

  it('does not matter for bare JSON', () => {
    expect(lines(join(hb, hb, '{}', frame(hb)))).toEqual([
      `headless ${hb} head.missing`,
      `headless ${hb} head.missing`,
      'headless {} head.missing',
      `decimal ${hb}`,
    ]);
    expect(outcome(Buffer.from(hb))[0]).toMatchObject({ bodyStart: 0, head: null });
  });

  it('bare JSON is decoded at once when strict, after silence when broken', () => {
    const decoder = new FrameDecoder();
    expect(decoder.push(Buffer.from(hb)).map(line)).toEqual([`headless ${hb} head.missing`]);
    expect(decoder.push(Buffer.from('{"cmd":"hb",}'))).toEqual([]);
    expect(decoder.settle().map(line)).toEqual(['headless {"cmd":"hb",} head.missing json.lenient']);
    expect(decoder.push(Buffer.from('{}'))).toEqual([]); // two bytes might belong to a head
    expect(decoder.settle().map(line)).toEqual(['headless {} head.missing']);
  });

  it('twelve bytes and an opening brace are kept through silence', () => {
    const decoder = new FrameDecoder();
    expect([...decoder.push(Buffer.from('abcdefghijkl{')), ...decoder.settle()]).toEqual([]);
    expect(decoder.push(Buffer.from(hb.slice(1))).map(line)).toEqual([`headless ${hb} head.unrecognised`]);
  });

  it('separates junk from a following object', () => {
    expect(lines(join('hello ', hb, frame(hb)))).toEqual([
      'junk "hello " junk.noFrame',
      `headless ${hb} head.missing`,
      `decimal ${hb}`,
    ]);
  });

  it('a brace in the padding of a head behind junk does not begin an object', () => {
    const bytes = frame(hb, 'le48', 62_027);
    expect(bytes.subarray(4, 12).toString('latin1')).toBe('{"000000');
    expect(lines(join('zz', bytes, bytes))).toEqual(['junk "zz" junk.noFrame', `le48 ${hb}`, `le48 ${hb}`]);
  });
});

describe('unfinished data', () => {
  it('stays in quiet moments', () => {
    for (const head of heads) {
      const bytes = frame(hb, head);
      for (let cut = 1; cut < bytes.length; cut += 1) {
        const decoder = new FrameDecoder();
        expect([...decoder.push(bytes.subarray(0, cut)), ...decoder.settle(), ...decoder.settle()]).toEqual(
          [],
        );
        expect(decoder.pending).toBe(cut);
        expect(decoder.push(bytes.subarray(cut)).map(line)).toEqual([`${head} ${hb}`]);
      }
    }
  });

  it('stays when an ambiguous head would fit exactly there', () => {
    const bytes = frame(bodyOfTotal(256), 'le48'); // also valid as decimal 100
    const decoder = new FrameDecoder();
    expect([...decoder.push(bytes.subarray(0, 100)), ...decoder.settle()]).toEqual([]);
    expect(decoder.push(bytes.subarray(100)).map(line)).toEqual([`le48 ${bodyOfTotal(256)}`]);
  });

  it('is junk that was cut at the end', () => {
    const bytes = frame(hb);
    for (let cut = 1; cut < bytes.length; cut += 1) {
      const found = lines(bytes.subarray(0, cut));
      expect(found.length).toBe(1);
      expect(found[0]).toMatch(/^junk .* junk\.cut$/);
    }
  });

  it('junk is emitted after silence, except for a possible beginning of a head', () => {
    const decoder = new FrameDecoder();
    const bytes = frame(hb);
    expect(decoder.push(join('GET / HTTP/1.1\r\n\r\n', bytes.subarray(0, 6)))).toEqual([]);
    expect(decoder.settle().map(line)).toEqual(['junk "GET / HTTP/1.1\\r\\n\\r\\n" junk.noFrame']);
    expect(decoder.push(bytes.subarray(6)).map(line)).toEqual([`decimal ${hb}`]);
  });
});

describe.each<Head>(['decimal', 'le48'])(
  'messages with %s heads and bodies that harm a naive reader',
  (head) => {
    it('names of a prototype are ordinary members', () => {
      const text = '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}';
      for (const body of [text, text.replace(/\}$/, ',}')]) {
        const [item] = outcome(join(rawFrame(body, head), frame(hb, head)));
        expect(item?.kind === 'frame' && item.json !== null && Object.keys(item.json)).toEqual([
          '__proto__',
          'constructor',
        ]);
        expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
      }
    });

    it('endless nesting is not a message', () => {
      for (const text of [
        `{"a":${'['.repeat(2000)}${']'.repeat(2000)}}`,
        `${'{"a":'.repeat(1500)}1${'}'.repeat(1500)}`,
      ]) {
        const [item] = decodeChunks([join(rawFrame(text, head), frame(hb, head))]);
        expect(item).toMatchObject({ json: null, findings: [{ code: 'json.invalid' }] });
      }
      const braces = `{"a":"${'{['.repeat(1000)}"}`;
      expect(decodeChunks([rawFrame(braces, head)]).map(line)).toEqual([`${head} ${braces}`]);
    });
  },
);
