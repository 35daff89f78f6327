/**
 * One connection's conversation as a function: (state, event, context) -> { state, commands }. It opens no socket and reads no
 * clock; what must happen in the world is returned as values.
 */
import type { Finding } from '#shared/catalog/findings';
import type { CloseReason, Head, NewEntry, Peer } from '#shared/model/frame';
import type { MachineConfig, MachineState, SignResult } from '#shared/model/machine';
import type { MachineMessage, ServerMessage } from '#shared/model/message';
import type { DecodedFrame, DecodedJunk } from '../protocol/frame';
import { messageFindings, sequenceFindings } from './remarks';
import { repliesTo, wireTime } from './replies';

/** [doc] 3.1: two minutes without anything and the connection is dead. */
const silenceLimit = 120_000;
/** [ours] Bytes without a frame that close the connection. */
const noFrameLimit = 65_536;
/** [ours] A frame that does not complete in this time closes the connection. */
const halfFrameLimit = 30_000;

export interface ConversationState {
  readonly conn: number;
  readonly peer: Peer;
  readonly vmcNo: number | null;
  readonly loggedIn: boolean;
  /** The head the machine used last on this connection. */
  readonly head: Head | null;
  readonly lastBytes: number;
  /** Since when the same unfinished frame is held, ms; `null`: nothing is held. */
  readonly pendingSince: number | null;
  /** Junk bytes since the last frame. */
  readonly junkBytes: number;
  readonly ended: boolean;
}

export type SessionEvent =
  | { readonly type: 'opened' }
  | {
      readonly type: 'frame';
      readonly frame: Pick<DecodedFrame, 'head' | 'sequence' | 'bytes' | 'bodyStart' | 'text' | 'findings'>;
      readonly message: MachineMessage;
      /** Findings of reading the message, beside the frame's own. */
      readonly findings: readonly Finding[];
      /** Comparison of a login's sign with the stored code. */
      readonly sign: SignResult | null;
    }
  | { readonly type: 'junk'; readonly junk: DecodedJunk }
  | { readonly type: 'overflow'; readonly bytes: number }
  /** All items of one read were handed over; `pending` bytes are still held by the decoder. */
  | { readonly type: 'read'; readonly pending: number; readonly progressed: boolean }
  /** After a time of quiet the decoder has decided what it could; `pending` bytes are still held. */
  | { readonly type: 'settled'; readonly pending: number }
  | { readonly type: 'wake'; readonly timer: Timer; readonly pending: number }
  | { readonly type: 'claimed'; readonly shared: number | null; readonly replaced: number | null }
  | { readonly type: 'close'; readonly reason: CloseReason; readonly finding?: Finding }
  | { readonly type: 'closed'; readonly reason: CloseReason };

export type Timer = 'silence' | 'halfFrame';

export type SessionCommand =
  | { readonly type: 'record'; readonly entry: NewEntry }
  | { readonly type: 'send'; readonly message: ServerMessage; readonly head: Head }
  | { readonly type: 'wake'; readonly timer: Timer; readonly at: number }
  /** The connection says it is this machine. */
  | { readonly type: 'claim'; readonly vmcNo: number; readonly released: number | null }
  | { readonly type: 'close'; readonly reason: CloseReason };

export interface SessionContext {
  readonly now: number;
  readonly config: MachineConfig;
  readonly paymentTypes: readonly string[];
  /** Only this machine is served; `null`: every one. */
  readonly directLink: number | null;
  /** The machine the event is about, as known before the event. */
  readonly machine: MachineState | null;
}

export interface Step {
  readonly state: ConversationState;
  readonly commands: readonly SessionCommand[];
}

export function newConversation(conn: number, peer: Peer, now: number): ConversationState {
  return {
    conn,
    peer,
    vmcNo: null,
    loggedIn: false,
    head: null,
    lastBytes: now,
    pendingSince: null,
    junkBytes: 0,
    ended: false,
  };
}

