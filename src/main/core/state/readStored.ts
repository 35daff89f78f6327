/** Reads stored entries. Text and message are not stored but decoded from the bytes. */
import type { Entry, StoredEntry } from '#shared/model/frame';
import { messageOf } from '#shared/messages/read';
import { readJson } from '../protocol/json';
import { decodeText } from '../protocol/text';
import { frameEntry } from './copies';

export function readStored(stored: StoredEntry): Entry {
  if (stored.kind !== 'frame') return stored;
  const { text } = decodeText(stored.bytes.subarray(stored.bodyStart));
  const { json } = readJson(text);
  const entry = frameEntry(stored, stored.id, { text, message: messageOf(json, stored.dir).message });
  if (stored.owner !== undefined) entry.owner = stored.owner;
  if (stored.damaged !== undefined) entry.damaged = stored.damaged;
  return entry;
}
