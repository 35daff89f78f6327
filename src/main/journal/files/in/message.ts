import type { Direction, JsonObject } from '#shared/model/frame';
import type { Message, ServerMessage } from '#shared/model/message';
import type { Finding } from '#shared/catalog/findings';
import { readMessage } from '../../../protocol/message';

const noFindings: readonly Finding[] = [];

/** The machine a server's message names, for recordings that begin with one. */
export function addressee(json: JsonObject | null): number | null {
  const value = Number(json?.['vmc_no']);
  return Number.isSafeInteger(value) && value > 0 ? value : null;
}

/** A recorded body as the message it is. What another server says need not be a message of ours. */
export function messageOf(
  dir: Direction,
  json: JsonObject | null,
): { readonly message: Message; readonly findings: readonly Finding[] } {
  if (dir === 'in') {
    const { message: body, findings } = readMessage(json);
    return { message: { from: 'machine', body }, findings };
  }
  const body = typeof json?.['cmd'] === 'string' ? json : { cmd: 'unknown', name: null };
  return { message: { from: 'server', body: body as unknown as ServerMessage }, findings: noFindings };
}
