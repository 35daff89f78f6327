/** The answers to a machine's message, from the message's row and the reply profile (docs/protocol/messages.md). */
import { orderNo } from '#shared/messages/common';
import { toText } from '#shared/messages/field';
import { messages } from '#shared/messages/index';
import { memberOf } from '#shared/messages/reader';
import type { AnswerContext } from '#shared/messages/row';
import type { JsonObject, JsonValue } from '#shared/model/json';
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
export type ReplyContext = Omit<AnswerContext, 'vmcNo'> & {
  readonly vmcNo: number | null;
  /** The body that is answered. */
  readonly json: JsonObject | null;
};

/** The answers to one message, in the order they are sent. */
export function repliesTo(message: MachineMessage, context: ReplyContext): readonly WireMessage[] {
  const answer = answers.get(message.cmd);
  if (answer === undefined || (answer.profile === 'extended' && context.profile === 'document')) return none;
  if (!isNamed(context)) return answer.nameless === undefined ? none : [answer.nameless];
  const made = answer.make(message, context);
  if (made === null) return none;
  const replies = isList(made) ? made : [made];
  // Most name no order.
  if (replies.every((reply) => reply[orderNo.names[0]] === undefined)) return replies;
  const said = orderSaid(context.json);
  return replies.map((reply) => asSaid(reply, said));
}

/** An order's number as it stands in the body: machines may compare it with blanks and all. */
function orderSaid(json: JsonObject | null): JsonValue | undefined {
  const said = json === null ? undefined : memberOf(json, orderNo.names[0]);
  return typeof said === 'string' || toText(said) !== null ? said : undefined;
}

/** With that number, in the place of what was read of it. */
function asSaid(reply: WireMessage, said: JsonValue | undefined): WireMessage {
  const [name] = orderNo.names;
  return said === undefined || reply[name] === undefined || reply[name] === said
    ? reply
    : { ...reply, [name]: said };
}

const isNamed = (context: ReplyContext): context is ReplyContext & AnswerContext => context.vmcNo !== null;

const isList = (made: WireMessage | readonly WireMessage[]): made is readonly WireMessage[] =>
  Array.isArray(made);
