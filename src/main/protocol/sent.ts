/** What we sent, read again: as one of our messages, or, sent by a person's hand, as something that is none. */
import type { JsonObject } from '#shared/model/frame';
import type { ServerMessage } from '#shared/model/message';

/** Members that the machine's state is computed from, with their types. */
const needed: Readonly<Record<string, Readonly<Record<string, 'string' | 'number' | 'boolean'>>>> = {
  qrcode_r: { qr_type: 'string', qrcode: 'string', order_no: 'string' },
  pay_done: { product_amount: 'number', order_no: 'string', paydone: 'boolean', paytype: 'string' },
};

export function readSent(json: JsonObject | null): ServerMessage {
  const cmd = json?.['cmd'];
  if (json === null || typeof cmd !== 'string' || cmd === '') return { cmd: '', name: null };
  const members = Object.hasOwn(needed, cmd) ? Object.entries(needed[cmd] ?? {}) : [];
  if (members.some(([name, type]) => typeof json[name] !== type)) return { cmd: '', name: cmd };
  // Of any other message only `cmd` and `operation` are looked at.
  return json as unknown as ServerMessage;
}
