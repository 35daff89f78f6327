/** Answers to a machine's message, from the message's row and the reply profile (docs/protocol/messages.md). */
import { orderNo } from '#shared/messages/common';
import { toText } from '#shared/messages/field';
import { messages } from '#shared/messages/index';
import { memberOf } from '#shared/messages/read';
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
      ? // Each function only receives messages of its own row.
        [[row.cmd, row.answer as unknown as Answer] as const]
      : [],
  ),
);

const none: readonly WireMessage[] = [];

/** `vmcNo` is `null` until a message has contained the machine's number. */
export type ReplyContext = Omit<AnswerContext, 'vmcNo'> & {
  readonly vmcNo: number | null;
  /** The body to answer. */
  readonly json: JsonObject | null;
};

/** The answers to one message, in order of sending. */
export function repliesTo(message: MachineMessage, context: ReplyContext): readonly WireMessage[] {
  const answer = answers.get(message.cmd);
  if (answer === undefined || (answer.profile === 'extended' && context.profile === 'document')) return none;
  if (!isNamed(context)) return answer.nameless === undefined ? none : [answer.nameless];
  const made = answer.make(message, context);
  if (made === null) return none;
  const replies = isList(made) ? made : [made];
  // Most replies have no order number.
  if (replies.every((reply) => reply[orderNo.names[0]] === undefined)) return replies;
  const wireOrderNo = orderNoIn(context.json);
  return replies.map((reply) => withOrderNo(reply, wireOrderNo));
}

/** The order number exactly as in the body: machines may compare it including blanks. */
function orderNoIn(json: JsonObject | null): JsonValue | undefined {
  const value = json === null ? undefined : memberOf(json, orderNo.names[0]);
  return typeof value === 'string' || toText(value) !== null ? value : undefined;
}

/** Replaces the parsed order number of a reply by the exact one. */
function withOrderNo(reply: WireMessage, exact: JsonValue | undefined): WireMessage {
  const [name] = orderNo.names;
  return exact === undefined || reply[name] === undefined || reply[name] === exact
    ? reply
    : { ...reply, [name]: exact };
}

const isNamed = (context: ReplyContext): context is ReplyContext & AnswerContext => context.vmcNo !== null;

const isList = (made: WireMessage | readonly WireMessage[]): made is readonly WireMessage[] =>
  Array.isArray(made);
