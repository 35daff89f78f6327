/** Reads stored entries. Text and message are not stored but decoded from the bytes. */
import type { Entry, StoredEntry } from '#shared/model/frame';
import { messageOf } from '#shared/messages/read';
import { readJson } from '../protocol/json';
import { decodeText } from '../protocol/text';

export function readStored(entry: StoredEntry): Entry {
  if (entry.kind !== 'frame') return entry;
  const { cmd: _cmd, ...rest } = entry;
  const { text } = decodeText(entry.bytes.subarray(entry.bodyStart));
  const { json } = readJson(text);
  return { ...rest, text, message: messageOf(json, entry.dir).message };
}
