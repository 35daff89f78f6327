/** A frame's sentence in a list, from its message's row. */
import type { JsonObject } from '../model/json';
import type { Message } from '../model/message';
import type { Direction } from '../model/wire';
import { messages } from './index';
import { messageOf } from './read';
import type { Says } from './row';
import type { Sentence, SentenceParams } from './says';

type AnySays = Says<Message['body'], Sentence | null>;

const saysOf = (direction: Direction): ReadonlyMap<string, AnySays> =>
  new Map(
    messages.flatMap((row) =>
      row.direction === direction && row.says !== null
        ? // Each function only receives bodies of its own row.
          [[row.cmd, row.says as unknown as AnySays] as const]
        : [],
    ),
  );
const says = { in: saysOf('in'), out: saysOf('out') };

/** `key`: key of the text. `null`: only the name. `whole`: false if only the beginning was readable. */
export function sentenceOf(
  json: JsonObject,
  direction: Direction,
  whole: boolean,
): { readonly key: string; readonly params: SentenceParams } | null {
  const { from, body } = readEitherWay(json, direction);
  const sentence = says[from === 'machine' ? 'in' : 'out'].get(body.cmd)?.(body, whole) ?? null;
  return sentence === null ? null : { key: `message.${body.cmd}.${sentence[0]}`, params: sentence[1] };
}

/** Reads a message in the wrong direction as if it came from its usual sender. */
function readEitherWay(json: JsonObject, direction: Direction): Message {
  const { message } = messageOf(json, direction);
  if (message.body.cmd !== 'unknown') return message;
  return messageOf(json, direction === 'in' ? 'out' : 'in').message;
}
