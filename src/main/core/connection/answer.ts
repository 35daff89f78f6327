/** The server's policy: checks a machine's messages against the known state and answers them. */
import type { Finding } from '#shared/findings';
import { signFindings } from '#shared/messages/login';
import { plays } from '#shared/messages/lookup';
import { isTurnedAway, refusalOf, serviceOf, type DirectLink } from '#shared/model/served';
import type { Head, JsonObject } from '#shared/model/frame';
import type { MachineConfig, MachineState, SignResult } from '#shared/model/machine';
import type { MachineMessage, WireMessage } from '#shared/model/message';
import type { Verification } from '#shared/model/verified';
import { checkSign } from '../protocol/sign';
import { pauseOf } from './pace';
import { repliesTo } from './replies';
import { paymentDue, rehearsedPayment } from './rehearsal';
import type { Holder } from './claims';
import { contested, keepsNumber } from './contest';
import { receiveFrame, numberAfter, type Conversation, type MachineFrame } from './conversation';
import type { Action, IncomingFrame, Policy, Reaction } from './policy';

/** State outside the connection that the policy reads. */
export interface AnswerContext {
  /** The machine's state before the message, with the order that the message is about. */
  readonly machine: (vmcNo: number | null, message: MachineMessage) => MachineState | null;
  readonly config: (vmcNo: number | null) => MachineConfig;
  /** The machine's verification code, if one is stored. */
  readonly code: (vmcNo: number) => string | null;
  /** Whether the connection that holds the number has proved its identity. */
  readonly verification: (vmcNo: number) => Verification;
  /** The other connection that holds the number; `null`: none. */
  readonly rival: (vmcNo: number, conn: number) => Omit<Holder, 'isVerified'> | null;
  readonly paymentTypes: () => readonly string[];
  /** `null`: every machine is served. */
  readonly directLink: () => DirectLink | null;
}

export function answer(ctx: AnswerContext): Policy {
  const headFor = ({ vmcNo, head }: Conversation): Head => ctx.config(vmcNo).head ?? head ?? 'decimal';
  return {
    hasLimits: true,
    headFor,
    onFrame: (incoming, conversation) =>
      incoming.message.from === 'machine'
        ? onMessage(incoming, incoming.message.body, conversation, ctx)
        : { conversation, findings: [...incoming.frame.findings, ...incoming.findings], actions: [] },
    onDue: (about, conversation) => {
      const { vmcNo } = conversation;
      if (vmcNo === null || isTurnedAway(ctx.directLink(), vmcNo)) return [];
      const config = ctx.config(vmcNo);
      // The current state: a person may have decided meanwhile, or the machine may have given up.
      const machine = ctx.machine(vmcNo, { cmd: 'checkorder', vmcNo, orderNo: about, productId: null });
      const payment = rehearsedPayment(about, { vmcNo, config, machine, paymentTypes: ctx.paymentTypes() });
      if (payment === null) return [];
      if (ctx.verification(vmcNo) === 'unverified')
        return [{ type: 'remark', conn: conversation.conn, finding: unverified(about) }];
      const pause = pauseOf(config.platform ?? machine?.platform ?? null);
      return [{ ...toMachine(payment, headFor(conversation)), pause }];
    },
  };
}

/** A machine without proved identity gets no payment result, just as it gets no payment command. */
const unverified = (orderNo: string): Finding => ({ code: 'rehearsal.unverified', params: { orderNo } });

function onMessage(
  { frame, findings: reading, at, now }: IncomingFrame,
  message: MachineMessage,
  before: Conversation,
  ctx: AnswerContext,
): Reaction {
  const vmcNo = numberAfter(before, message);
  const direct = ctx.directLink();
  const refused = refusalOf(vmcNo, before.numbers, direct);
  if (vmcNo !== null && refused === 'numbers') {
    const finding: Finding = { code: 'number.tooMany', params: { vmcNo } };
    const findings = [...frame.findings, ...reading, finding];
    // The number is not taken: a client with made-up numbers must not fill the list of machines.
    return { conversation: before, findings, actions: [{ type: 'close', reason: 'tooManyNumbers' }] };
  }
  const { json } = frame;
  const config = ctx.config(vmcNo);
  const {
    conversation,
    findings,
    sign,
    machine,
    actions: claims,
  } = receiveMessage({ frame, message, findings: reading, at }, before, vmcNo, ctx);
  const head = config.head ?? conversation.head ?? 'decimal';
  if (vmcNo !== null && refused === 'reserved' && direct?.vmcNo != null) {
    const finding: Finding = { code: 'link.reserved', params: { vmcNo: direct.vmcNo } };
    const isAnswered = direct.tells && plays(message, 'login');
    const answers = isAnswered ? replies(message, vmcNo, 3, { ctx, config, machine, now, json }) : [];
    const actions: readonly Action[] = [
      ...answers.map((reply) => toMachine(reply, head)),
      { type: 'close', reason: 'reserved' },
    ];
    return { conversation, findings: [...findings, finding], actions };
  }
  const actions: Action[] = [...claims];
  const isWrong = sign !== null && (sign.kind === 'mismatch' || sign.kind === 'absent');
  const service = serviceOf({
    refused,
    relay: null,
    loggedIn: conversation.loggedIn,
    isNamed: vmcNo !== null,
    ret: isWrong && config.signPolicy === 'enforce' ? 1 : 0,
  });
  const ret = service === 'sign' ? 1 : 0;
  for (const reply of replies(message, vmcNo, ret, { ctx, config, machine, now, json })) {
    const isFirst = actions.every(({ type }) => type !== 'send');
    const pause = isFirst ? {} : { pause: pauseOf(config.platform ?? machine?.platform ?? null) };
    actions.push({ ...toMachine(reply, head), ...pause });
  }
  const due =
    vmcNo === null || vmcNo !== conversation.vmcNo ? null : paymentDue(message, config, machine, now);
  if (due !== null) actions.push({ type: 'remind', leg: 'machine', ...due });
  return { conversation, findings, actions };
}

