/** What is known of the machine on one connection, and what a message of it makes of that. */
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
  /** The first `numbersOfConnection` numbers that it went by. */
  readonly numbers: readonly number[];
  readonly loggedIn: boolean;
  /** The head the machine used last on this connection. */
  readonly head: Head | null;
  /** Its last login, to be compared with a code that is stored later. */
  readonly signed: SignedLogin | null;
  /** The number that it uses while a verified connection has it, and when that one was told last (ms). */
  readonly contest: { readonly vmcNo: number; readonly toldAt: number } | null;
}

export function newConversation(conn: number, peer: Peer): Conversation {
  return { conn, peer, vmcNo: null, numbers: [], loggedIn: false, head: null, signed: null, contest: null };
}

/** A frame of a machine, read. */
export interface MachineFrame {
  readonly frame: Pick<DecodedFrame, 'head' | 'sequence' | 'findings'>;
  readonly message: MachineMessage;
  /** Findings of reading the message, beside the frame's own. */
  readonly findings: readonly Finding[];
  /** Comparison of a login's sign with the stored code. */
  readonly sign: SignResult | null;
}

export interface ReceiveContext {
  /** When the frame came. */
  readonly now: number;
  readonly config: MachineConfig;
  /** The machine it is about, as known before it. */
  readonly machine: MachineState | null;
}

/** A login may rename the connection; any other message keeps the number it began with. */
export function numberAfter({ vmcNo, contest }: Conversation, message: MachineMessage): number | null {
  const known = vmcNo ?? contest?.vmcNo ?? null;
  return plays(message, 'login') || known === null ? (message.vmcNo ?? known) : known;
}

/** What a machine's message makes of the conversation. `head`: of its frame. */
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
  const { numbers: said } = conversation;
  const isNew = vmcNo !== null && said.length < numbersOfConnection && !said.includes(vmcNo);
  const signed = isLogin ? { timestamp: message.timestamp, vmcNo, sign: message.sign } : conversation.signed;
  const numbers = isNew ? [...said, vmcNo] : said;
  return { ...conversation, vmcNo, numbers, loggedIn, head, signed, contest: null };
}

/** What a machine's frame makes of the conversation, and everything that is to be remarked about it. Nothing is answered. */
export function receiveFrame(
  before: Conversation,
  { frame, message, findings, sign }: MachineFrame,
  ctx: ReceiveContext,
): { readonly conversation: Conversation; readonly findings: readonly Finding[] } {
  const conversation = afterMessage(before, message, frame.head);
  const { loggedIn } = conversation;
  const ofSequence = sequenceFindings(frame.sequence, ctx.machine, before.head === null);
  const ofMessage = messageFindings(message, sign, ctx, { known: before.vmcNo, loggedIn });
  // Most frames have no findings beyond their own: theirs stay what they are.
  const isPlain = findings.length + ofSequence.length + ofMessage.length === 0;
  return {
    conversation,
    findings: isPlain ? frame.findings : [...frame.findings, ...findings, ...ofSequence, ...ofMessage],
  };
}
