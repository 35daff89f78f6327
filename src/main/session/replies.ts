/** The answers to a machine's message, from the message's row and the reply profile (docs/protocol.md, "Machine to server"). */
import { messages } from '#shared/messages/index';
import type { AnswerContext } from '#shared/messages/row';
import type { MachineMessage } from '#shared/model/message';
import type { WireMessage } from '#shared/model/wire';

interface Answer {
  readonly profile: AnswerContext['profile'];
  readonly make: (
    message: MachineMessage,
    context: AnswerContext,
  ) => WireMessage | readonly WireMessage[] | null;
  readonly nameless?: WireMessage;
}

const answers: ReadonlyMap<string, Answer> = new Map(
  messages.flatMap((row) =>
    row.direction === 'in' && row.answer !== null
      ? // Each is only ever given messages of its own row.
        [[row.cmd, row.answer as unknown as Answer] as const]
      : [],
  ),
);

const none: readonly WireMessage[] = [];

/** `vmcNo` is `null` until a message has named the machine. */
export type ReplyContext = Omit<AnswerContext, 'vmcNo'> & { readonly vmcNo: number | null };

/** The answers to one message, in the order they are sent. */
export function repliesTo(message: MachineMessage, context: ReplyContext): readonly WireMessage[] {
  const answer = answers.get(message.cmd);
  if (answer === undefined || (answer.profile === 'extended' && context.profile === 'document')) return none;
  if (!isNamed(context)) return answer.nameless === undefined ? none : [answer.nameless];
  const made = answer.make(message, context);
  if (made === null) return none;
  return isList(made) ? made : [made];
}

const isNamed = (context: ReplyContext): context is AnswerContext => context.vmcNo !== null;

const isList = (made: WireMessage | readonly WireMessage[]): made is readonly WireMessage[] =>
  Array.isArray(made);
