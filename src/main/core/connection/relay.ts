/**
 * The policy of a relayed connection: forwards received data unchanged, checks and records it like the server's own data, and answers nothing.
 * Rules of the user may drop, hold, answer, rewrite or delay a frame.
 */
import type { Finding } from '#shared/findings';
import type { Head } from '#shared/model/frame';
import type { MachineMessage, WireMessage } from '#shared/model/message';
import type { RelayChange } from '#shared/model/relay';
import { refusalOf } from '#shared/model/served';
import { pauseOf } from './pace';
import { receiveMessage, replies, type AnswerContext } from './answer';
import { afterMessage, numberAfter, type Conversation } from './conversation';
import type { Action, IncomingFrame, Policy, Reaction } from './policy';
import { rewrite } from './rewriting';

/** The decision of the first rule that matches a frame. */
export type Ruling =
  | { readonly type: 'drop' | 'hold'; readonly rule: number }
  /** `body`: the answer; `null`: Crema's own answer. */
  | { readonly type: 'answer'; readonly rule: number; readonly body: WireMessage | null }
  | { readonly type: 'rewrite'; readonly rule: number; readonly change: RelayChange }
  | { readonly type: 'delay'; readonly rule: number; readonly ms: number };

export interface RelayContext extends AnswerContext {
  /** Some rule may match passing frames, so frames are checked before they are forwarded. */
  readonly isRuled: () => boolean;
  /** `isGone`: the server is unreachable. */
  readonly ruling: (incoming: IncomingFrame, conversation: Conversation, isGone: boolean) => Ruling | null;
  /** The rule was applied. */
  readonly followed: (rule: number) => void;
  /** The rule matched, but the frame was forwarded unchanged. */
  readonly waived: (rule: number) => void;
  /** Whether another frame may be held, or delayed. */
  readonly mayHold: () => boolean;
  readonly mayDelay: () => boolean;
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
export function cutOff(given: RelayContext): Policy {
  // A frame that no rule answers is not forwarded.
  const ctx: RelayContext = { ...given, waived: () => undefined };
  return {
    hasLimits: true,
    headFor: headOf(ctx),
    onFrame: (incoming, before) => {
      const received = receive(incoming, before, ctx);
      const ruling = ctx.ruling(incoming, received.conversation, true);
      const answered = ruling?.type === 'answer' ? followed(ruling, incoming, received, ctx) : received;
      if (answered.stays !== undefined) return answered;
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
  const remarked = (...more: readonly Finding[]): Reaction => ({
    ...received,
    findings: [...received.findings, ...more],
  });
  const by = { rule };
  const waived = (finding: Finding): Reaction => {
    ctx.waived(rule);
    return remarked(finding);
  };
  switch (ruling.type) {
    case 'drop':
      ctx.followed(rule);
      return { ...remarked({ code: 'relay.dropped', params: by }), stays: 'dropped' };
    case 'hold':
      if (!ctx.mayHold()) return waived({ code: 'relay.holdFull', params: by });
      ctx.followed(rule);
      return { ...remarked({ code: 'relay.held', params: by }), stays: { heldBy: rule } };
    case 'delay': {
      const { ms } = ruling;
      if (!ctx.mayDelay()) return waived({ code: 'relay.delayFull', params: by });
      ctx.followed(rule);
      return {
        ...remarked({ code: 'relay.delayed', params: { rule, delay: ms } }),
        stays: { delayedBy: rule, ms },
      };
    }
    case 'rewrite': {
      const { change } = ruling;
      const { member } = change;
      const instead = rewrite(incoming.frame, incoming.message, change, ctx.code);
      if (instead === 'missing') return waived({ code: 'relay.memberMissing', params: { rule, member } });
      if (instead === 'refused') return waived({ code: 'relay.notRewritten', params: { rule, member } });
      ctx.followed(rule);
      if (instead === 'unchanged') return received;
      const finding: Finding = { code: 'relay.rewritten', params: { rule, member } };
      return {
        ...remarked({ code: 'relay.replaced', params: by }),
        instead: { ...instead, findings: [...instead.findings, finding] },
      };
    }
    case 'answer': {
      const answers = ruling.body === null ? ownAnswers(incoming, received.conversation, ctx) : [ruling.body];
      const [first, ...others] = answers;
      if (first === undefined) return waived({ code: 'relay.noOwnAnswer', params: by });
      if (!incoming.mayAnswer) return waived({ code: 'relay.noAnswer', params: by });
      ctx.followed(rule);
      const head = incoming.frame.head ?? headOf(ctx)(received.conversation);
      const { leg } = incoming;
      const pause = pauseFor(incoming, received.conversation, ctx);
      const sent: readonly Action[] = [
        { type: 'send', leg, message: first, head },
        ...others.map((message): Action => ({ type: 'send', leg, message, head, pause })),
      ];
      return {
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
