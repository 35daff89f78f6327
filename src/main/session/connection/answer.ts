/** The server's policy: a machine's messages are judged by what is known of it, and answered. */
import { loginAnswer } from '#shared/messages/login';
import type { Finding } from '#shared/findings';
import type { Head } from '#shared/model/frame';
import type { MachineConfig, MachineState, SignResult } from '#shared/model/machine';
import type { MachineMessage, WireMessage } from '#shared/model/message';
import { checkSign } from '../../protocol/sign';
import { repliesTo } from '../replies';
import { receiveFrame, numberAfter, type Conversation } from './conversation';
import type { Action, IncomingFrame, Policy, Reaction } from './policy';

/** What the server knows beside the connection. */
export interface AnswerContext {
  readonly machine: (vmcNo: number | null) => MachineState | null;
  readonly config: (vmcNo: number | null) => MachineConfig;
  /** The machine's verification code, if one is stored. */
  readonly code: (vmcNo: number) => string | null;
  readonly paymentTypes: () => readonly string[];
  /** Only this machine is served; `null`: every one. */
  readonly directLink: () => number | null;
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
  };
}

function onMessage(
  { frame, findings: reading, at, now }: IncomingFrame,
  message: MachineMessage,
  before: Conversation,
  ctx: AnswerContext,
): Reaction {
  const vmcNo = numberAfter(before.vmcNo, message);
  const machine = ctx.machine(vmcNo);
  const config = ctx.config(vmcNo);
  const sign =
    message.cmd === 'login' && vmcNo !== null
      ? checkSign({ timestamp: message.timestamp, vmcNo, sign: message.sign }, ctx.code(vmcNo))
      : null;
  const { conversation, findings } = receiveFrame(
    before,
    { frame, message, findings: reading, sign },
    { now: at, config, machine },
  );
  const head = config.head ?? conversation.head ?? 'decimal';
  const reserved = ctx.directLink();
  if (reserved !== null && vmcNo !== null && vmcNo !== reserved) {
    const finding: Finding = { code: 'link.reserved', params: { vmcNo: reserved } };
    // A person reserved the link for another machine, warned of what ret 3 does to a linux one [field].
    const refusal = loginAnswer(vmcNo, now, 3);
    const told = message.cmd === 'login' ? [toMachine(refusal, head)] : [];
    const actions: readonly Action[] = [...told, { type: 'close', reason: 'reserved' }];
    return { conversation, findings: [...findings, finding], actions };
  }
  const actions: Action[] = [];
  if (vmcNo !== null && vmcNo !== before.vmcNo) {
    actions.push({ type: 'claim', vmcNo, released: before.vmcNo });
  }
  for (const reply of replies(message, vmcNo, sign, { ctx, config, machine, now }))
    actions.push(toMachine(reply, head));
  return { conversation, findings, actions };
}

function replies(
  message: MachineMessage,
  vmcNo: number | null,
  sign: SignResult | null,
  about: {
    readonly ctx: AnswerContext;
    readonly config: MachineConfig;
    readonly machine: MachineState | null;
    readonly now: number;
  },
): readonly WireMessage[] {
  const { ctx, config, machine, now } = about;
  const wrong = sign !== null && (sign.kind === 'mismatch' || sign.kind === 'absent');
  return repliesTo(message, {
    vmcNo,
    profile: config.replyProfile,
    qrAnswers: config.qrAnswers,
    machine,
    paymentTypes: ctx.paymentTypes(),
    ret: wrong && config.signPolicy === 'enforce' ? 1 : 0,
    now,
  });
}

const toMachine = (message: WireMessage, head: Head): Action => ({
  type: 'send',
  leg: 'machine',
  message,
  head,
});
