/** Rewrites one member of a relayed frame, in place: every other byte of the body stays, and the form of the head. */
import { bytePlaces } from '#shared/body/bytePlaces';
import { scan } from '#shared/body/positions';
import type { Finding } from '#shared/findings';
import { encodeHead, headSize, maxTotal } from '#shared/framing';
import { messageOf } from '#shared/messages/read';
import type { Direction } from '#shared/model/frame';
import { cmdOfMessage, type Message } from '#shared/model/message';
import type { RelayChange } from '#shared/model/relay';
import { isAt, readPath } from '#shared/relayChange';
import type { DecodedFrame } from '../protocol/decoded';
import { inAscii, isSign, spliced } from '../protocol/inPlace';
import { readJson } from '../protocol/json';
import { renewedSign } from '../protocol/sign';
import { decodeText } from '../protocol/text';

/** A frame that leaves instead of another one. */
export interface Instead {
  readonly frame: DecodedFrame;
  readonly message: Message;
  readonly findings: readonly Finding[];
}

/** unchanged: the member has the value already. refused: the body is unreadable, or no head can express the new length. */
export type Rewriting = Instead | 'missing' | 'unchanged' | 'refused';

/** `codeOf`: a machine's verification code; `null`: unknown. */
export function rewrite(
  frame: DecodedFrame,
  message: Message,
  { member, value }: RelayChange,
  codeOf: (vmcNo: number) => string | null,
): Rewriting {
  const path = readPath(member);
  const dir = message.from === 'machine' ? 'in' : 'out';
  const changed = path === null ? 'refused' : changedMember(frame, inAscii(value), (at) => isAt(at, path));
  if (typeof changed === 'string') return changed;
  const signed = signOf(changed, message, codeOf);
  if (signed === null) return insteadOf(changed, dir);
  if (signed === 'kept') return insteadOf(changed, dir, { code: 'relay.signKept' });
  const isOfSign = (at: Parameters<typeof isSign>[1]): boolean => isSign(cmdOfMessage(message), at, dir);
  const renewed = changedMember(changed, JSON.stringify(signed.sign), isOfSign);
  return typeof renewed === 'string'
    ? insteadOf(changed, dir, { code: 'relay.signKept' })
    : insteadOf(renewed, dir, { code: 'relay.signRenewed' });
}

function insteadOf(frame: DecodedFrame, dir: Direction, ...more: readonly Finding[]): Instead {
  const { message, findings } = messageOf(frame.json, dir);
  return { frame, message, findings: [...frame.findings, ...findings, ...more] };
}

/** Every member that is wanted gets the value, so that all readers of a repeated member read the same. */
function changedMember(
  frame: DecodedFrame,
  fresh: string,
  isWanted: (path: Parameters<typeof isSign>[1]) => boolean,
): DecodedFrame | 'missing' | 'unchanged' | 'refused' {
  const { bytes, bodyStart, text } = frame;
  const body = bytes.subarray(bodyStart);
  const found = frame.json === null ? [] : scan(text).filter(({ path }) => isWanted(path));
  if (found.length === 0) return frame.json === null ? 'refused' : 'missing';
  const others = found.filter(({ value }) => text.slice(value.from, value.to) !== fresh);
  if (others.length === 0) return 'unchanged';
  const places = bytePlaces(body, text);
  if (places === null) return 'refused';
  const edits = others.map(({ value }) => ({
    from: places[value.from] ?? 0,
    to: places[value.to] ?? 0,
    fresh,
  }));
  return withBody(frame, spliced(body, edits)) ?? 'refused';
}

/** The frame with another body. `null`: too long. */
function withBody(frame: DecodedFrame, body: Uint8Array): DecodedFrame | null {
  const { head, declared, bytes, bodyStart } = frame;
  const read = decodeText(body);
  const { json, findings } = readJson(read.text);
  const length = bodyStart + body.length;
  if (length > Math.max(maxTotal, bytes.length)) return null;
  const whole = new Uint8Array(length);
  whole.set(bytes.subarray(0, bodyStart), 0);
  whole.set(body, bodyStart);
  let total = declared;
  if (head !== null && declared !== null && bodyStart === headSize) {
    // linux counts characters [field]. Another wrong length stays wrong by as much.
    const isInCharacters = declared !== bytes.length && declared === headSize + frame.text.length;
    total = isInCharacters ? headSize + read.text.length : declared + length - bytes.length;
    const stated = statedAs(total, head);
    if (stated === null) return null;
    whole.set(stated, 0);
  }
  return {
    kind: 'frame',
    head,
    declared: total,
    sequence: frame.sequence,
    bytes: whole,
    bodyStart,
    text: read.text,
    json,
    findings: [...read.findings, ...findings],
  };
}

function statedAs(total: number, head: NonNullable<DecodedFrame['head']>): Uint8Array | null {
  try {
    return encodeHead(total, head, 0).subarray(0, 4);
  } catch {
    return null;
  }
}

/** The sign of a login whose signed values are others now. kept: nobody can renew it. `null`: nothing signed has changed. */
function signOf(
  changed: DecodedFrame,
  { from, body }: Message,
  codeOf: (vmcNo: number) => string | null,
): { readonly sign: string } | 'kept' | null {
  if (from !== 'machine' || body.cmd !== 'login' || body.sign === null) return null;
  const { message } = messageOf(changed.json, 'in');
  if (message.from !== 'machine' || message.body.cmd !== 'login') return null;
  const { timestamp, vmcNo, sign } = message.body;
  // The rule changes the sign itself.
  if (sign !== body.sign || (timestamp === body.timestamp && vmcNo === body.vmcNo)) return null;
  const renewed = renewedSign(body, { timestamp, vmcNo }, codeOf);
  if (renewed === null) return 'kept';
  return renewed === renewedSign(body, body, codeOf) ? null : { sign: renewed };
}
