/** Bytes as texts for people and programs. */
import { latin1 } from '#shared/framing';

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0').toUpperCase();

/** `33 32 7B`, for pasting. */
export function hexText(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => hex(byte, 2)).join(' ');
}

/** `33327b`, as Wireshark copies a hex stream. */
export const hexStream = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

export const base64Text = (bytes: Uint8Array): string => btoa(latin1(bytes));

const pythonEscapes: ReadonlyMap<string, string> = new Map([
  ['\\', '\\\\'],
  ["'", "\\'"],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

/** As a bytes literal of Python. */
export function pythonBytes(bytes: Uint8Array): string {
  const inner = Array.from(bytes, (byte) => {
    const character = String.fromCharCode(byte);
    return (
      pythonEscapes.get(character) ??
      (byte >= 0x20 && byte < 0x7f ? character : `\\x${hexStream(Uint8Array.of(byte))}`)
    );
  });
  return `b'${inner.join('')}'`;
}

/** As a C array. */
export function cArray(bytes: Uint8Array, name: string): string {
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += 12)
    lines.push(`  ${Array.from(bytes.subarray(at, at + 12), (byte) => `0x${hex(byte, 2)},`).join(' ')}`);
  return [`const unsigned char ${name}[${bytes.length}] = {`, ...lines, '};'].join('\n');
}

/** Parses the output of `hexText`, `cArray` and similar programs; `null`: not hexadecimal. */
export function readHex(text: string): Uint8Array | null {
  const inner = /\{([^}]*)\}/.exec(text)?.[1] ?? text;
  const parts = inner.split(/[\s,;:]+/).filter(Boolean);
  const digits = parts.map((part) => part.replace(/^(?:0x|\\x)/i, ''));
  if (digits.some((part) => !/^[0-9a-f]+$/i.test(part) || part.length % 2 !== 0)) return null;
  const all = digits.join('');
  return Uint8Array.from({ length: all.length / 2 }, (_, i) =>
    Number.parseInt(all.slice(2 * i, 2 * i + 2), 16),
  );
}

/** One line of a dump: offset, bytes, and ASCII with a dot for other bytes. */
export interface HexLine {
  readonly at: number;
  readonly text: string;
  readonly size: number;
}

export function hexLines(bytes: Uint8Array, perLine: 8 | 16): readonly HexLine[] {
  const lines: HexLine[] = [];
  for (let at = 0; at < bytes.length; at += perLine) {
    const line = bytes.subarray(at, at + perLine);
    const left = hexText(line.subarray(0, 8)).padEnd(23);
    const right = perLine === 16 ? `  ${hexText(line.subarray(8)).padEnd(23)}` : '';
    const text = Array.from(line, (byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.'));
    lines.push({ at, text: `${hex(at, 4)}  ${left}${right}  ${text.join('')}`, size: line.length });
  }
  return lines;
}

const hexStart = 6; // "0000  "
const asciiStart = (perLine: 8 | 16): number => hexStart + (perLine === 16 ? 23 + 2 + 23 : 23) + 2;
/** The column of the n-th byte's two digits. */
const digitsAt = (n: number): number => hexStart + 3 * n + (n >= 8 ? 1 : 0);

/** The byte at a column of a line, from 0; `null`: none. */
export function byteAtColumn(column: number, size: number, perLine: 8 | 16): number | null {
  const ascii = column - asciiStart(perLine);
  if (ascii >= 0) return ascii < size ? ascii : null;
  for (let n = 0; n < size; n += 1) if (column >= digitsAt(n) && column <= digitsAt(n) + 2) return n;
  return null;
}

/** The columns of bytes `from` to `to`, without the blank after the last: in the hexadecimal part, and in the ASCII part. */
export function columnsOf(
  from: number,
  to: number,
  perLine: 8 | 16,
): readonly [digits: readonly [number, number], ascii: readonly [number, number]] {
  const ascii = asciiStart(perLine);
  return [
    [digitsAt(from), digitsAt(to - 1) + 2],
    [ascii + from, ascii + to],
  ];
}
