/** What a list line says of a frame, as its message's row has it. */
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
        ? // Each is only ever given bodies of its own row.
          [[row.cmd, row.says as unknown as AnySays] as const]
        : [],
    ),
  );
const says = { in: saysOf('in'), out: saysOf('out') };

/** `key`: of its words. `null`: it says no more than its name. `whole`: false where only its beginning could be read. */
export function sentenceOf(
  json: JsonObject,
  direction: Direction,
  whole: boolean,
): { readonly key: string; readonly params: SentenceParams } | null {
  const { from, body } = readEitherWay(json, direction);
  const sentence = says[from === 'machine' ? 'in' : 'out'].get(body.cmd)?.(body, whole) ?? null;
  return sentence === null ? null : { key: `message.${body.cmd}.${sentence[0]}`, params: sentence[1] };
}

/** What only the other side says tells as much where it goes the wrong way. */
function readEitherWay(json: JsonObject, direction: Direction): Message {
  const { message } = messageOf(json, direction);
  if (message.body.cmd !== 'unknown') return message;
  return messageOf(json, direction === 'in' ? 'out' : 'in').message;
}