/** The conversation's next step. After `ended` nothing more happens. */
export function step(state: ConversationState, event: SessionEvent, ctx: SessionContext): Step {
  if (state.ended) return { state, commands: [] };
  switch (event.type) {
    case 'opened':
      return {
        state,
        commands: [
          { type: 'record', entry: { kind: 'opened', ...entryBase(state, ctx), peer: state.peer } },
          { type: 'wake', timer: 'silence', at: ctx.now + silenceLimit },
        ],
      };
    case 'frame':
      return onFrame(state, event, ctx);
    case 'junk': {
      const { bytes, findings } = event.junk;
      const entry: NewEntry = { kind: 'junk', ...entryBase(state, ctx), bytes, findings };
      const junkBytes = state.junkBytes + bytes.length;
      return { state: { ...state, junkBytes }, commands: [{ type: 'record', entry }] };
    }
    case 'overflow':
      return end(state, ctx, 'noFrame', { code: 'link.noFrame', params: { bytes: event.bytes } });
    case 'read':
      return onRead(state, event.pending, event.progressed, ctx);
    case 'settled':
      if (state.junkBytes + event.pending >= noFrameLimit) return tooMuchJunk(state, event.pending, ctx);
      return { state: event.pending === 0 ? { ...state, pendingSince: null } : state, commands: [] };
    case 'wake':
      return onWake(state, event.timer, event.pending, ctx);
    case 'claimed':
      return { state, commands: onClaimed(state, event.replaced, event.shared, ctx) };
    case 'close':
      return end(state, ctx, event.reason, event.finding ?? null);
    case 'closed':
      return {
        state: { ...state, ended: true },
        commands: [
          { type: 'record', entry: { kind: 'closed', ...entryBase(state, ctx), reason: event.reason } },
        ],
      };
  }
}

function entryBase(
  state: ConversationState,
  ctx: SessionContext,
): { at: number; conn: number; vmcNo: number | null } {
  return { at: ctx.now, conn: state.conn, vmcNo: state.vmcNo };
}

function end(
  state: ConversationState,
  ctx: SessionContext,
  reason: CloseReason,
  finding: Finding | null,
): Step {
  const commands: SessionCommand[] = [];
  if (finding !== null) {
    commands.push({ type: 'record', entry: { kind: 'finding', ...entryBase(state, ctx), finding } });
  }
  commands.push(
    { type: 'record', entry: { kind: 'closed', ...entryBase(state, ctx), reason } },
    { type: 'close', reason },
  );
  return { state: { ...state, ended: true }, commands };
}

/** Also slow junk, given out bit by bit, adds up. */
function tooMuchJunk(state: ConversationState, pending: number, ctx: SessionContext): Step {
  const bytes = state.junkBytes + pending;
  return end(state, ctx, 'noFrame', { code: 'link.noFrame', params: { bytes } });
}

function onRead(state: ConversationState, pending: number, progressed: boolean, ctx: SessionContext): Step {
  if (state.junkBytes + pending >= noFrameLimit) return tooMuchJunk(state, pending, ctx);
  const next = { ...state, lastBytes: ctx.now };
  if (pending === 0) return { state: { ...next, pendingSince: null }, commands: [] };
  if (state.pendingSince !== null && !progressed) return { state: next, commands: [] };
  return {
    state: { ...next, pendingSince: ctx.now },
    commands: [{ type: 'wake', timer: 'halfFrame', at: ctx.now + halfFrameLimit }],
  };
}

function onWake(state: ConversationState, timer: Timer, pending: number, ctx: SessionContext): Step {
  if (timer === 'silence') {
    const due = state.lastBytes + silenceLimit;
    if (ctx.now < due) return { state, commands: [{ type: 'wake', timer, at: due }] };
    const ms = ctx.now - state.lastBytes;
    return end(state, ctx, 'silence', { code: 'link.silence', params: { ms } });
  }
  if (state.pendingSince === null) return { state, commands: [] };
  const due = state.pendingSince + halfFrameLimit;
  if (ctx.now < due) return { state, commands: [{ type: 'wake', timer, at: due }] };
  const params = { bytes: pending, ms: ctx.now - state.pendingSince };
  return end(state, ctx, 'halfFrame', { code: 'link.halfFrame', params });
}

function onClaimed(
  state: ConversationState,
  replaced: number | null,
  shared: number | null,
  ctx: SessionContext,
): readonly SessionCommand[] {
  const record = (finding: Finding): SessionCommand => ({
    type: 'record',
    entry: { kind: 'finding', ...entryBase(state, ctx), finding },
  });
  return [
    ...(replaced === null ? [] : [record({ code: 'number.replaced', params: { conn: replaced } })]),
    ...(shared === null ? [] : [record({ code: 'number.shared', params: { swaps: shared } })]),
  ];
}

