import { Buffer } from 'node:buffer';
import { describe, expect, it } from 'vitest';
import { FrameDecoder } from '../../../../../src/main/core/protocol/frame';
import { join, line, lines, outcome } from '../../../../builders/decoding';
import { bodyOfTotal, frame, lyingFrame, rawFrame } from '../../../../builders/frames';

const heads = ['decimal', 'le48'] as const;
const hb = '{"cmd":"hb","vmc_no":33232}';

describe.each(heads)('a wrong length in a %s head', (head) => {
  it.each([1, 2, 5, 12, 13, 14, 40, 500, 4000])('%d too many: the object is the frame', (miss) => {
    const items = outcome(join(lyingFrame(hb, 39 + miss, head), frame(hb, head, 1), frame(hb, head, 2)));
    expect(items.map(line)).toEqual([`${head} ${hb} head.lengthWrong`, `${head} ${hb}`, `${head} ${hb}`]);
    expect(items[0]).toMatchObject({
      declared: 39 + miss,
      findings: [{ params: { declared: 39 + miss, actual: 39 } }],
    });
  });

  it.each([1, 2, 5, 12, 13, 14, 20, 25])('%d too few: the object is the frame', (miss) => {
    expect(lines(join(lyingFrame(hb, 39 - miss, head), frame(hb, head, 1)))).toEqual([
      `${head} ${hb} head.lengthWrong`,
      `${head} ${hb}`,
    ]);
  });

  it.each(['热', '热牛奶', '热牛奶热牛奶热牛奶热牛奶'])('characters counted instead of bytes: %s', (name) => {
    const text = JSON.stringify({ cmd: 'productdone', ProductName: name });
    const items = outcome(join(lyingFrame(text, 12 + text.length, head), frame(hb, head, 1)));
    expect(items.map(line)).toEqual([`${head} ${text} head.lengthInChars`, `${head} ${hb}`]);
    expect(items[0]).toMatchObject({
      findings: [{ params: { declared: 12 + text.length, actual: 12 + Buffer.byteLength(text) } }],
    });
  });

  it.each([1, 4, 12])('is decided with the last byte of an object that ends %d later', (miss) => {
    const bytes = lyingFrame(hb, 39 - miss, head);
    const decoder = new FrameDecoder();
    expect(decoder.push(bytes.subarray(0, -1))).toEqual([]);
    expect(decoder.push(bytes.subarray(-1)).map(line)).toEqual([`${head} ${hb} head.lengthWrong`]);
  });

  it('with junk after the object: the object is taken, the rest is junk', () => {
    expect(lines(join(lyingFrame(hb, 60, head), 'zz', frame(hb, head)))).toEqual([
      `${head} ${hb} head.lengthWrong`,
      'junk "zz" junk.noFrame',
      `${head} ${hb}`,
    ]);
  });

  it('is repaired when bare JSON follows', () => {
    expect(lines(join(lyingFrame(hb, 300, head), 'z', hb, frame(hb, head)))).toEqual([
      `${head} ${hb} head.lengthWrong`,
      'junk "z" junk.noFrame',
      `headless ${hb} head.missing`,
      `${head} ${hb}`,
    ]);
  });

  it('does not wait forever if junk follows', () => {
    const decoder = new FrameDecoder();
    const found = decoder.push(join(lyingFrame(hb, 9000, head), 'z'.repeat(1100)));
    expect(found.map(line)).toEqual([`${head} ${hb} head.lengthWrong`]);
    expect(decoder.pending).toBe(1100);
  });

  it('of a broken object is decided after the data behind its end', () => {
    const text = '{"a":1,}';
    for (const miss of [-3, -1, 2]) {
      const bytes = join(lyingFrame(text, 20 + miss, head), 'z'.repeat(12 + Math.max(miss, 0)));
      const decoder = new FrameDecoder();
      expect(decoder.push(bytes.subarray(0, -1))).toEqual([]);
      expect(decoder.push(join(bytes.subarray(-1), 'zzz')).map(line)).toEqual([
        `${head} ${text} head.lengthWrong json.lenient`,
      ]);
    }
  });

  it.each([-1, -2])('of a broken object is decided after quiet: %d', (miss) => {
    const decoder = new FrameDecoder();
    expect(decoder.push(lyingFrame('{"a":1,}', 20 + miss, head))).toEqual([]);
    expect(decoder.settle().map(line)).toEqual([`${head} {"a":1,} head.lengthWrong json.lenient`]);
  });

  it('too long with nothing after it: decided after quiet', () => {
    const decoder = new FrameDecoder();
    expect(decoder.push(lyingFrame(hb, 60, head))).toEqual([]);
    expect(decoder.pending).toBe(39);
    expect(decoder.settle().map(line)).toEqual([`${head} ${hb} head.lengthWrong`]);
    expect(decoder.pending).toBe(0);
  });
});

