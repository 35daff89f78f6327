/**
 * The policy of a connection that is relayed: what comes is passed on to the other end as it came, judged and recorded as the server's own
 * is, and answered by nobody. Rules that a person made may keep a frame from going on, have it wait, or have it answered here.
 */
import type { Finding } from '#shared/findings';
import type { Head } from '#shared/model/frame';
import type { MachineMessage, WireMessage } from '#shared/model/message';
import { refusalOf } from '#shared/model/served';
import { pauseOf } from './pace';
import { messageCame, replies, type AnswerContext } from './answer';
import { afterMessage, numberAfter, type Conversation } from './conversation';
import type { Action, IncomingFrame, Policy, Reaction } from './policy';

/** What the first rule that a frame meets says of it. */
export type Ruling =
  | { readonly type: 'drop' | 'hold'; readonly rule: number }
  /** `body`: what it is answered with; `null`: as Crema would answer a machine. */
  | { readonly type: 'answer'; readonly rule: number; readonly body: WireMessage | null };

export interface RelayContext extends AnswerContext {
  /** Some rule may be about a frame that passes: frames are looked at before they go on. */
  readonly isRuled: () => boolean;
  /** `isGone`: the server can't be reached. */
  readonly ruling: (incoming: IncomingFrame, conversation: Conversation, isGone: boolean) => Ruling | null;
  /** The rule was followed. */
  readonly followed: (rule: number) => void;
  /** Whether another frame may be held. */
  readonly mayHold: () => boolean;
}

/** Between a machine and its server. */
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

/** Of a machine whose server can't be reached: what rules answer is answered, and nothing else. */
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

/** What the frame makes of the conversation. Of a number too many none is taken, but nobody is let go of: that is the server's to say. */
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
  const { conversation, findings, actions } = messageCame(
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
      // What Crema has no answer to goes on.
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

/** Between answers, as Crema's own have it. */
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
