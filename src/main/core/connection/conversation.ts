/** The state of one connection, how a machine's message changes it, the findings about the message, and the entries to record. */
import type { Finding } from '#shared/findings';
import { longFrame, numbersOfConnection } from '#shared/limits';
import { messages } from '#shared/messages/index';
import { plays } from '#shared/messages/lookup';
import type { FindingContext } from '#shared/messages/row';
import type { CloseReason } from '#shared/model/closeReasons';
import type { Direction, FrameEntry, Head, NewEntry, Peer } from '#shared/model/frame';
import type { MachineConfig, MachineState, SignResult } from '#shared/model/machine';
import type { MachineMessage, Message } from '#shared/model/message';
import type { DecodedFrame, DecodedJunk } from '../protocol/frame';
import type { SignedLogin } from '../protocol/sign';

export interface Conversation {
  readonly conn: number;
  readonly peer: Peer;
  readonly vmcNo: number | null;
  /** The first `numbersOfConnection` machine numbers used on this connection. */
  readonly numbers: readonly number[];
  readonly loggedIn: boolean;
  /** The head that the machine used last on this connection. */
  readonly head: Head | null;
  /** The last login, for comparison with a code that is stored later. */
  readonly signed: SignedLogin | null;
  /** The number that the connection uses although a verified connection holds it, and the time of the last report to the holder (ms). */
  readonly contest: { readonly vmcNo: number; readonly reportedAt: number } | null;
}

export function newConversation(conn: number, peer: Peer): Conversation {
  return { conn, peer, vmcNo: null, numbers: [], loggedIn: false, head: null, signed: null, contest: null };
}

/** A decoded frame of a machine. */
export interface MachineFrame {
  readonly frame: Pick<DecodedFrame, 'head' | 'sequence' | 'findings'>;
  readonly message: MachineMessage;
  /** Findings of the message, without the frame's own. */
  readonly findings: readonly Finding[];
  /** Result of comparing a login's sign with the stored code. */
  readonly sign: SignResult | null;
}

export interface ReceiveContext {
  /** Time of receipt. */
  readonly now: number;
  readonly config: MachineConfig;
  /** The machine's state before the frame. */
  readonly machine: MachineState | null;
}

/** A login may change the number of the connection. Other messages keep it. */
export function numberAfter({ vmcNo, contest }: Conversation, message: MachineMessage): number | null {
  const known = vmcNo ?? contest?.vmcNo ?? null;
  return plays(message, 'login') || known === null ? (message.vmcNo ?? known) : known;
}

/** The conversation after a machine's message. `frameHead`: head of its frame. */
export function afterMessage(
  conversation: Conversation,
  message: MachineMessage,
  frameHead: Head | null,
): Conversation {
  const vmcNo = numberAfter(conversation, message);
  const isLogin = plays(message, 'login');
  const loggedIn = conversation.loggedIn || isLogin;
  const head = frameHead ?? conversation.head;
  const isSame = vmcNo === conversation.vmcNo && !isLogin && head === conversation.head;
  if (isSame) return conversation;
  const { numbers: used } = conversation;
  const isNew = vmcNo !== null && used.length < numbersOfConnection && !used.includes(vmcNo);
  const signed = isLogin ? { timestamp: message.timestamp, vmcNo, sign: message.sign } : conversation.signed;
  const numbers = isNew ? [...used, vmcNo] : used;
  return { ...conversation, vmcNo, numbers, loggedIn, head, signed, contest: null };
}

/** The conversation after a machine's frame, and all findings about the frame. Sends no answer. */
export function receiveFrame(
  before: Conversation,
  { frame, message, findings, sign }: MachineFrame,
  ctx: ReceiveContext,
): { readonly conversation: Conversation; readonly findings: readonly Finding[] } {
  const conversation = afterMessage(before, message, frame.head);
  const { loggedIn } = conversation;
  const ofSequence = sequenceFindings(frame.sequence, ctx.machine, before.head === null);
  const ofMessage = messageFindings(message, sign, ctx, { known: before.vmcNo, loggedIn });
  // Most frames have only their own findings, so that list is reused.
  const isPlain = findings.length + ofSequence.length + ofMessage.length === 0;
  return {
    conversation,
    findings: isPlain ? frame.findings : [...frame.findings, ...findings, ...ofSequence, ...ofMessage],
  };
}

// --- findings ---

const none: readonly Finding[] = [];

/** Largest values of known counters, which start again afterwards. */
const fullCounters: ReadonlySet<number> = new Set([2 ** 8 - 1, 2 ** 16 - 1, 2 ** 31 - 1, 2 ** 32 - 1]);
/** [ours] A frame up to this many numbers behind the last one is late, as in a capture merged from several. */
const latest = 16;

/** Late, not a restarted counter: a restarted counter begins with 0 or 1. */
const isLate = (sequence: number, last: number): boolean =>
  sequence < last && last - sequence <= latest && (sequence > 1 || last <= 3);

