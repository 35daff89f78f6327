import type { Entry } from '#shared/model/frame';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exportCsv } from '../../../../../../src/main/core/captures/out/exportCsv';
import { exportJsonl } from '../../../../../../src/main/core/captures/out/exportJsonl';
import { importJsonl, type JsonlSummary } from '../../../../../../src/main/core/captures/in/importJsonl';
import { messageOf } from '#shared/messages/read';
import { encodeHead } from '../../../../../../src/main/core/protocol/encode';
import { readJson } from '../../../../../../src/main/core/protocol/json';
import { decodeText } from '../../../../../../src/main/core/protocol/text';
import { inPages, MemoryFile } from '../../../../../builders/captured';
import { frame } from '../../../../../builders/frames';
import { inPieces } from '../../../../../builders/packets';

async function written(entries: readonly Entry[]): Promise<Buffer> {
  const file = new MemoryFile();
  await exportJsonl(inPages(entries, 2), file.write);
  return file.bytes;
}

async function read(file: Uint8Array, size?: number): Promise<{ entries: Entry[]; summary: JsonlSummary }> {
  const entries: Entry[] = [];
  const pages = importJsonl(inPieces(file, size));
  for (;;) {
    const next = await pages.next();
    if (next.done === true) return { entries, summary: next.value };
    entries.push(...next.value);
  }
}

type WireFrame = Extract<Entry, { kind: 'frame' }>;

function frameEntry(bytes: Uint8Array, bodyStart: number, more: Partial<WireFrame> = {}): WireFrame {
  const { text } = decodeText(bytes.subarray(bodyStart));
  const dir = more.dir ?? 'in';
  const { message } = messageOf(readJson(text).json, dir);
  const start = { id: 1, at: 1_700_000_000_123, conn: 1, vmcNo: 5, findings: [] };
  const wire = { dir, sequence: null, bytes: Buffer.from(bytes), bodyStart, text, message };
  return { kind: 'frame', head: 'decimal', ...start, ...wire, ...more };
}

interface Start {
  readonly id: number;
  readonly at: number;
  readonly conn: number;
  readonly vmcNo: number | null;
}
function numbered(start: Start, rest: CapturedRest): Entry {
  return { ...start, ...rest };
}
type CapturedRest = Entry extends infer E ? (E extends Entry ? Omit<E, keyof Start> : never) : never;

const base = fc.record({
  id: fc.nat(),
  at: fc.integer({ min: 0, max: 4e12 }),
  conn: fc.nat(),
  vmcNo: fc.option(fc.integer({ min: 1, max: 2 ** 31 })),
});
const findings = fc.array(
  fc.oneof(
    fc.constant({ code: 'head.missing' as const }),
    fc.record({
      code: fc.constant('capture.gap' as const),
      params: fc.record({ bytes: fc.nat(), dir: fc.string() }),
    }),
  ),
  { maxLength: 3 },
);
const bytes = fc.uint8Array({ maxLength: 300 }).map((raw): Uint8Array => Buffer.from(raw));
const body = fc.oneof(
  bytes,
  fc.json().map((text): Uint8Array => Buffer.from(text)),
  fc
    .string({ unit: 'grapheme' })
    .map((text): Uint8Array => Buffer.from(`{"cmd":"hb","p":${JSON.stringify(text)}}`)),
  fc.constant(Buffer.from([0xc8, 0xc8, 0xc5, 0xa3, 0xc4, 0xcc])), // GB18030
);
const wire = fc.record({
  body,
  dir: fc.constantFrom('in' as const, 'out' as const),
  head: fc.constantFrom('decimal' as const, 'le48' as const, null),
  sequence: fc.option(fc.nat()),
  own: fc.option(fc.uint8Array({ minLength: 12, maxLength: 12 })),
});
const entry: fc.Arbitrary<Entry> = fc.oneof(
  fc.tuple(base, wire, findings).map(([start, { body: text, dir, head, sequence, own }, found]) => {
    const usual = head === null ? new Uint8Array() : encodeHead(12 + text.length, head, sequence ?? 0);
    const all = Buffer.concat([own ?? usual, text]);
    const made = frameEntry(all, all.length - text.length, { dir, head, sequence, ...start });
    const odd = messageOf(readJson(made.text).json, dir).findings;
    return Object.assign(made, { findings: [...found, ...odd] });
  }),
  fc
    .tuple(base, bytes, findings)
    .map(([start, raw, found]): Entry => numbered(start, { kind: 'junk', bytes: raw, findings: found })),
  fc
    .tuple(base, fc.constantFrom('silence' as const, 'serverClosed' as const))
    .map(([start, reason]): Entry => numbered(start, { kind: 'closed', reason })),
  fc.tuple(base, fc.string(), fc.nat({ max: 65_535 })).map(([start, address, port]): Entry =>
    numbered(start, {
      kind: 'opened',
      peer: { remoteAddress: address, remotePort: port, localAddress: '::1', localPort: 9700 },
    }),
  ),
  base.map((start): Entry =>
    numbered(start, {
      kind: 'finding',
      finding: { code: 'link.silence', params: { ms: 120_000 } },
    }),
  ),
);