interface MessageReaction extends Omit<Reaction, 'stays'> {
  readonly sign: SignResult | null;
  /** The state before the message; `null` also if the number does not belong to the connection. */
  readonly machine: MachineState | null;
}

/** Applies a machine's message to the conversation, and decides whether the connection claims the number. */
export function receiveMessage(
  {
    frame,
    message,
    findings: reading,
    at,
  }: Pick<MachineFrame, 'frame' | 'message' | 'findings'> & { at: number },
  before: Conversation,
  vmcNo: number | null,
  ctx: AnswerContext,
): MessageReaction {
  const login = plays(message, 'login') ? message : null;
  const isNew = vmcNo !== null && vmcNo !== before.vmcNo;
  const sign =
    login !== null && vmcNo !== null
      ? checkSign({ timestamp: login.timestamp, vmcNo, sign: login.sign }, ctx.code(vmcNo))
      : null;
  // The relay leaves such a connection open although another one holds the number.
  const other = vmcNo === null ? null : ctx.rival(vmcNo, before.conn);
  const rival =
    other === null || vmcNo === null
      ? null
      : { ...other, isVerified: ctx.verification(vmcNo) === 'verified' };
  const proof = sign ?? (isNew || vmcNo === null ? null : signOf(before, ctx.code(vmcNo)));
  const isKept = rival !== null && keepsNumber(rival, proof);
  const machine = isKept ? null : ctx.machine(vmcNo, message);
  const { conversation, findings } = receiveFrame(
    before,
    { frame, message, findings: reading, sign },
    { now: at, config: ctx.config(vmcNo), machine },
  );
  if (isKept && vmcNo !== null) {
    const contest = contested(before, conversation, rival, { vmcNo, isLogin: login !== null, at });
    return { ...contest, findings: [...findings, contest.finding], sign, machine };
  }
  const isUnsigned = rival?.isVerified === true && sign?.kind !== 'matched';
  const movedFrom = rival === null && sign?.kind !== 'matched' ? lastAddress(before, machine, at) : null;
  const actions: readonly Action[] = isNew
    ? [{ type: 'claim', vmcNo, released: before.vmcNo, isUnsigned, movedFrom }]
    : [];
  const taken = isNew && login === null ? [...findings, ...signOfEarlier(before, vmcNo, ctx)] : findings;
  return { conversation, findings: taken, actions, sign, machine };
}

/** The connection logged in while another one held the number. The result of its sign counts from now on. */
function signOfEarlier({ signed }: Conversation, vmcNo: number, ctx: AnswerContext): readonly Finding[] {
  if (signed?.vmcNo !== vmcNo) return [];
  const { signPolicy } = ctx.config(vmcNo);
  return signFindings({ sign: checkSign(signed, ctx.code(vmcNo)), signPolicy });
}

/** The sign of the last login on the connection; `null`: no login. */
const signOf = ({ signed }: Conversation, code: string | null): SignResult | null =>
  signed === null ? null : checkSign(signed, code);

/** [ours] ms. After a longer absence a different address is normal. */
const movedWithin = 3_600_000;

/** The machine's previous address, if the machine used it recently and the address changed; otherwise `null`. */
function lastAddress({ peer }: Conversation, machine: MachineState | null, now: number): string | null {
  if (machine?.link.status !== 'offline' || now - machine.link.since > movedWithin) return null;
  return machine.link.address === peer.remoteAddress ? null : machine.link.address;
}

/** The replies to a machine's message; `ret`: result of a login. */
export function replies(
  message: MachineMessage,
  vmcNo: number | null,
  ret: number,
  about: {
    readonly ctx: Pick<AnswerContext, 'paymentTypes'>;
    readonly config: MachineConfig;
    readonly machine: MachineState | null;
    readonly now: number;
    readonly json: JsonObject | null;
  },
): readonly WireMessage[] {
  const { ctx, config, machine, now, json } = about;
  return repliesTo(message, {
    vmcNo,
    profile: config.replyProfile,
    qrAnswers: config.qrAnswers,
    qrTemplate: config.qrTemplate,
    machine,
    paymentTypes: ctx.paymentTypes(),
    ret,
    now,
    json,
  });
}

const toMachine = (message: WireMessage, head: Head) =>
  ({ type: 'send', leg: 'machine', message, head }) as const satisfies Action;
