/**
 * The policy of a relayed connection: forwards received data unchanged, checks and records it like the server's own data, and answers nothing.
 * Rules of the user may drop, hold or answer a frame.
 */
import type { Finding } from '#shared/findings';
import type { Head } from '#shared/model/frame';
import type { MachineMessage, WireMessage } from '#shared/model/message';
import { refusalOf } from '#shared/model/served';
import { pauseOf } from './pace';
import { receiveMessage, replies, type AnswerContext } from './answer';
import { afterMessage, numberAfter, type Conversation } from './conversation';
import type { Action, IncomingFrame, Policy, Reaction } from './policy';

/** The decision of the first rule that matches a frame. */
export type Ruling =
  | { readonly type: 'drop' | 'hold'; readonly rule: number }
  /** `body`: the answer; `null`: Crema's own answer. */
  | { readonly type: 'answer'; readonly rule: number; readonly body: WireMessage | null };

export interface RelayContext extends AnswerContext {
  /** Some rule may match passing frames, so frames are checked before they are forwarded. */
  readonly isRuled: () => boolean;
  /** `isGone`: the server is unreachable. */
  readonly ruling: (incoming: IncomingFrame, conversation: Conversation, isGone: boolean) => Ruling | null;
  /** The rule was applied. */
  readonly followed: (rule: number) => void;
  /** Whether another frame may be held. */
  readonly mayHold: () => boolean;
}

/** The policy between a machine and its server. */
export function relay(ctx: RelayContext): Policy {
  return {
    hasLimits: false,
    headFor: headOf(ctx),
    passesAtOnce: () => !ctx.isRuled(),
    onFrame: (incoming, before) => {
      const received = receive(incoming, before, ctx);
      const ruling = incoming.isPassed ? null : ctx.ruling(incoming, received.conversation, false);
      return ruling === null ? received : followed(ruling, incoming, received, ctx);
    },
  };
}

/** The policy for a machine whose server is unreachable: only rules answer it. */
export function cutOff(ctx: RelayContext): Policy {
  return {
    hasLimits: true,
    headFor: headOf(ctx),
    onFrame: (incoming, before) => {
      const received = receive(incoming, before, ctx);
      const ruling = ctx.ruling(incoming, received.conversation, true);
      if (ruling?.type === 'answer') {
        const answered = followed(ruling, incoming, received, ctx);
        if (answered !== received) return answered;
      }
      return { ...received, findings: [...received.findings, { code: 'relay.notPassed' }] };
    },
  };
}

const headOf =
  (ctx: RelayContext) =>
  ({ vmcNo, head }: Conversation): Head =>
    ctx.config(vmcNo).head ?? head ?? 'decimal';

/** The reaction to a frame. Numbers above the limit are not taken, but the connection stays open: closing it is up to the server. */
function receive(incoming: IncomingFrame, before: Conversation, ctx: RelayContext): Reaction {
  const { frame, message, findings: reading, at } = incoming;
  const plain = [...frame.findings, ...reading];
  if (message.from !== 'machine') return { conversation: before, findings: plain, actions: [] };
  const { body } = message;
  const vmcNo = numberAfter(before, body);
  const link = ctx.directLink();
  const refused = refusalOf(vmcNo, before.numbers, link);
  if (vmcNo !== null && refused === 'numbers') {
    const finding: Finding = { code: 'number.tooMany', params: { vmcNo } };
    const conversation = { ...afterMessage(before, body, frame.head), vmcNo: before.vmcNo };
    return { conversation, findings: [...plain, finding], actions: [] };
  }
  if (refused === 'reserved' && link?.vmcNo != null) {
    const finding: Finding = { code: 'link.reserved', params: { vmcNo: link.vmcNo } };
    const actions: readonly Action[] = [{ type: 'close', reason: 'reserved' }];
    return { conversation: before, findings: [...plain, finding], actions };
  }
  const { conversation, findings, actions } = receiveMessage(
    { frame, message: body, findings: reading, at },
    before,
    vmcNo,
    ctx,
  );
  return { conversation, findings, actions };
}

function followed(ruling: Ruling, incoming: IncomingFrame, received: Reaction, ctx: RelayContext): Reaction {
  const { rule } = ruling;
  const remarked = (finding: Finding): Pick<Reaction, 'findings'> => ({
    findings: [...received.findings, finding],
  });
  const by = { rule };
  switch (ruling.type) {
    case 'drop':
      ctx.followed(rule);
      return { ...received, ...remarked({ code: 'relay.dropped', params: by }), stays: 'dropped' };
    case 'hold':
      ctx.followed(rule);
      if (!ctx.mayHold()) return { ...received, ...remarked({ code: 'relay.holdFull', params: by }) };
      return { ...received, ...remarked({ code: 'relay.held', params: by }), stays: { heldBy: rule } };
    case 'answer': {
      const answers = ruling.body === null ? ownAnswers(incoming, received.conversation, ctx) : [ruling.body];
      // A frame without an answer of Crema is forwarded.
      const [first, ...others] = answers;
      if (first === undefined) return received;
      if (!incoming.mayAnswer) return { ...received, ...remarked({ code: 'relay.noAnswer', params: by }) };
      ctx.followed(rule);
      const head = incoming.frame.head ?? headOf(ctx)(received.conversation);
      const { leg } = incoming;
      const pause = pauseFor(incoming, received.conversation, ctx);
      const sent: readonly Action[] = [
        { type: 'send', leg, message: first, head },
        ...others.map((message): Action => ({ type: 'send', leg, message, head, pause })),
      ];
      return {
        ...received,
        ...remarked({ code: 'relay.answered', params: by }),
        actions: [...received.actions, ...sent],
        stays: 'dropped',
      };
    }
  }
}

/** The pause between answers, as for Crema's own. */
function pauseFor({ message }: IncomingFrame, { vmcNo }: Conversation, ctx: RelayContext): number {
  const machine = message.from === 'machine' ? ctx.machine(vmcNo, message.body) : null;
  return pauseOf(ctx.config(vmcNo).platform ?? machine?.platform ?? null);
}

function ownAnswers(
  { message, now, frame: { json } }: IncomingFrame,
  { vmcNo }: Conversation,
  ctx: RelayContext,
): readonly WireMessage[] {
  if (message.from !== 'machine') return [];
  const body: MachineMessage = message.body;
  const about = { ctx, config: ctx.config(vmcNo), machine: ctx.machine(vmcNo, body), now, json };
  return replies(body, vmcNo, 0, about);
}
