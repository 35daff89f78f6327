/** Reads stored entries. Text and message are not stored but decoded from the bytes. */
import type { Direction, Entry, StoredEntry } from '#shared/model/frame';
import type { Message } from '#shared/model/message';
import { messageOf } from '#shared/messages/read';
import { readJson } from '../protocol/json';
import { decodeText } from '../protocol/text';
import { frameEntry } from './copies';

export function readStored(stored: StoredEntry): Entry {
  if (stored.kind !== 'frame') return stored;
  const { text } = decodeText(stored.bytes.subarray(stored.bodyStart));
  const entry = frameEntry(stored, stored.id, { text, message: messageIn(text, stored.dir) });
  if (stored.owner !== undefined) entry.owner = stored.owner;
  if (stored.damaged !== undefined) entry.damaged = stored.damaged;
  if (stored.original !== undefined) entry.original = stored.original;
  return entry;
}

/** Most bodies are short and repeat an earlier one: heartbeats and answers. Their messages are read once. */
const shortBody = 64;
const mostShort = 4_000;
const short: Readonly<Record<Direction, Map<string, Message>>> = { in: new Map(), out: new Map() };

function messageIn(text: string, dir: Direction): Message {
  if (text.length > shortBody) return readMessageIn(text, dir);
  const known = short[dir];
  let message = known.get(text);
  if (message === undefined) {
    if (known.size >= mostShort) known.clear();
    known.set(text, (message = readMessageIn(text, dir)));
  }
  return message;
}

const readMessageIn = (text: string, dir: Direction): Message => messageOf(readJson(text).json, dir).message;