/** What a frame from the machine makes of the conversation, and everything that is to be remarked about it. Nothing is answered. */
export function hear(
  state: ConversationState,
  { frame, message, findings, sign }: Omit<Extract<SessionEvent, { type: 'frame' }>, 'type'>,
  ctx: SessionContext,
): { readonly state: ConversationState; readonly findings: readonly Finding[] } {
  // A login may rename the connection; any other message keeps the number it began with.
  const isLogin = message.cmd === 'login';
  const vmcNo = isLogin || state.vmcNo === null ? (message.vmcNo ?? state.vmcNo) : state.vmcNo;
  const loggedIn = state.loggedIn || isLogin;
  const head = frame.head ?? state.head;
  const isSame =
    vmcNo === state.vmcNo && loggedIn === state.loggedIn && head === state.head && state.junkBytes === 0;
  const found = [
    findings,
    sequenceFindings(frame.sequence, ctx.machine),
    messageFindings(message, sign, ctx, { known: state.vmcNo, loggedIn }),
    isReserved(vmcNo, ctx) ? [reservedFinding(ctx)] : noFindings,
  ];
  return {
    state: isSame ? state : { ...state, vmcNo, loggedIn, head, junkBytes: 0 },
    // Most frames are remarked nothing about: theirs stay what they are.
    findings: found.every((some) => some.length === 0) ? frame.findings : [frame.findings, ...found].flat(),
  };
}

function onFrame(
  state: ConversationState,
  event: Extract<SessionEvent, { type: 'frame' }>,
  ctx: SessionContext,
): Step {
  const { frame, message } = event;
  const { state: next, findings } = hear(state, event, ctx);
  const { vmcNo } = next;
  const commands: SessionCommand[] = [
    {
      type: 'record',
      entry: {
        kind: 'frame',
        at: ctx.now,
        conn: next.conn,
        vmcNo,
        dir: 'in',
        head: frame.head,
        sequence: frame.sequence,
        bytes: frame.bytes,
        bodyStart: frame.bodyStart,
        text: frame.text,
        message: { from: 'machine', body: message },
        findings,
      },
    },
  ];
  if (isReserved(vmcNo, ctx)) return refused(next, message, commands, ctx);
  if (vmcNo !== null && vmcNo !== state.vmcNo) commands.push({ type: 'claim', vmcNo, released: state.vmcNo });
  const head = ctx.config.head ?? next.head ?? 'decimal';
  for (const reply of replies(next, message, event.sign, ctx)) {
    commands.push({ type: 'send', message: reply, head });
  }
  return { state: next, commands };
}

const noFindings: readonly Finding[] = [];

function isReserved(vmcNo: number | null, { directLink }: SessionContext): boolean {
  return directLink !== null && vmcNo !== null && vmcNo !== directLink;
}

function reservedFinding({ directLink }: SessionContext): Finding {
  return { code: 'link.reserved', params: { vmcNo: directLink ?? 0 } };
}

/** A person reserved the link for another machine, warned of what ret 3 does to a linux one [field]. */
function refused(
  state: ConversationState,
  message: MachineMessage,
  commands: readonly SessionCommand[],
  ctx: SessionContext,
): Step {
  const { vmcNo } = state;
  const answer: readonly SessionCommand[] =
    message.cmd === 'login' && vmcNo !== null
      ? [
          {
            type: 'send',
            message: { cmd: 'login_r', vmc_no: vmcNo, date_time: wireTime(ctx.now), ret: 3 },
            head: ctx.config.head ?? state.head ?? 'decimal',
          },
        ]
      : [];
  const ended = end(state, ctx, 'reserved', null);
  return { state: ended.state, commands: [...commands, ...answer, ...ended.commands] };
}

function replies(
  state: ConversationState,
  message: MachineMessage,
  sign: SignResult | null,
  ctx: SessionContext,
): readonly ServerMessage[] {
  // A heartbeat needs no number to be answered [doc]; everything else does.
  if (state.vmcNo === null) return message.cmd === 'hb' ? [{ cmd: 'hb' }] : [];
  const wrong = sign !== null && (sign.kind === 'mismatch' || sign.kind === 'absent');
  return repliesTo(message, {
    vmcNo: state.vmcNo,
    profile: ctx.config.replyProfile,
    qrAnswers: ctx.config.qrAnswers,
    machine: ctx.machine,
    paymentTypes: ctx.paymentTypes,
    ret: wrong && ctx.config.signPolicy === 'enforce' ? 1 : 0,
    now: ctx.now,
  });
}
