/**
 * Everything Crema can remark about what it read, sent or saw of a link. The words are `finding.<code>`; `params` fill them.
 * `severity`: info = normal variation worth knowing, warning = repaired or risky, error = something was lost, refused or
 * unreadable. What only one message can give rise to stands in its row (`raises`).
 */
import { messages } from './messages/index';
import type { ReaderFinding } from './messages/reader';
import type { Params, Severity } from './messages/row';

export type FindingSeverity = Severity;

const own = {
  'head.unrecognised': 'warning', // 12 bytes before the JSON that are neither head
  'head.lengthWrong': 'warning', // {declared, actual} bytes
  'head.lengthInChars': 'warning', // {declared, actual}: counted characters instead of bytes
  'head.missing': 'warning', // bare JSON
  'head.changed': 'warning', // {from, to}: the connection switched heads
  'json.lenient': 'warning', // {what, offset}: offset in characters of the body
  'json.invalid': 'error', // kept and shown raw
  'text.gb18030': 'warning',
  'text.undecodable': 'error', // neither UTF-8 nor GB18030; {offset} byte of the body
  'field.missing': 'warning', // {field}
  'field.invalid': 'warning', // {field, value}
  'field.unknown': 'info', // {field, count}: the first of those that the message's row does not have
  'cmd.unknown': 'info', // {cmd}
  'vmcNo.changed': 'error', // {from, to} on one connection
  'junk.noFrame': 'warning', // {bytes}
  'junk.cut': 'warning', // {bytes}: the start of a frame whose rest never came
  'seq.gap': 'warning', // {expected, got}: frames lost
  'seq.restart': 'info', // {expected, got}: machine restarted
  'out.long': 'warning', // {bytes}: over `longFrame`
  'out.tooLong': 'error', // {bytes}: over `maxTotal`, refused before sending
  'login.missing': 'info', // spoke before logging in
  'number.shared': 'error', // {swaps}: two machines use one number
  'number.replaced': 'info', // {conn}: a newer connection took over
  'number.taken': 'error', // {conn, address, from}: the same, from another address than the standing one's
  'number.takenUnsigned': 'error', // {conn, address, from}: the same of a verified machine's, without a matching sign
  'number.moved': 'warning', // {address, from}: nobody had the number, and shortly before it came from another address
  'number.contested': 'error', // {vmcNo, conn, address}: a verified connection has the number, this one proves nothing
  'number.claimed': 'error', // {conn, address, here}: the same, said to the verified machine
  'number.tooMany': 'error', // {vmcNo}: one more than a connection may say
  'link.reserved': 'warning', // {vmcNo}: the direct link serves this machine only
  'link.crowded': 'warning', // {places, held}: it gave way to another connection
  'link.silence': 'error', // {ms}
  'link.startedAnew': 'info', // {ms}: Crema began anew, so long after its last record, and could hear nothing before
  'link.asleep': 'info', // {ms}: so long this computer slept, and could hear nothing
  'link.clockForward': 'info', // {ms}: the clock of this computer was put forward by so much
  'link.clockBack': 'info', // {ms}: and back
  'link.slept': 'info', // {ms}: so long this computer slept, and the link did not outlive it
  'link.halfFrame': 'error', // {bytes, ms}
  'link.noFrame': 'error', // {bytes}
  'link.notReading': 'error', // {bytes} waiting to be taken
  'link.internal': 'error', // {detail}: a bug of ours
  'relay.unreachable': 'error', // {host, port, detail}: the server behind the relay; detail is the system's code
  'relay.servedMeanwhile': 'warning', // {host, port, detail}: so Crema serves the machine itself
  'relay.machineEnds': 'info', // it sends no more, and that was passed on
  'relay.serverEnds': 'info',
  'relay.machineCuts': 'info', // it cut the connection, and that was passed on
  'relay.serverCuts': 'info',
  'relay.unrecorded': 'error', // {bytes, dir}: they were passed on unread, as more came than could be recorded
  'relay.ours': 'warning', // neither the machine nor its server sent this frame: Crema did
  'relay.renumbered': 'info', // {from, to}: it left with another number, because frames of ours went before it or others stayed
  'relay.held': 'warning', // {rule}: it waits for a person
  'relay.released': 'info', // {held}: it came earlier, was held and goes on now
  'relay.edited': 'warning', // {held}: a person changed what was held
  'relay.heldDropped': 'warning', // {held}: a person let it go no further
  'relay.heldAtEnd': 'warning', // {frames}: they were still held when the connection ended, and never went on
  'relay.dropped': 'warning', // {rule}: it went no further
  'relay.answered': 'warning', // {rule}: it went no further, and Crema answered it
  'relay.otherServer': 'warning', // it said its number too late for its own server to be called
  'relay.loop': 'error', // {host, port}: its server passes it back to this Crema, so nobody is passed on to it for a while
  'relay.noAnswer': 'warning', // {rule}: part of another frame was on its way to its sender, so it went on
  'relay.holdFull': 'warning', // {rule, held}: so many are held already that it went on
  'relay.notPassed': 'warning', // it came and did not go on: there was nobody to take it
  // A notice over HTTP about a command of android, which does not count; {session, address}
  'notice.signWrong': 'warning', // its sign is not the machine's
  'notice.unsigned': 'warning',
  'notice.otherAddress': 'warning', // it came from an address that is not the machine's
  'rehearsal.unverified': 'warning', // {orderNo}: no payment result was sent, as the connection has not proved its identity
  'fault.closed': 'info', // {fault, code, note, by}: a person closed it, the machine has not cleared it
  'record.damaged': 'error', // its row in the journal can't be read as it was written
  // Only captures give rise to these; {dir} is a Direction.
  'capture.gap': 'error', // {bytes, dir}: packets are missing in the capture
  'capture.cut': 'error', // {bytes, dir}: packets were recorded without their end (snaplen)
  'capture.fragment': 'warning', // {dir}: an IP fragment, of which only the first part is read
  'capture.midStream': 'info', // the capture began within the connection
  'capture.reopened': 'info', // a new connection of the same addresses came, the end of this one was not recorded
  'capture.early': 'warning', // {bytes}: they stand before the first recorded byte of their direction
  'capture.fromServer': 'info', // {bytes}: this junk was sent by the server
} as const satisfies Readonly<Record<string, Severity> & Record<ReaderFinding['code'], Severity>>;

type Row = (typeof messages)[number];
type RaisedBy<R> = R extends { readonly raises: infer All } ? keyof All & string : never;

/** Of frames, links and captures; their words: locales/<language>/findings.ts. */
export type OwnFindingCode = keyof typeof own;
/** Of messages; their words: locales/<language>/messages.ts. */
export type RaisedFindingCode = RaisedBy<Row>;
export type FindingCode = OwnFindingCode | RaisedFindingCode;

/** How bad each is. */
export const findings = {
  ...own,
  ...Object.fromEntries(
    messages.flatMap((row) => (row.direction === 'in' ? Object.entries<Severity>(row.raises) : [])),
  ),
} as Readonly<Record<FindingCode, Severity>>;

/** One remark. */
export interface Finding {
  readonly code: FindingCode;
  readonly params?: Params;
}