/** The number to compare the next frame with. */
export const sequenceAfter = (sequence: number | null, last: number | null): number | null =>
  sequence === null || (last !== null && isLate(sequence, last)) ? last : sequence;

/**
 * Gaps and restarts of a machine's frame counter (le48 padding [field]), also across its connections. `isFirst`: first frame of the
 * connection. A program may restart the counter with each connection, so that case is not a finding.
 */
function sequenceFindings(
  sequence: number | null,
  machine: MachineState | null,
  isFirst: boolean,
): readonly Finding[] {
  const last = machine?.sequence ?? null;
  if (sequence === null || last === null || sequence === last + 1) return none;
  // A constant padding is not a sequence.
  if (sequence === last) return none;
  const params = { expected: last + 1, got: sequence };
  if (sequence > last) return [{ code: 'seq.gap', params }];
  const isNone = isFirst || isLate(sequence, last) || (fullCounters.has(last) && sequence <= 1);
  return isNone ? none : [{ code: 'seq.restart', params }];
}

/** The connection that received a message. */
interface MessageConnection {
  /** Its machine number before the message. */
  readonly known: number | null;
  /** Whether it has logged in, including this message. */
  readonly loggedIn: boolean;
}

type OwnFindings = (message: MachineMessage, context: FindingContext) => readonly Finding[];
const own: ReadonlyMap<string, OwnFindings> = new Map(
  messages.flatMap((row) =>
    row.direction === 'in' && row.findings !== null
      ? // Each function only receives messages of its own row.
        [[row.cmd, row.findings as unknown as OwnFindings] as const]
      : [],
  ),
);

function messageFindings(
  message: MachineMessage,
  sign: SignResult | null,
  { now, config, machine }: ReceiveContext,
  { known: number, loggedIn }: MessageConnection,
): readonly Finding[] {
  const ofRow =
    own.get(message.cmd)?.(message, { now, machine, sign, signPolicy: config.signPolicy }) ?? none;
  const isOther = number !== null && message.vmcNo !== null && message.vmcNo !== number;
  const isEarly = !loggedIn && number === null;
  if (!isOther && !isEarly) return ofRow;
  const found: Finding[] = [];
  if (isOther) found.push({ code: 'vmcNo.changed', params: { from: number, to: message.vmcNo } });
  if (isEarly) found.push({ code: 'login.missing' });
  return [...found, ...ofRow];
}

// --- entries ---

/** The effect that records an entry (effects.ts). Entries have whole ms; the times of a capture are finer. */
interface Recorded {
  readonly type: 'record';
  readonly entry: NewEntry;
}
const recorded = (entry: NewEntry): Recorded => ({ type: 'record', entry });

/** The entry of a new connection. */
export const beginning = ({ conn, vmcNo, peer }: Conversation, time: number): Recorded =>
  recorded({ kind: 'opened', at: Math.floor(time), conn, vmcNo, peer });

export const ending = ({ conn, vmcNo }: Conversation, reason: CloseReason, time: number): Recorded =>
  recorded({ kind: 'closed', at: Math.floor(time), conn, vmcNo, reason });

export const findingMade = ({ conn, vmcNo }: Conversation, finding: Finding, time: number): Recorded =>
  recorded({ kind: 'finding', at: Math.floor(time), conn, vmcNo, finding });

/** A junk entry has no direction. A finding marks junk that is not from the machine's side. */
export function junkReceived(
  { conn, vmcNo }: Conversation,
  came: Direction,
  { bytes, findings: found }: Pick<DecodedJunk, 'bytes' | 'findings'>,
  time: number,
): Recorded {
  const findings: readonly Finding[] =
    came === 'in' ? found : [...found, { code: 'capture.fromServer', params: { bytes: bytes.length } }];
  return recorded({ kind: 'junk', at: Math.floor(time), conn, vmcNo, bytes, findings });
}

/** `findings`: all findings about the frame. */
export const frameReceived = (
  conversation: Conversation,
  came: Direction,
  frame: DecodedFrame,
  message: Message,
  findings: readonly Finding[],
  at: number,
): Recorded => recorded(frameEntry(conversation, came, frame, message, findings, at));

export function frameEntry(
  { conn, vmcNo }: Conversation,
  dir: Direction,
  {
    head,
    sequence,
    bytes,
    bodyStart,
    text,
  }: Pick<FrameEntry, 'head' | 'sequence' | 'bytes' | 'bodyStart' | 'text'>,
  message: Message,
  found: readonly Finding[],
  time: number,
): NewEntry {
  const { length } = bytes;
  const findings: readonly Finding[] =
    dir === 'out' && length > longFrame ? [...found, { code: 'out.long', params: { bytes: length } }] : found;
  const at = Math.floor(time);
  return { kind: 'frame', at, conn, vmcNo, dir, head, sequence, bytes, bodyStart, text, message, findings };
}
