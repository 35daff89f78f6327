/** Stored entries as they were when they were recorded: text and message are read again from the bytes. */
import type { Entry, StoredEntry } from '#shared/model/frame';
import { readJson } from '../protocol/json';
import { readMessage } from '../protocol/message';
import { readSent } from '../protocol/sent';
import { decodeText } from '../protocol/text';

/** The entry as it was when it was recorded. */
export function revived(entry: StoredEntry): Entry {
  if (entry.kind !== 'frame') return entry;
  const { cmd: _cmd, ...rest } = entry;
  const { text } = decodeText(entry.bytes.subarray(entry.bodyStart));
  const { json } = readJson(text);
  return entry.dir === 'in'
    ? { ...rest, text, message: { from: 'machine', body: readMessage(json).message } }
    : { ...rest, text, message: { from: 'server', body: readSent(json) } };
}
