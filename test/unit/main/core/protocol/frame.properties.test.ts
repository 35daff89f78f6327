import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Head, JsonObject } from '#shared/model/frame';
import { encodeHead } from '../../../../../src/main/core/protocol/encode';
import { type Decoded, FrameDecoder, maxPending } from '../../../../../src/main/core/protocol/frame';
import { bodyOfTotal, frame, lyingFrame } from '../../../../builders/frames';
import { anyCharacter } from '../../../../builders/anyCharacter';
import { expectSame } from '../../../../builders/same';

const head = fc.constantFrom<Head>('decimal', 'le48');
const name = fc.constantFrom('vmc_no', 'status', 'order_no', 'Amount', 'a', '__proto__', 'constructor', '名');
/** Without letters of no language that GB18030 resembles: text.test.ts covers their decoding. */
const text = fc.string({ unit: anyCharacter }).map((one) => one.replaceAll(/[\u0180-\u036F]/g, ''));
const body = fc
  .tuple(
    fc.constantFrom('hb', 'login', 'error', 'machinestatus'),
    fc.array(fc.tuple(name, fc.oneof(text, fc.integer(), fc.boolean(), fc.constant([{}]))), {
      maxLength: 4,
    }),
  )
  .map(([cmd, members]) => Object.fromEntries([['cmd', cmd], ...members]) as JsonObject);
const goodFrame = fc
  .tuple(body, head, fc.nat(100_000))
  .map(([json, form, sequence]) => ({ json, bytes: frame(json, form, sequence) }));

/** The parts of broken input: pieces of heads, of JSON, of frames, of other encodings. */
const fragment = fc.oneof(
  fc.constantFrom(
    '{',
    '}',
    '"',
    '\\',
    ' ',
    '\0',
    '\n',
    ':',
    ',',
    '[',
    '{"',
    '{"a',
    '{"a":1}',
    '{"a":1,}',
    '{}',
    '//',
    '/*',
  ),
  fc.constantFrom(
    '0014',
    '0038',
    '0100',
    '9999',
    '  38',
    'W000',
    '~000',
    '00',
    '0000',
    't0000000',
    '00000000',
  ),
  fc.tuple(fc.integer({ min: 14, max: 120 }), head).map(([total, form]) => encodeHead(total, form, total)),
  fc.tuple(goodFrame, fc.double({ min: 0, max: 1, noNaN: true })).map(([f, part]) => {
    return f.bytes.subarray(0, Math.floor(f.bytes.length * part));
  }),
  fc
    .constantFrom([0xc4, 0xe3], [0xe3, 0x5c], [0x81, 0x7b], [0x81, 0x7d], [0xff], [0xe4, 0xbd, 0xa0])
    .map((b) => Uint8Array.from(b)),
  fc.uint8Array({ maxLength: 6 }),
);
/** Nearly JSON, with frames and heads in wrong places. */
const token = fc.oneof(
  fc.constantFrom(
    '{"a":',
    '{"a":1',
    '}',
    ',',
    '"',
    '":"',
    '"b":',
    '1',
    '[',
    ']',
    ' ',
    ',}',
    '\\',
    '{a:1}',
    '{"c":{"d":"}"}}',
  ),
  fc.constantFrom(
    '"x":  25,"suba":{"k":12345}',
    '"x":1000,"suba":{"k":1}',
    '0014--------{}',
    '0019--------{","',
  ),
  goodFrame.map((f) => f.bytes),
  goodFrame.map((f) => f.bytes.subarray(0, -1)),
  fc.constantFrom([0xc4, 0xe3], [0xe3, 0x5c], [0x81, 0x7b], [0x81, 0x7d]).map((b) => Uint8Array.from(b)),
);
const brokenBody = fc
  .array(token, { minLength: 1, maxLength: 6 })
  .map((parts) => Buffer.concat([Buffer.from('{'), ...parts.map((p) => Buffer.from(p))]));
/** A head that fits its body, or differs by some bytes, or by many. */
const brokenFrame = fc
  .tuple(brokenBody, fc.constantFrom(0, 0, 0, 1, 2, 5, 13, 14, 30, 60, 200, 5000, -1, -2, -10, -14), head)
  .map(([bytes, miss, form]) => lyingFrame(bytes, Math.max(14, 12 + bytes.length + miss), form));
/** Lengths that both heads can state. */
const ambiguous = fc
  .tuple(fc.constantFrom(100, 200, 256, 300, 512, 768), head)
  .map(([total, form]) => frame(bodyOfTotal(total), form));
const garbage = fc
  .array(fc.oneof(fragment, fragment, brokenFrame, brokenBody), { maxLength: 8 })
  .map((parts) => Buffer.concat(parts.map((p) => Buffer.from(p))));
