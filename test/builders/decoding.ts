/** Runs a decoder over bytes split in every way and formats its outcome for tests. */
import { Buffer } from 'node:buffer';
import { expect } from 'vitest';
import { type Decoded, FrameDecoder } from '../../src/main/core/protocol/frame';
import type { Head } from '#shared/model/frame';
import { expectSame } from './same';

export function join(...parts: readonly (string | Uint8Array)[]): Buffer {
  return Buffer.concat(parts.map((part) => Buffer.from(part)));
}

/** `le48 {"cmd":"hb"}`, then finding codes; `junk "zz" junk.noFrame`. */
export function line(item: Decoded): string {
  if (item.kind === 'overflow') return `overflow ${item.bytes}`;
  const codes = item.findings.map((finding) => ` ${finding.code}`).join('');
  if (item.kind === 'junk')
    return `junk ${JSON.stringify(Buffer.from(item.bytes).toString('latin1'))}${codes}`;
  return `${item.head ?? 'headless'} ${item.text}${codes}`;
}

/** All output of `decoder` for `chunks`, and for the end. */
export function decodeChunks(chunks: readonly Uint8Array[], decoder = new FrameDecoder()): Decoded[] {
  return [...chunks.flatMap((chunk) => decoder.push(chunk)), ...decoder.end()];
}

/** The outcome of `bytes`: the same in one piece, byte by byte, and split in two at every byte or only at byte `cut`. */
export function outcome(
  bytes: Uint8Array,
  { cut: only, ...options }: { preferred?: Head; cut?: number } = {},
): Decoded[] {
  const decode = (...chunks: Uint8Array[]): Decoded[] => decodeChunks(chunks, new FrameDecoder(options));
  const whole = decode(bytes);
  const expected = whole.map(line);
  const check = (...chunks: Uint8Array[]): void => expectSame(decode(...chunks).map(line), expected);
  check(...Array.from(bytes, (byte) => Uint8Array.of(byte)));
  const cuts = only === undefined ? Array.from({ length: bytes.length - 1 }, (_, i) => i + 1) : [only];
  for (const cut of cuts) check(bytes.subarray(0, cut), bytes.subarray(cut));
  const given = whole.map((item) =>
    item.kind === 'overflow' ? '' : Buffer.from(item.bytes).toString('latin1'),
  );
  expect(given.join('')).toBe(Buffer.from(bytes).toString('latin1'));
  return whole;
}

export function lines(bytes: Uint8Array, options: { preferred?: Head } = {}): string[] {
  return outcome(bytes, options).map(line);
}
