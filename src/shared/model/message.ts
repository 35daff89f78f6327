/**
 * Parsed messages of machines and servers: the bodies of the rows in `shared/messages`. `null` means that the member was missing or
 * unusable. Amounts are in fen (1/100 yuan).
 */
import type { messages } from '../messages/index';
import type { BodyOf } from '../messages/row';
import type { Direction, WireMessage } from './wire';

export type { WireMessage };

/** A body with an unknown `cmd` or without one, or a value other than an object (`name` null). */
export interface UnknownMessage {
  readonly cmd: 'unknown';
  /** Its `cmd`, if any. */
  readonly name: string | null;
  readonly vmcNo: number | null;
}

type Row = (typeof messages)[number];
type Bodies<R> = R extends Row ? BodyOf<R> : never;
type MessageFrom<D extends Direction> = Bodies<Extract<Row, { readonly direction: D }>> | UnknownMessage;

/** Machine to server. */
export type MachineMessage = MessageFrom<'in'>;
/** Server to machine. */
export type ServerMessage = MessageFrom<'out'>;

/** The content of a journal line. */
export type Message =
  | { readonly from: 'machine'; readonly body: MachineMessage }
  | { readonly from: 'server'; readonly body: ServerMessage };

/** The `cmd` of a message; for unknown messages, as received. */
export function cmdOfMessage({ body }: Message): string | null {
  return body.cmd === 'unknown' ? body.name : body.cmd;
}
