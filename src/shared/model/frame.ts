import type { Finding } from '../findings';
import type { CloseReason } from './closeReasons';
import type { JsonObject, JsonValue } from './json';
import type { Message } from './message';
import type { Upstream } from './relay';
import type { Direction, Head } from './wire';

export type { CloseReason, Direction, Head, JsonObject, JsonValue };

/** Where a connection comes from and arrives. Ports are TCP ports. */
export interface Peer {
  readonly remoteAddress: string;
  readonly remotePort: number;
  readonly localAddress: string;
  readonly localPort: number;
  /** We called it; left out: it called us. */
  readonly dialled?: true;
  /** It is relayed, or was to be; left out: Crema is its server. */
  readonly relay?: Upstream;
}

/** Of a connection whose ends are not known any more. */
export const unknownPeer: Peer = { remoteAddress: '?', remotePort: 0, localAddress: '?', localPort: 0 };

interface EntryBase {
  /** Grows by one per entry over the whole journal; evidence refers to it. */
  readonly id: number;
  /** Milliseconds since 1970, this computer's clock. */
  readonly at: number;
  /** Number of the TCP connection, unique in the journal. */
  readonly conn: number;
  /** The machine number known at that moment. */
  readonly vmcNo: number | null;
  /** The machine of the connection, if it became known only later. */
  readonly owner?: number;
  /** What the journal stored is not what was written: it proves nothing. */
  readonly damaged?: true;
}

interface OpenedEntry extends EntryBase {
  readonly kind: 'opened';
  readonly peer: Peer;
}
interface ClosedEntry extends EntryBase {
  readonly kind: 'closed';
  readonly reason: CloseReason;
}
export interface FrameEntry extends EntryBase {
  readonly kind: 'frame';
  readonly dir: Direction;
  /** `null`: none was recognised. */
  readonly head: Head | null;
  /** Sequence number in the padding of an le48 head. */
  readonly sequence: number | null;
  /** Head and body exactly as they were on the wire. */
  readonly bytes: Uint8Array;
  /** Offset of the body in `bytes`. */
  readonly bodyStart: number;
  /** The body as received, never altered. */
  readonly text: string;
  readonly message: Message;
  readonly findings: readonly Finding[];
}
/** Bytes that belong to no frame. */
export interface JunkEntry extends EntryBase {
  readonly kind: 'junk';
  readonly bytes: Uint8Array;
  readonly findings: readonly Finding[];
}
/** Junk has no direction of its own: it came from the machine unless a finding says otherwise. */
export function directionOf(junk: Pick<JunkEntry, 'findings'>): Direction {
  return junk.findings.some(({ code }) => code === 'capture.fromServer') ? 'out' : 'in';
}
/** Something about the connection, not about one frame. */
interface FindingEntry extends EntryBase {
  readonly kind: 'finding';
  readonly finding: Finding;
}
/** One line of the journal. Machine state is a fold over these and nothing else. */
export type Entry = OpenedEntry | ClosedEntry | FrameEntry | JunkEntry | FindingEntry;

/** An entry as the journal keeps it: what can be read again from its bytes (text and message) is not kept twice. */
export type StoredEntry =
  | OpenedEntry
  | ClosedEntry
  | JunkEntry
  | FindingEntry
  | (Omit<FrameEntry, 'message' | 'text'> & { readonly cmd: string | null });

const damagedRecord: Finding = { code: 'record.damaged' };

/** Everything that is remarked about an entry. */
export function findingsOf(
  entry: Pick<Entry, 'damaged'> &
    (
      | { readonly findings: readonly Finding[] }
      | { readonly finding: Finding }
      | { readonly kind: 'opened' | 'closed' }
    ),
): readonly Finding[] {
  const own = 'findings' in entry ? entry.findings : 'finding' in entry ? [entry.finding] : [];
  const isSaid = entry.damaged !== true || own.some(({ code }) => code === damagedRecord.code);
  return isSaid ? own : [...own, damagedRecord];
}

/** The machine of an entry, if it is known. */
export function machineOf({ vmcNo, owner }: Pick<Entry, 'vmcNo' | 'owner'>): number | null {
  return vmcNo ?? owner ?? null;
}

type WithoutId<E> = E extends Entry ? Omit<E, 'id'> : never;
/** An entry before the journal has given it its number. */
export type NewEntry = WithoutId<Entry>;

/** What a list shows of an entry: no bytes, they are fetched when opened. */
export interface FrameRow {
  readonly id: number;
  readonly at: number;
  readonly conn: number;
  readonly vmcNo: number | null;
  readonly kind: Entry['kind'];
  /** `null`: of a connection's own entries. */
  readonly dir: Direction | null;
  readonly head: Head | null;
  /** The `cmd` member; `null` for bodies without one and for all that is no frame. */
  readonly cmd: string | null;
  /** Bytes on the wire, head included. */
  readonly size: number;
  /** The body's first 240 characters (junk: its bytes as Latin-1). */
  readonly text: string;
  readonly findings: readonly Finding[];
  /** The ends of a connection that opened. */
  readonly peer?: Peer;
  /** Why one closed. */
  readonly reason?: CloseReason;
  /** What a person attached to it. */
  readonly mark?: { readonly marked: boolean; readonly note: string };
}

/** One entry, opened. */
export interface FrameDetail extends FrameRow {
  readonly bytes: Uint8Array;
  readonly bodyStart: number;
  readonly sequence: number | null;
  /** The whole body as received. */
  readonly fullText: string;
  readonly json: JsonObject | null;
}

/** Where a page of a list of frames lies: older than an entry (`null`: than all), or newer than one. */
export type PagePlace =
  | { readonly before: number | null; readonly after?: never }
  | { readonly after: number; readonly before?: never };

/** A page of a list of frames, newest first. */
export interface FramePage {
  readonly rows: readonly FrameRow[];
  /**
   * Ask with this id for what lies beyond, `before` it or `after` it as this page was asked for; `null`: there is nothing more.
   * A page may be empty and still have a next one.
   */
  readonly next: number | null;
}