describe('JSONL', () => {
  test('odd fields of a message are found, even if its recording did not name them', async () => {
    const text = Buffer.from('{"cmd":"hb","vmc_no":"x","zz":1}');
    const whole = Buffer.concat([encodeHead(12 + text.length, 'decimal', 0), text]);
    const invalid = { code: 'field.invalid', params: { field: 'vmc_no', value: 'as received' } } as const;
    const recorded = { ...frameEntry(whole, 12), findings: [invalid] };
    const { entries } = await read(await written([recorded]));
    expect(entries).toMatchObject([
      { findings: [invalid, { code: 'field.unknown', params: { field: 'zz' } }] },
    ]);
  });

  test('restores every entry exactly', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(entry, { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 1, max: 5000 }),
        async (entries, size) => {
          const back = await read(await written(entries), size);
          expect(back.entries).toEqual(
            entries.map((each) => ({
              ...each,
              original: { id: each.id === 0 ? null : each.id, journal: null },
            })),
          );
          expect(back.summary).toEqual({
            entries: entries.length,
            badLines: 0,
            firstBadLine: null,
            isCutOff: false,
          });
        },
      ),
      { numRuns: 200 },
    );
  });

  test('a line has the members for people and programs, and bytes only where needed', async () => {
    const good = frameEntry(frame({ cmd: 'hb', vmc_no: 5 }), 12);
    const line = JSON.parse((await written([good])).toString()) as Record<string, unknown>;
    expect(line).toEqual({
      kind: 'frame',
      id: 1,
      time: expect.stringMatching(/^2023-11-1\dT\d\d:\d\d:\d\d\.123[+-]\d\d:\d\d$/) as string,
      at: 1_700_000_000_123,
      machine: 5,
      connection: 1,
      direction: 'in',
      head: 'decimal',
      sequence: null,
      findings: [],
      text: '{"cmd":"hb","vmc_no":5}',
      body: { cmd: 'hb', vmc_no: 5 },
    });
    expect(new Date(String(line.time)).getTime()).toBe(1_700_000_000_123);
    const padded = Buffer.from('  35PADDING!{"cmd":"hb","vmc_no":5}');
    expect(JSON.parse((await written([frameEntry(padded, 12)])).toString())).toMatchObject({
      headBytes: padded.subarray(0, 12).toString('base64'),
    });
  });

  test('bytes outside of frames name their sender', async () => {
    const start = { kind: 'junk', at: 0, conn: 1, vmcNo: null, bytes: Buffer.from('x') } as const;
    const fromServer = { code: 'capture.fromServer', params: { bytes: 1 } } as const;
    const lines = await written([
      { ...start, id: 1, findings: [] },
      { ...start, id: 2, findings: [fromServer] },
    ]);
    const directions = lines
      .toString()
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { readonly direction: string }).direction);
    expect(directions).toEqual(['in', 'out']);
  });

  test('marks and notes are exported and imported; a note longer than people can write is cut', async () => {
    const all = [1, 2, 3].map((id) => frameEntry(frame({ cmd: 'hb', vmc_no: 5 }), 12, { id }));
    const notes: Readonly<Record<number, string>> = { 1: 'the “second” cup\n', 3: 'x'.repeat(1_200) };
    const file = new MemoryFile();
    const markOf = (id: number) => (id === 2 ? null : { marked: id === 1, note: notes[id] ?? '' });
    await exportJsonl(inPages(all), file.write, { markOf });
    const { entries } = await read(file.bytes);
    expect(entries.map((one) => ('mark' in one ? one.mark : null))).toEqual([
      { marked: true, note: notes[1] },
      null,
      { marked: false, note: 'x'.repeat(1_000) },
    ]);
  });

  test('accepts gzip, a byte order mark, empty lines and foreign lines', async () => {
    const good = await written([frameEntry(frame({ cmd: 'hb', vmc_no: 5 }), 12)]);
    const mixed = Buffer.concat([
      Buffer.from('\uFEFF'),
      good,
      Buffer.from('\n{"a":1}\r\nnonsense\n'),
      good.subarray(0, -1),
    ]);
    for (const file of [mixed, gzipSync(mixed)]) {
      const { entries, summary } = await read(file);
      expect(entries).toHaveLength(2);
      expect(summary).toMatchObject({ entries: 2, badLines: 2, firstBadLine: 3 });
    }
    expect((await read(Buffer.alloc(0))).summary.entries).toBe(0);
    await expect(read(Buffer.from('{"a":1}\n'))).rejects.toMatchObject({ code: 'notJsonl' });
    await expect(read(Buffer.alloc(5_000_000, 65))).rejects.toMatchObject({ code: 'notJsonl' });
  });

  test('skips a line that is far too long, and counts it once', async () => {
    const good = await written([frameEntry(frame({ cmd: 'hb', vmc_no: 5 }), 12)]);
    const long = Buffer.alloc(12_000_000, 65);
    const end = Buffer.from('\n');
    const { entries, summary } = await read(Buffer.concat([good, long, end, good, long]), 65_536);
    expect(entries).toHaveLength(2);
    expect(summary).toMatchObject({ badLines: 2, firstBadLine: 2 });
    expect((await read(Buffer.concat([long, end, good]), 65_536)).summary).toMatchObject({ entries: 1 });
  });

  test('skips only the line with a fraction of a millisecond, an invalid sequence number or an impossible time', async () => {
    const good = (await written([frameEntry(frame({ cmd: 'hb', vmc_no: 5 }), 12)])).toString();
    const bad = [
      good.replace('"at":1700000000123', '"at":1700000000123.5'),
      good.replace('"sequence":null', '"sequence":4.5'),
      good.replace('"at":1700000000123', '"at":8640000000000001'),
      good.replace('"at":1700000000123', '"at":-1'),
    ];
    expect(bad).not.toContain(good);
    const { entries, summary } = await read(Buffer.from([good, ...bad, good].join('')));
    expect(entries).toHaveLength(2);
    expect(summary).toMatchObject({ entries: 2, badLines: 4, firstBadLine: 2 });
  });

  test('skips only the line with an impossible machine number', async () => {
    const good = (await written([frameEntry(frame({ cmd: 'hb', vmc_no: 5 }), 12)])).toString();
    const bad = ['-5', '0', '1.5', '1e300', '9007199254740993', '"5"'].map((odd) =>
      good.replace('"machine":5', `"machine":${odd}`),
    );
    const { entries, summary } = await read(Buffer.from([good, ...bad, good].join('')));
    expect(entries.map(({ vmcNo }) => vmcNo)).toEqual([5, 5]);
    expect(summary).toMatchObject({ entries: 2, badLines: bad.length, firstBadLine: 2 });
  });

  test('a line’s other members do not override its bytes', async () => {
    const good = (await written([frameEntry(frame({ cmd: 'hb', vmc_no: 5 }), 12)])).toString();
    const lying = good
      .replace('"body":{"cmd":"hb"', '"body":{"cmd":"login"')
      .replace('"findings":[]', '"findings":[{"code":"of.tomorrow"}]');
    const { entries } = await read(Buffer.from(lying));
    expect(entries[0]).toMatchObject({ message: { body: { cmd: 'hb' } }, findings: [] });
  });
});