describe.each(heads)('a correct %s head', (head) => {
  it.each([
    [' \r\n', ''],
    ['\0\0\0', ' json.lenient'],
  ])('includes blanks after the object: %j', (blanks, finding) => {
    const text = `${hb}${blanks}`;
    expect(lines(join(rawFrame(text, head), frame(hb, head)))).toEqual([
      `${head} ${text}${finding}`,
      `${head} ${hb}`,
    ]);
  });

  it('covers blanks before the object, even if they look like a head', () => {
    const text = `  ${hb}`;
    expect(lines(join(rawFrame(text, head), frame(hb, head)))).toEqual([`${head} ${text}`, `${head} ${hb}`]);
  });

  it.each([
    ['{"cmd":"hb","vmc_no":33232,}', 'json.lenient'],
    ['{"cmd":"hb" "vmc_no":33232}', 'json.lenient'],
    ['{"cmd":"hb","vmc_no":33232', 'json.lenient'],
    ['{"cmd":"hb}', 'json.invalid'],
    ['{"cmd":"hb"}}}}', 'json.lenient'],
    ['{"cmd":"hb"} trailing words', 'json.lenient'],
    ['{"cmd:"x}","b":{"c":1},"d":2}', 'json.invalid'],
    ['[1,2,3]', 'json.invalid'],
    ['no JSON at all', 'json.invalid'],
    ['"cmd":"hb","vmc_no":1}', 'json.lenient'],
    ['{[}]"', 'json.invalid'],
  ])('is accepted if another head follows: %j', (text, finding) => {
    const found = lines(join(rawFrame(text, head), frame(hb, head)));
    expect(found).toEqual([`${head} ${text} ${finding}`, `${head} ${hb}`]);
  });

  it.each(['{"cmd":"hb","vmc_no":33232', '{"cmd":"hb"} trailing words', '{"cmd":"hb}', 'no json at all'])(
    'is accepted after quiet if nothing follows: %j',
    (text) => {
      const decoder = new FrameDecoder();
      expect(decoder.push(rawFrame(text, head))).toEqual([]);
      expect(decoder.settle().map((item) => (item.kind === 'frame' ? item.text : item))).toEqual([text]);
      expect(decoder.push(frame(hb, head)).map(line)).toEqual([`${head} ${hb}`]);
    },
  );

  it('is accepted after silence if later data may become a head', () => {
    const text = '{"cmd":"hb","vmc_no":33232';
    const next = frame(hb, head);
    for (let cut = 1; cut <= 12; cut += 1) {
      const decoder = new FrameDecoder();
      expect(decoder.push(join(rawFrame(text, head), next.subarray(0, cut)))).toEqual([]);
      expect(decoder.settle().map((item) => (item.kind === 'frame' ? item.text : item))).toEqual([text]);
      expect(decoder.pending).toBe(cut);
      expect(decoder.push(next.subarray(cut)).map(line)).toEqual([`${head} ${hb}`]);
    }
  });

  it('covers an object cut in two', () => {
    const text = '{"cmd":"pay_done","order_no":"1",}\n"paydone":true,"paytype":" wx_pub "}';
    const [item] = outcome(join(rawFrame(text, head), frame(hb, head)));
    expect(item).toMatchObject({
      json: { cmd: 'pay_done', order_no: '1', paydone: true, paytype: ' wx_pub ' },
    });
  });
});

