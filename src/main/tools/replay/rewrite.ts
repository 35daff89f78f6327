/**
 * Rewrites recorded frames by rules. Only the values that a rule names are replaced, in place. All other bytes stay as recorded:
 * spelling, blanks, mistakes and encodings.
 */
import { Buffer } from 'node:buffer';
import { bytePlaces } from '#shared/body/bytePlaces';
import { literal, scan, type Path } from '#shared/body/positions';
import { namedVariation } from '#shared/compare/varying';
import { encodeHead, headSize } from '#shared/framing';
import type { Direction, FrameEntry, Head } from '#shared/model/frame';
import { cmdOfMessage } from '#shared/model/message';
import type { ReplayNote, ReplayRule } from '#shared/model/replay';
import { readHeads } from '../../core/protocol/decoded';
import { inAscii, isSign, spliced, type Edit } from '../../core/protocol/inPlace';
import { renewedSign } from '../../core/protocol/sign';
import { decodeText } from '../../core/protocol/text';
import { freshOrderNumber } from './orderNumbers';
import { moved, type Clock } from './moments';

export interface Rewriting {
  readonly rules: ReadonlySet<ReplayRule>;
  /** The machine's number in the replay; `null`: as recorded. */
  readonly vmcNo: number | null;
  /** Equal salts give equal order numbers. */
  readonly salt: string;
  readonly clock: Clock;
  /** A machine's verification code; `null`: unknown. */
  readonly codeOf: (vmcNo: number) => string | null;
}

type Rewritable = Pick<FrameEntry, 'bytes' | 'bodyStart' | 'head' | 'dir' | 'message'>;

/** The bytes to send. */
export interface RewrittenFrame {
  readonly bytes: Uint8Array;
  readonly bodyStart: number;
  readonly notes: readonly ReplayNote[];
}

/** `sequence`: the number of an le48 head; `null`: as recorded. */
export function rewriteFrame(frame: Rewritable, sequence: number | null, by: Rewriting): RewrittenFrame {
  const { bytes, bodyStart } = frame;
  const { body, notes } = rewriteBody(frame, by);
  const head = headFor(frame, bodyStart + body.length, sequence);
  if (head === null) return { bytes, bodyStart, notes: [...notes, 'tooLong'] };
  return { bytes: Buffer.concat([head, body]), bodyStart, notes };
}

/** The bytes before the body. A recorded wrong length stays wrong; `null`: no head can hold the new length. */
function headFor({ bytes, bodyStart, head }: Rewritable, total: number, sequence: number | null) {
  const before = Buffer.from(bytes.subarray(0, bodyStart));
  if (head === null || before.length < headSize) return before;
  try {
    if (hasRightHead({ bytes, head }) && total !== bytes.length)
      before.set(encodeHead(total, head, 0).subarray(0, 4));
    if (head === 'le48' && sequence !== null) before.set(paddingOf(sequence, head), 4);
    return before;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** Whether the frame has a head of twelve bytes with the correct length. */
export const hasRightHead = ({ bytes, head }: Pick<Rewritable, 'bytes' | 'head'>): boolean =>
  head !== null && readHeads(bytes, 0, head).some((one) => one.head === head && one.total === bytes.length);

const paddingOf = (sequence: number, head: Head): Uint8Array =>
  encodeHead(headSize, head, sequence).subarray(4);

interface RewrittenBody {
  readonly body: Uint8Array;
  readonly notes: readonly ReplayNote[];
}

export function rewriteBody(frame: Rewritable, by: Rewriting): RewrittenBody {
  const body = frame.bytes.subarray(frame.bodyStart);
  const { text } = decodeText(body);
  const places = bytePlaces(body, text);
  if (places === null) return { body, notes: ['unread'] };
  const cmd = cmdOfMessage(frame.message);
  const edits: Edit[] = [];
  for (const { path, value } of scan(text)) {
    const raw = text.slice(value.from, value.to);
    const fresh = freshRaw(raw, (written) => freshValue(written, path, cmd, frame.dir, by));
    if (fresh !== raw) edits.push({ from: places[value.from] ?? 0, to: places[value.to] ?? 0, fresh });
  }
  const signed = newSign(frame, by);
  if (signed?.sign !== undefined)
    for (const { path, value } of scan(text))
      if (isSign(cmd, path, frame.dir))
        edits.push({
          from: places[value.from] ?? 0,
          to: places[value.to] ?? 0,
          fresh: JSON.stringify(signed.sign),
        });
  return {
    body: spliced(body, edits),
    notes: signed !== null && signed.sign === undefined ? ['signKept'] : [],
  };
}

/** A new value with the quotes and blanks of the old one. A value that is neither text nor whole number stays unchanged. */
function freshRaw(raw: string, freshOf: (written: string) => string): string {
  if (/^\d+$/.test(raw)) return freshOf(raw);
  const value = raw.startsWith('"') ? literal(raw) : undefined;
  if (typeof value !== 'string') return raw;
  const written = value.trim();
  const fresh = written === '' ? written : freshOf(written);
  return fresh === written ? raw : inAscii(JSON.stringify(value.replace(written, () => fresh)));
}

/** The new value of a member, by its path in the body. */
function freshValue(
  written: string,
  path: Path,
  cmd: string | null,
  dir: Direction,
  { rules, vmcNo, salt, clock }: Rewriting,
): string {
  const rule = namedVariation(path, cmd, dir);
  if (rule === null || !rules.has(rule)) return written;
  switch (rule) {
    case 'numbers':
      return vmcNo === null || !/^\d+$/.test(written) ? written : String(vmcNo);
    case 'orders':
      return freshOrderNumber(written, salt, rules.has('times') ? clock : null);
    case 'times':
      return moved(written, clock);
  }
}

/** The sign for a changed login, omitted if no known code makes it; `null`: the login has no sign, or its signed values are unchanged. */
function newSign({ message }: Rewritable, by: Rewriting): { readonly sign?: string } | null {
  const { from, body } = message;
  if (from !== 'machine' || body.cmd !== 'login' || body.sign === null) return null;
  const { timestamp, vmcNo, sign } = body;
  const now = {
    timestamp: timestamp === null ? null : freshValue(timestamp, ['timestamp'], 'login', 'in', by),
    vmcNo: vmcNo !== null && by.vmcNo !== null && by.rules.has('numbers') ? by.vmcNo : vmcNo,
  };
  if (now.timestamp === timestamp && now.vmcNo === vmcNo) return null;
  const renewed = renewedSign({ timestamp, vmcNo, sign }, now, by.codeOf);
  return renewed === null ? {} : { sign: renewed };
}