const stream = fc
  .array(
    fc.oneof(
      garbage,
      brokenFrame,
      ambiguous,
      goodFrame.map((f) => f.bytes),
      fc.tuple(goodFrame, fc.nat(5)).map(([f, times]) => Buffer.concat(Array(times).fill(f.bytes))),
    ),
    { maxLength: 8 },
  )
  .map((parts) => Buffer.concat(parts));
const cuts = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 20 });

/** Gives `bytes` in chunks of the sizes, repeatedly. Each chunk's memory is overwritten afterwards. */
function decode(bytes: Uint8Array, sizes: readonly number[], quiet = false): Decoded[] {
  const decoder = new FrameDecoder();
  const out: Decoded[] = [];
  for (let at = 0, i = 0; at < bytes.length; i += 1) {
    const chunk = Buffer.from(bytes.subarray(at, at + (sizes[i % sizes.length] ?? 1)));
    at += chunk.length;
    out.push(...decoder.push(chunk));
    chunk.fill(0x7b);
    if (decoder.pending >= maxPending) throw new Error(`${decoder.pending} bytes held`);
    if (quiet && i % 3 === 0) out.push(...decoder.settle());
  }
  out.push(...decoder.end());
  if (decoder.pending !== 0) throw new Error('bytes held after the end');
  return out;
}

/** The same in bounded steps. */
function decodeInSteps(bytes: Uint8Array, sizes: readonly number[]): Decoded[] {
  const decoder = new FrameDecoder();
  const out: Decoded[] = [];
  for (let at = 0, i = 0; at < bytes.length; i += 1) {
    const chunk = Buffer.from(bytes.subarray(at, at + (sizes[i % sizes.length] ?? 1)));
    at += chunk.length;
    for (let from = 0; from < chunk.length;) from += decoder.pushSome(chunk, from, out);
    chunk.fill(0x7b);
  }
  return [...out, ...decoder.end()];
}

function plainly(items: readonly Decoded[]): unknown[] {
  return items.map((item) =>
    item.kind === 'frame'
      ? [
          item.head,
          item.declared,
          item.sequence,
          item.bodyStart,
          item.text,
          item.json,
          item.findings,
          hex(item.bytes),
        ]
      : item.kind === 'junk'
        ? [item.findings, hex(item.bytes)]
        : item,
  );
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1');
}

function given(items: readonly Decoded[]): string {
  return items.map((item) => (item.kind === 'overflow' ? '' : hex(item.bytes))).join('');
}

describe('FrameDecoder, for any input', () => {
  const runs = Number(process.env['CREMA_FUZZ_RUNS'] ?? 150);

  it('gives the same result for all chunk sizes', () => {
    fc.assert(
      fc.property(stream, cuts, (bytes, sizes) => {
        const whole = plainly(decode(bytes, [bytes.length]));
        const cut = [
          decode(bytes, [1]),
          decode(bytes, sizes),
          decodeInSteps(bytes, [bytes.length]),
          decodeInSteps(bytes, sizes),
        ];
        for (const found of cut.map(plainly)) expectSame(found, whole);
      }),
      { numRuns: runs },
    );
  });

  it('returns every byte exactly once and in order, with or without quiet', () => {
    fc.assert(
      fc.property(stream, cuts, fc.boolean(), (bytes, sizes, quiet) => {
        expect(given(decode(bytes, sizes, quiet))).toBe(hex(bytes));
      }),
      { numRuns: runs },
    );
  });

  it('decodes what was encoded, in both heads', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(body, fc.nat()), { minLength: 1 }), head, cuts, (bodies, form, sizes) => {
        const bytes = Buffer.concat(bodies.map(([json, sequence]) => frame(json, form, sequence)));
        const items = decode(bytes, sizes);
        expect(
          items.map((item) => (item.kind === 'frame' ? [item.json, item.sequence, item.findings] : item)),
        ).toEqual(bodies.map(([json, sequence]) => [json, form === 'le48' ? sequence : null, []]));
      }),
      { numRuns: runs },
    );
  });

  it('loses no good frame after junk', () => {
    fc.assert(
      fc.property(
        garbage,
        fc.array(goodFrame, { minLength: 2, maxLength: 4 }),
        cuts,
        (rubbish, good, sizes) => {
          const items = decode(Buffer.concat([rubbish, ...good.map((f) => f.bytes)]), sizes);
          const found = items.map((item) => (item.kind === 'frame' ? JSON.stringify(item.json) : ''));
          expect(found.slice(-good.length)).toEqual(good.map((f) => JSON.stringify(f.json)));
        },
      ),
      { numRuns: runs },
    );
  });
});
