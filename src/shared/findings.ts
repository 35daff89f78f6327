/**
 * All findings about data that Crema read or sent, and about links. Texts: `finding.<code>`, filled with `params`.
 * `severity`: info = normal variation, warning = repaired or risky, error = lost, refused or unreadable data.
 * A message's row defines the findings of that message alone (`raises`).
 */
import { messages } from './messages/index';
import type { Params, ReaderFinding, Severity } from './messages/row';

export type FindingSeverity = Severity;

const own = {
  'head.unrecognised': 'warning', // 12 bytes before the JSON that are neither of the heads
  'head.lengthWrong': 'warning', // {declared, actual} bytes
  'head.lengthInChars': 'warning', // {declared, actual}: the head counts characters instead of bytes
  'head.missing': 'warning', // bare JSON
  'head.changed': 'warning', // {from, to}: the connection changed its head
  'json.lenient': 'warning', // {what, offset}: offset in characters of the body
  'json.invalid': 'error', // stored and shown unparsed
  'text.gb18030': 'warning',
  'text.undecodable': 'error', // neither UTF-8 nor GB18030; {offset} in bytes of the body
  'field.missing': 'warning', // {field}
  'field.invalid': 'warning', // {field, value}
  'field.unknown': 'info', // {field, count}: the first of the members that the message's row lacks
  'cmd.unknown': 'info', // {cmd}
  'vmcNo.changed': 'error', // {from, to} on one connection
  'junk.noFrame': 'warning', // {bytes}
  'junk.cut': 'warning', // {bytes}: the start of a frame whose rest is missing
  'seq.gap': 'warning', // {expected, got}: frames lost
  'seq.restart': 'info', // {expected, got}: machine restarted
  'out.long': 'warning', // {bytes}: over `longFrame`
  'out.tooLong': 'error', // {bytes}: over `maxTotal`, refused before sending
  'login.missing': 'info', // other messages before the login
  'number.shared': 'error', // {swaps, address, from}: two machines use the same number
  'number.replaced': 'info', // {conn}: a newer connection took over
  'number.taken': 'error', // {conn, address, from}: the same, from an address other than the present connection's
  'number.takenUnsigned': 'error', // {conn, address, from}: the same for a verified machine's number, without a matching sign
  'number.moved': 'warning', // {address, from}: the number was free, and another address used it shortly before
  'number.contested': 'error', // {vmcNo, conn, address}: a verified connection holds the number, and this one has no proof
  'number.claimed': 'error', // {conn, address, here}: the same, reported to the verified machine
  'number.tooMany': 'error', // {vmcNo}: more numbers than one connection may use
  'link.reserved': 'warning', // {vmcNo}: the direct link serves this machine only
  'link.crowded': 'warning', // {places, held}: closed in favour of another connection
  'link.silence': 'error', // {ms}
  'link.startedAnew': 'info', // {ms}: Crema restarted this long after its last record and received nothing in between
  'link.asleep': 'info', // {ms}: sleep of this computer, which received nothing meanwhile
  'link.clockForward': 'info', // {ms}: this computer's clock was set forward
  'link.clockBack': 'info', // {ms}: this computer's clock was set back
  'link.slept': 'info', // {ms}: sleep of this computer that the link did not survive
  'link.halfFrame': 'error', // {bytes, ms}
  'link.noFrame': 'error', // {bytes}
  'link.notReading': 'error', // {bytes} not taken by the other end
  'link.internal': 'error', // {detail}: a bug in Crema
  'relay.unreachable': 'error', // {host, port, detail}: the real server; detail is the system's error code
  'relay.servedMeanwhile': 'warning', // {host, port, detail}: Crema serves the machine itself meanwhile
  'relay.machineEnds': 'info', // the machine closed its direction, and Crema forwarded this
  'relay.serverEnds': 'info',
  'relay.machineCuts': 'info', // the machine reset the connection, and Crema forwarded this
  'relay.serverCuts': 'info',
  'relay.unrecorded': 'error', // {bytes, dir}: forwarded unread, because more arrived than could be recorded
  'relay.ours': 'warning', // neither the machine nor its server sent this frame, but Crema
  'relay.renumbered': 'info', // {from, to}: forwarded with another number, because of inserted or dropped frames
  'relay.held': 'warning', // {rule}: the frame waits for a person
  'relay.released': 'info', // {held}: a held frame is forwarded now
  'relay.edited': 'warning', // {held}: a person changed the held frame
  'relay.heldDropped': 'warning', // {held}: a person dropped the held frame
  'relay.heldAtEnd': 'warning', // {frames}: still held at the end of the connection, never forwarded
  'relay.dropped': 'warning', // {rule}: not forwarded
  'relay.answered': 'warning', // {rule}: not forwarded, but answered by Crema
  'relay.noOwnAnswer': 'info', // {rule}: forwarded, because Crema has no answer to it
  'relay.replaced': 'warning', // {rule}: not forwarded; a changed frame is sent instead
  'relay.rewritten': 'warning', // {rule, member}: sent instead of the received frame
  'relay.memberMissing': 'warning', // {rule, member}: forwarded unchanged, because it has no such member
  'relay.notRewritten': 'warning', // {rule, member}: forwarded unchanged: unreadable body, or too long for its head
  'relay.signRenewed': 'info', // the sign of the changed login is renewed
  'relay.signKept': 'warning', // the sign does not fit the changed login, and no known code can renew it
  'relay.delayed': 'warning', // {rule, delay}: forwarded later, ms
  'relay.queued': 'info', // {rule}: waits behind a delayed frame
  'relay.sentLate': 'info', // {delay}: a delayed frame is forwarded now
  'relay.delayFull': 'warning', // {rule}: not delayed, because too many frames are delayed already
  'relay.delayedAtEnd': 'warning', // {frames}: still delayed at the end of the connection, never forwarded
  'relay.otherServer': 'warning', // the machine's number arrived too late to connect to its own server
  'relay.loop': 'error', // {host, port}: the server relays to this Crema, so relaying to it is suspended
  'relay.noAnswer': 'warning', // {rule}: forwarded, because part of another frame was on its way to the sender
  'relay.holdFull': 'warning', // {rule, held}: forwarded, because too many frames are held already
  'relay.notPassed': 'warning', // received but not forwarded: no receiver was available
  // Notices over HTTP about an android command that do not count; {session, address}
  'notice.signWrong': 'warning', // the sign is not the machine's
  'notice.unsigned': 'warning',
  'notice.otherAddress': 'warning', // from an address that is not the machine's
  'rehearsal.unverified': 'warning', // {orderNo}: no payment result was sent, because the connection has not proved its identity
  'fault.closed': 'info', // {fault, code, note, by}: closed by a person, not cleared by the machine
  'record.damaged': 'error', // the journal row is not readable as it was written
  'record.missing': 'error', // {from, to, count}: entries of another site that never arrived here
  // Only in captures; {dir} is a Direction.
  'capture.gap': 'error', // {bytes, dir}: packets are missing in the capture
  'capture.cut': 'error', // {bytes, dir}: truncated packets (snaplen)
  'capture.fragment': 'warning', // {dir}: an IP fragment, only its first part is read
  'capture.midStream': 'info', // the capture began during the connection
  'capture.reopened': 'info', // a new connection between the same addresses began, and the end of this one is missing
  'capture.early': 'warning', // {bytes}: from before the first recorded byte of their direction
  'capture.fromServer': 'info', // {bytes}: this junk was sent by the server
} as const satisfies Readonly<Record<string, Severity> & Record<ReaderFinding['code'], Severity>>;

type Row = (typeof messages)[number];
type RaisedBy<R> = R extends { readonly raises: infer All } ? keyof All & string : never;

/** Codes of frames, links and captures. Texts: locales/<language>/findings.ts. */
export type OwnFindingCode = keyof typeof own;
/** Codes of messages. Texts: locales/<language>/messages.ts. */
export type RaisedFindingCode = RaisedBy<Row>;
export type FindingCode = OwnFindingCode | RaisedFindingCode;

/** The severity of each code. */
export const findings = {
  ...own,
  ...Object.fromEntries(
    messages.flatMap((row) => (row.direction === 'in' ? Object.entries<Severity>(row.raises) : [])),
  ),
} as Readonly<Record<FindingCode, Severity>>;

/** A finding with its parameters. */
export interface Finding {
  readonly code: FindingCode;
  readonly params?: Params;
}
