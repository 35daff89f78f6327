/** The state of one connection, and how a machine's message changes it. */
import type { Finding } from '#shared/findings';
import { numbersOfConnection } from '#shared/limits';
import { plays } from '#shared/messages/lookup';
import type { Head, Peer } from '#shared/model/frame';
import type { MachineConfig, MachineState, SignResult } from '#shared/model/machine';
import type { MachineMessage } from '#shared/model/message';
import type { DecodedFrame } from '../protocol/frame';
import type { SignedLogin } from '../protocol/sign';
import { messageFindings, sequenceFindings } from './findings';

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
