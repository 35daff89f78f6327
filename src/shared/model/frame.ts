import type { Finding } from '../findings';
import type { CloseReason } from './closeReasons';
import type { JsonObject, JsonValue } from './json';
import type { Message } from './message';
import type { Upstream } from './relay';
import type { Direction, Head } from './wire';

export type { CloseReason, Direction, Head, JsonObject, JsonValue };

/** Both ends of a connection. Ports are TCP ports. */
export interface Peer {
  readonly remoteAddress: string;
  readonly remotePort: number;
  readonly localAddress: string;
  readonly localPort: number;
  /** Crema opened the connection; absent: the machine did. */
  readonly dialled?: true;
  /** The connection is or was to be relayed; absent: Crema is its server. */
  readonly relay?: Upstream;
}

/** For a connection whose ends are no longer known. */
export const unknownPeer: Peer = { remoteAddress: '?', remotePort: 0, localAddress: '?', localPort: 0 };

/** The number of an imported entry in the journal that recorded it. */
export interface Original {
  /** `null`: it had none, as a finding that the import made. */
  readonly id: number | null;
  /** The journal's own name; `null`: unknown. */
  readonly journal: string | null;
}

interface EntryBase {
  /** Increases by one per entry over the whole journal. Evidence refers to it. */
  readonly id: number;
  /** Milliseconds since 1970, by this computer's clock. */
  readonly at: number;
  /** Number of the TCP connection, unique in the journal. */
  readonly conn: number;
  /** The machine number known at that time. */
  readonly vmcNo: number | null;
  /** The machine of the connection, if it became known later. */
  readonly owner?: number;
  /** The stored row differs from the written one, so it proves nothing. */
  readonly damaged?: true;
  /** Of an entry of a file whose entries have numbers of their own. Left out: `id` is the number. */
  readonly original?: Original;
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
  /** `null`: not recognised. */
  readonly head: Head | null;
  /** Sequence number in the padding of an le48 head. */
  readonly sequence: number | null;
  /** Head and body exactly as on the wire. */
  readonly bytes: Uint8Array;
  /** Offset of the body in `bytes`. */
  readonly bodyStart: number;
  /** The body as received, never altered. */
  readonly text: string;
  readonly message: Message;
  readonly findings: readonly Finding[];
}
/** Bytes outside all frames. */
export interface JunkEntry extends EntryBase {
  readonly kind: 'junk';
  readonly bytes: Uint8Array;
  readonly findings: readonly Finding[];
}
/** Junk has no direction. It is from the machine unless a finding states otherwise. */
export function directionOf(junk: Pick<JunkEntry, 'findings'>): Direction {
  return junk.findings.some(({ code }) => code === 'capture.fromServer') ? 'out' : 'in';
}
/** A finding about the connection instead of a frame. */
interface FindingEntry extends EntryBase {
  readonly kind: 'finding';
  readonly finding: Finding;
}
/** One line of the journal. Machine state is a fold over entries and nothing else. */
export type Entry = OpenedEntry | ClosedEntry | FrameEntry | JunkEntry | FindingEntry;

/** A stored entry, without the parts that can be decoded from its bytes (text and message). */
export type StoredEntry =
  | OpenedEntry
  | ClosedEntry
  | JunkEntry
  | FindingEntry
  | (Omit<FrameEntry, 'message' | 'text'> & { readonly cmd: string | null });

const damagedRecord: Finding = { code: 'record.damaged' };

/** All findings of an entry. */
export function findingsOf(
  entry: Pick<Entry, 'damaged'> &
    (
      | { readonly findings: readonly Finding[] }
      | { readonly finding: Finding }
      | { readonly kind: 'opened' | 'closed' }
    ),
): readonly Finding[] {
  const own = 'findings' in entry ? entry.findings : 'finding' in entry ? [entry.finding] : [];
  const isReported = entry.damaged !== true || own.some(({ code }) => code === damagedRecord.code);
  return isReported ? own : [...own, damagedRecord];
}

/** The machine of an entry, if known. */
export function machineOf({ vmcNo, owner }: Pick<Entry, 'vmcNo' | 'owner'>): number | null {
  return vmcNo ?? owner ?? null;
}

/** The number that people and filters use; `null`: the entry has none. */
export const numberOf = ({ id, original }: Pick<Entry, 'id' | 'original'>): number | null =>
  original === undefined ? id : original.id;

type WithoutId<E> = E extends Entry ? Omit<E, 'id'> : never;
/** An entry before the journal has numbered it. */
export type NewEntry = WithoutId<Entry>;

/** An entry in a list, without bytes, which are loaded when it is opened. */
export interface FrameRow {
  readonly id: number;
  readonly at: number;
  readonly conn: number;
  readonly vmcNo: number | null;
  readonly kind: Entry['kind'];
  /** `null`: an entry of the connection itself. */
  readonly dir: Direction | null;
  readonly head: Head | null;
  /** The `cmd` member; `null` for bodies without one and for entries that are not frames. */
  readonly cmd: string | null;
  /** Bytes on the wire, including the head. */
  readonly size: number;
  /** The body's first 240 characters (junk: its bytes as Latin-1). */
  readonly text: string;
  readonly findings: readonly Finding[];
  /** The ends of an opened connection. */
  readonly peer?: Peer;
  /** Why a connection closed. */
  readonly reason?: CloseReason;
  /** A person's mark and note. */
  readonly mark?: { readonly marked: boolean; readonly note: string };
  readonly original?: Original;
}

/** One entry with all details. */
export interface FrameDetail extends FrameRow {
  readonly bytes: Uint8Array;
  readonly bodyStart: number;
  readonly sequence: number | null;
  /** The whole body as received. */
  readonly fullText: string;
  readonly json: JsonObject | null;
  /** The name of the journal that gave the entry its number; `null`: unknown. */
  readonly journal: string | null;
}

/** Position of a page in a list of frames: before an entry (`null`: from the newest), or after one. */
export type PagePlace =
  | { readonly before: number | null; readonly after?: never }
  | { readonly after: number; readonly before?: never };

/** A page of a list of frames, newest first. */
export interface FramePage {
  readonly rows: readonly FrameRow[];
  /**
   * The id for the next page in the same direction, as its `before` or `after`; `null`: no more pages.
   * An empty page may have a next one.
   */
  readonly next: number | null;
}
