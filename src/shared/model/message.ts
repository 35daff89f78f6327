/**
 * What machines say and what we say, after reading: the bodies of the rows in `shared/messages`. `null` means the member was
 * missing or unusable. Amounts are in fen (1/100 yuan).
 */
import type { messages } from '../messages/index';
import type { BodyOf } from '../messages/row';
import type { Direction, WireMessage } from './wire';

export type { WireMessage };

/** A body we do not know, one without a `cmd`, or one that is no object at all (`name` null). */
export interface UnknownMessage {
  readonly cmd: 'unknown';
  /** Its `cmd`, if it has one. */
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

/** What a journal line carries. */
export type Message =
  | { readonly from: 'machine'; readonly body: MachineMessage }
  | { readonly from: 'server'; readonly body: ServerMessage };

/** The `cmd` of a message; of one we have no word for, the word it came with. */
export function cmdOfMessage({ body }: Message): string | null {
  return body.cmd === 'unknown' ? body.name : body.cmd;
}