describe('frames inside data that looks like a frame', () => {
  it('end a broken object rather than being swallowed by it', () => {
    const inner = frame({ x: { y: '}' } });
    // the unfinished string inverts the inner frame's text: its braces would close the outer object
    for (const outer of ['{"a":"', 'abcdefghijkl{"a":"', '9999--------{"a":"', '0099--------{"a:"']) {
      expect(lines(join(outer, inner, frame(hb)))).toEqual([
        `junk ${JSON.stringify(outer)} junk.cut`,
        'decimal {"x":{"y":"}"}}',
        `decimal ${hb}`,
      ]);
    }
  });

  it('end a broken object even if its declared end fits', () => {
    const inner = frame({ x: { y: '}' } });
    const outer = '--------{"a":"';
    const end = 4 + outer.length + inner.indexOf('}') + 1;
    expect(lines(join(`00${end}${outer}`, inner, frame(hb)))).toEqual([
      `junk ${JSON.stringify(`00${end}${outer}`)} junk.cut`,
      'decimal {"x":{"y":"}"}}',
      `decimal ${hb}`,
    ]);
  });

  it('end a broken object even if their head closes it', () => {
    const inner = frame(bodyOfTotal(77), 'le48');
    expect(inner[0]).toBe(0x7d);
    for (const outer of ['{"a":', 'abcdefghijkl{"a":', '0099--------{"a":']) {
      const found = lines(join(outer, inner, frame(hb, 'le48')));
      expect(found).toEqual([
        `junk ${JSON.stringify(outer)} junk.cut`,
        `le48 ${bodyOfTotal(77)}`,
        `le48 ${hb}`,
      ]);
    }
  });

  it('are only text if the frame around them is good', () => {
    for (const text of [
      '{"log":"0014--------{}"}',
      '{"x":  23,"suba":{"k":12345}}',
      '{"x":["  23", 100, 23  ,[{"k":123}]]}',
      '{"log":"0019--------{\\"a\\":1}"}',
    ]) {
      expect(lines(join(rawFrame(text), frame(hb)))).toEqual([`decimal ${text}`, `decimal ${hb}`]);
      expect(lines(join(text, frame(hb)))).toEqual([`headless ${text} head.missing`, `decimal ${hb}`]);
    }
  });

  it('are awaited up to the longest frames of machines', () => {
    const broken = (total: number): Buffer => join(`{"b":1,"a":${total}--------{},}`, ' '.repeat(20));
    const waiting = new FrameDecoder();
    expect(waiting.push(broken(3000))).toEqual([]);
    expect(waiting.settle()).toEqual([]);
    expect(waiting.push(Buffer.alloc(3000, ' ')).map(line)).toEqual([
      'headless {"b":1,"a":3000--------{},} head.missing json.lenient',
    ]);
    const fitting = new FrameDecoder();
    const text = '{"b":1,"a":3000--------{},}';
    expect(fitting.push(rawFrame(text))).toEqual([]);
    expect(fitting.push(Buffer.alloc(3000, ' ')).map(line)).toEqual([`decimal ${text} json.lenient`]);
    expect(new FrameDecoder().push(broken(9001)).map(line)).toEqual([
      'headless {"b":1,"a":9001--------{},} head.missing json.lenient',
    ]);
  });
});

describe('text that is not UTF-8', () => {
  // 〓 and similar: second bytes that look like backslash or braces
  const gb = join(
    '{"cmd":"error","d":"',
    [0x81, 0x5c, 0x81, 0x7d, 0x81, 0x7b, 0x81, 0x7d, 0xc4, 0xe3] as unknown as Uint8Array,
    '"}',
  );

  it.each(heads)('is decoded as GB18030 after a %s head', (head) => {
    const items = outcome(join(rawFrame(gb, head), frame(hb, head)));
    expect(items.map((i) => (i.kind === 'frame' ? [i.json?.['d'], i.findings] : i))).toEqual([
      ['乗亇亄亇你', [{ code: 'text.gb18030' }]],
      [undefined, []],
    ]);
  });

  it.each(heads)('does not hide the end of the object when the %s head is wrong', (head) => {
    for (const miss of [-20, -3, 4, 50]) {
      expect(lines(join(lyingFrame(gb, 12 + gb.length + miss, head), frame(hb, head)))).toEqual([
        `${head} {"cmd":"error","d":"乗亇亄亇你"} head.lengthWrong text.gb18030`,
        `${head} ${hb}`,
      ]);
    }
    expect(lines(join(gb, frame(hb, head)))).toEqual([
      '{"cmd":"error","d":"乗亇亄亇你"}'.replace(/^/, 'headless ').concat(' head.missing text.gb18030'),
      `${head} ${hb}`,
    ]);
  });

  it('is kept with replacements if it has no encoding', () => {
    const items = outcome(
      join('0024--------', '{"a":"', Uint8Array.of(0xe4, 0xbd, 0xff, 0xff), '"}', frame(hb)),
    );
    expect(items[0]).toMatchObject({ findings: [{ code: 'text.undecodable', params: { offset: 8 } }] });
    expect(items[0]?.kind === 'frame' && items[0].text).toContain('\uFFFD');
    expect(items.map(line).at(-1)).toBe(`decimal ${hb}`);
  });
});

describe('zeros to the right of the digits', () => {
  const body = '{"cmd":"hb","vmc_no":33232}';
  it.each(['3900', '390 ', ' 390', '39  '])('a head %j before 39 bytes is correct', (digits) => {
    const items = new FrameDecoder().push(Buffer.from(`${digits}00000000${body}`));
    expect(
      items.map((item) => (item.kind === 'frame' ? [item.head, item.declared, item.findings] : item.kind)),
    ).toEqual([['decimal', 39, []]]);
  });
});
