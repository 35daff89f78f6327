import { Buffer, isUtf8 } from 'node:buffer';
import type { Finding } from '#shared/findings';
import { utf8Broken, utf8Next } from './utf8';

const gb18030 = new TextDecoder('gb18030', { fatal: true });
const noFindings: readonly Finding[] = [];

/**
 * Decodes a body: UTF-8 [doc 2], or else each of its strings as UTF-8 or GB18030. Undecodable bytes and truncated characters become U+FFFD.
 * Never throws.
 */
export function decodeText(bytes: Uint8Array): { text: string; findings: readonly Finding[] } {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (!isUtf8(buffer)) return byStrings(buffer);
  const text = buffer.toString('utf8');
  // In ASCII every character is one byte.
  return text.length === buffer.length || !rare.test(text)
    ? { text, findings: noFindings }
    : byStrings(buffer);
}

/** Letters that no language uses alone. Short GB18030 texts look like them when read as UTF-8 (缺水 is `C8 B1 CB AE`). */
const rare = /[\u0180-\u036F]/;
/** The exceptions that languages and transcriptions use: Azerbaijani, Vietnamese, Pinyin, Romanian, and single accents. */
const written = /[\u018F\u0259\u01A0\u01A1\u01AF\u01B0\u01CD-\u01DC\u0218-\u021B]|\p{Mn}/gu;
/** Chinese in GB18030 whose bytes are also UTF-8: at least two characters, not inside a Latin word. */
const common = /^\p{Script=Han}{2,}$/u;
const commonOrShort = /^\p{Script=Han}+$/u;
const foreign = /\P{ASCII}+/gu;
const inWord = /[A-Za-z]\P{ASCII}|\P{ASCII}[A-Za-z]/u;
/** The beginning of a character of two or four bytes. */
const cutGb = /(?:[\x81-\xFE]|[\x81-\xFE][0-9]|[\x81-\xFE][0-9][\x81-\xFE])$/;

/** A string, or the text between two. `either`: valid in both encodings; `broken`: in neither. */
interface Reading {
  readonly is: 'ascii' | 'utf8' | 'gb18030' | 'either' | 'broken';
  readonly text: string;
  /** For `either`. */
  readonly inGb?: string;
  /** Offset of the first undecodable or missing byte. */
  readonly broken?: number;
}

/** A quotation mark's byte is never part of another character in either encoding, even after a backslash. Some machines use single quotes. */
function byStrings(buffer: Buffer): { text: string; findings: readonly Finding[] } {
  const readings: Reading[] = [];
  const marks: string[] = [];
  for (let from = 0; from <= buffer.length;) {
    let to = from;
    while (to < buffer.length && buffer[to] !== 0x22 && buffer[to] !== 0x27) to += 1;
    marks.push(buffer.toString('latin1', to, to + 1));
    readings.push(readString(buffer.subarray(from, to), from));
    from = to + 1;
  }
  // The rest of the body decides ambiguous strings if it has only one encoding.
  const isGb = readings.some(({ is }) => is === 'gb18030') && !readings.some(({ is }) => is === 'utf8');
  const inGb = readings.map(({ is, text, inGb: other }) =>
    is === 'either' && other !== undefined && (isGb || isLikely(text, other)) ? other : null,
  );
  const wasGb = readings.some(({ is }, index) => is === 'gb18030' || inGb[index] !== null);
  const broken = readings.find((reading) => reading.broken !== undefined)?.broken;
  return {
    text: readings.map(({ text }, index) => `${inGb[index] ?? text}${marks[index] ?? ''}`).join(''),
    findings: [
      ...(wasGb ? [{ code: 'text.gb18030' } as const] : []),
      ...(broken === undefined ? [] : [{ code: 'text.undecodable', params: { offset: broken } } as const]),
    ],
  };
}

/** Whether text decoded as UTF-8 must be checked string by string: it has letters that suggest GB18030. */
export const mayBeGb18030 = (inUtf8: string): boolean => rare.test(inUtf8);

function isLikely(inUtf8: string, inGb: string): boolean {
  const areRuns = (what: RegExp): boolean => (inGb.match(foreign) ?? []).every((run) => what.test(run));
  // A letter that no language uses is sufficient, even next to Latin letters (EC缺水) or alone.
  if (rare.test(inUtf8.replaceAll(written, ''))) return areRuns(commonOrShort);
  return rare.test(inUtf8) && !inWord.test(inUtf8) && areRuns(common);
}

function readString(bytes: Buffer, at: number): Reading {
  if (bytes.every((byte) => byte < 0x80)) return { is: 'ascii', text: bytes.toString('latin1') };
  const inGb = decodedGb(bytes);
  if (isUtf8(bytes)) {
    const text = bytes.toString('utf8');
    return inGb === null || hasLong(bytes) ? { is: 'utf8', text } : { is: 'either', text, inGb };
  }
  // Characters of three or more bytes are rarely a coincidence.
  const whole = bytes.subarray(0, wholeUtf8(bytes));
  if (whole.length > bytes.length - 4 && isUtf8(whole) && hasLong(whole))
    return { is: 'utf8', text: `${whole.toString('utf8')}\uFFFD`, broken: at + bytes.length };
  if (inGb !== null) return { is: 'gb18030', text: inGb };
  const cut = cutGb.exec(bytes.toString('latin1'))?.[0].length ?? 0;
  const begun = cut === 0 ? null : decodedGb(bytes.subarray(0, -cut));
  if (begun !== null)
    return {
      is: /\P{ASCII}/u.test(begun) ? 'gb18030' : 'broken',
      text: `${begun}\uFFFD`,
      broken: at + bytes.length,
    };
  return { is: 'broken', text: bytes.toString('utf8'), broken: at + firstBroken(bytes) };
}

const hasLong = (bytes: Buffer): boolean => bytes.some((byte) => byte >= 0xe0);

function decodedGb(bytes: Buffer): string | null {
  try {
    return gb18030.decode(bytes);
  } catch {
    return null;
  }
}

/** Number of bytes before a character that is truncated at the end. */
function wholeUtf8(bytes: Buffer): number {
  let at = bytes.length;
  while (at > 0 && ((bytes[at - 1] ?? 0) & 0xc0) === 0x80) at -= 1;
  return Math.max(0, at - 1);
}

/** Offset of the first byte that is not UTF-8. */
function firstBroken(bytes: Uint8Array): number {
  let state = 0;
  for (let i = 0; i < bytes.length; i += 1) {
    state = utf8Next(state, bytes[i] ?? 0);
    if (state === utf8Broken) return i;
  }
  return bytes.length;
}