describe('CSV', () => {
  async function csv(entries: readonly Entry[]): Promise<string> {
    const file = new MemoryFile();
    await exportCsv(inPages(entries), file.write);
    return file.bytes.toString();
  }

  test('contains findings, close reasons and marks, in the given words', async () => {
    const file = new MemoryFile();
    const start = { at: 0, conn: 1, vmcNo: 5 };
    await exportCsv(
      inPages([
        { kind: 'closed', id: 1, ...start, reason: 'silence' },
        { kind: 'finding', id: 2, ...start, finding: { code: 'login.missing' } },
      ]),
      file.write,
      {
        describe: ({ code }) => `<${code}>`,
        reason: (reason) => `(${reason})`,
        markWord: '已标记',
        markOf: (id) => (id === 1 ? { marked: true, note: '=1+1' } : { marked: false, note: 'a, b' }),
      },
    );
    const [head, closed, remark] = file.bytes.toString().split('\r\n');
    expect(head).toMatch(/,mark,note$/);
    expect(closed).toMatch(/,5,,closed,,\(silence\),,,,,1,1,已标记,'=1\+1$/);
    expect(remark).toMatch(/,<login.missing>,,,,1,2,,"a, b"$/);
  });

  test('opens in Excel and executes nothing', async () => {
    const evil = Buffer.from('=HYPERLINK("http://x")');
    const text = await csv([
      frameEntry(frame({ cmd: 'hb', vmc_no: 5, p: '热牛奶' }), 12),
      { kind: 'junk', id: 2, at: 0, conn: 1, vmcNo: null, bytes: evil, findings: [{ code: 'junk.noFrame' }] },
      { kind: 'junk', id: 3, at: 0, conn: 1, vmcNo: null, bytes: Buffer.from('a\r\n"b"'), findings: [] },
    ]);
    expect(text.startsWith('\uFEFFtime,machine,')).toBe(true);
    const rows = text.slice(1).split('\r\n');
    expect(rows[1]).toMatch(
      /^2023-11-1\d \d\d:\d\d:\d\d\.123,5,in,frame,hb,"\{""cmd"":""hb"",.*热牛奶""\}",,\d+,decimal,,1,1,,$/,
    );
    expect(rows[2]).toContain(`,in,junk,,"'=HYPERLINK(""http://x"")",junk.noFrame,22,,,1,2`);
    expect(text).toContain(',"a\r\n""b""",');
    const hostile = await csv([
      {
        kind: 'junk',
        id: 2,
        at: 0,
        conn: 1,
        vmcNo: null,
        bytes: Buffer.from('\t=1;@x\0\u001b[2J'),
        findings: [],
      },
    ]);
    expect(hostile).toContain(`,in,junk,,"'\t'=1;'@x⟨U+0000⟩⟨U+001B⟩[2J",,`);
  });
});
