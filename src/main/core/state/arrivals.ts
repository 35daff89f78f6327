/**
 * The progress of each connection of this launch: a fold over entries for the Connect screen (shared/connectWalk.ts). Messages of a machine
 * that is already served cause no update, so a working fleet costs nothing.
 */
import { plays } from '#shared/messages/lookup';
import { arrivalBytes, serviceOfArrival, type Arrival } from '#shared/model/arrivals';
import { directionOf, type Entry, type FrameEntry, type Peer } from '#shared/model/frame';
import { isWord } from '#shared/model/relayed';
import type { Refused } from '#shared/model/served';
import { latin1 } from '#shared/framing';

/** Limit of ended connections. */
const endedKept = 20;
/** Limits of open connections shown: not served, and served. */
const shown = { without: 12, served: 6 } as const;
const lastWordsLength = 160;

type Writable<T> = { -readonly [K in keyof T]: T[K] };

interface Open {
  readonly row: Writable<Arrival>;
  readonly peer: Peer;
  /** A virtual machine, which needs no help to connect. */
  isVirtual: boolean;
}

/** Received data of a connection that has no entry yet. */
interface Held {
  readonly bytesRead: number;
  readonly firstBytes: Uint8Array;
}

export interface ArrivalsOptions {
  /** Whether a virtual machine uses this peer. Known before its first byte. */
  readonly isVirtual: (peer: Peer) => boolean;
}

export class Arrivals {
  readonly #options: ArrivalsOptions;
  readonly #open = new Map<number, Open>();
  /** Oldest first. */
  readonly #ended: Arrival[] = [];

  constructor(options: ArrivalsOptions) {
    this.#options = options;
  }

  /** Returns whether the window needs an update. */
  apply(entry: Entry): boolean {
    if (entry.kind === 'opened') {
      const { conn, at, peer } = entry;
      const row = newArrival(conn, peer, at);
      this.#open.set(conn, { row, peer, isVirtual: this.#options.isVirtual(peer) });
      return true;
    }
    const open = this.#open.get(entry.conn);
    if (open === undefined) return false;
    const { row, peer } = open;
    open.isVirtual ||= this.#options.isVirtual(peer);
    switch (entry.kind) {
      case 'frame':
        if (isContested(entry)) return numberContested(row, entry);
        if (!isWord(entry)) return false;
        return entry.dir === 'in' ? frameReceived(row, entry) : frameSent(row, entry);
      case 'junk':
        if (directionOf(entry) === 'out') return false;
        row.bytes += entry.bytes.length;
        row.lastHeard = entry.at;
        row.lastWords = shortened(latin1(entry.bytes.subarray(0, lastWordsLength)));
        if (row.frames === 0) row.first = joined(row.first, entry.bytes);
        return !isServed(row);
      case 'finding': {
        const refused = refusing.get(entry.finding.code);
        if (refused === undefined) return false;
        row.refused = refused;
        return true;
      }
      case 'closed':
        return this.#end(open, entry);
    }
  }

  /** The connections for the window, newest first. `heldOf`: received data of an open connection that is not decoded yet. */
  list(heldOf: (conn: number) => Held | undefined): readonly Arrival[] {
    const left: Record<keyof typeof shown, number> = { ...shown };
    const found: Arrival[] = [];
    for (const open of [...this.#open.values()].toReversed()) {
      const { row, peer } = open;
      open.isVirtual ||= this.#options.isVirtual(peer);
      if (open.isVirtual) continue;
      const kind = isServed(row) ? 'served' : 'without';
      if (left[kind] === 0) continue;
      left[kind] -= 1;
      found.push(withHeld(row, heldOf(row.conn)));
    }
    return [...found, ...this.#ended.toReversed()];
  }

  get openCount(): number {
    return this.#open.size;
  }

  #end({ row, isVirtual }: Open, { at, reason }: Extract<Entry, { readonly kind: 'closed' }>): boolean {
    this.#open.delete(row.conn);
    if (isVirtual) return false;
    const refused = row.refused ?? refusingEnd.get(reason) ?? null;
    this.#ended.push({ ...row, refused, ended: { at, reason } });
    if (this.#ended.length > endedKept) this.#ended.shift();
    return true;
  }
}

const isServed = (row: Arrival): boolean => serviceOfArrival(row) === 'served';

function newArrival(
  conn: number,
  { remoteAddress, remotePort, relay }: Peer,
  since: number,
): Writable<Arrival> {
  return {
    conn,
    address: remoteAddress,
    port: remotePort,
    since,
    bytes: 0,
    frames: 0,
    lastHeard: null,
    first: '',
    vmcNo: null,
    relay: relay?.is ?? null,
    loggedIn: false,
    unnamed: null,
    ret: null,
    lastWords: null,
    refused: null,
    ended: null,
  };
}

const refusing: ReadonlyMap<string, Refused> = new Map([
  ['link.reserved', 'reserved'],
  ['link.crowded', 'crowded'],
  ['number.tooMany', 'numbers'],
]);
const refusingEnd: ReadonlyMap<string, Refused> = new Map([
  ['reserved', 'reserved'],
  ['crowded', 'crowded'],
  ['tooManyNumbers', 'numbers'],
]);

const isContested = ({ findings }: FrameEntry): boolean =>
  findings.some(({ code }) => code === 'number.contested');

/** The reported number belongs to another connection. */
function numberContested(row: Writable<Arrival>, entry: FrameEntry): boolean {
  const before = row.refused;
  const isNews = frameReceived(row, entry);
  row.refused = 'contested';
  return isNews || before !== row.refused;
}

function frameReceived(row: Writable<Arrival>, entry: FrameEntry): boolean {
  const { at, bytes, text, message, vmcNo } = entry;
  const wasNews = !isServed(row);
  row.bytes += bytes.length;
  row.frames += 1;
  row.lastHeard = at;
  row.first = '';
  row.vmcNo = vmcNo ?? row.vmcNo;
  // The connection holds the number now.
  if (row.refused === 'contested') row.refused = null;
  row.lastWords = shortened(text);
  if (message.from !== 'machine' || !plays(message.body, 'login')) return wasNews;
  row.loggedIn = true;
  // A contested number counts as a name.
  const isNamed = vmcNo !== null || message.body.vmcNo !== null;
  row.unnamed = isNamed ? null : { value: badNumber(entry) };
  row.ret = null;
  return true;
}

/** The login's value in place of a number, from its findings. */
function badNumber({ findings }: FrameEntry): string | null {
  const found = findings.find(
    ({ code, params }) => code === 'field.invalid' && params?.['field'] === 'vmc_no',
  );
  const value = found?.params?.['value'];
  return value === undefined ? null : String(value);
}

function frameSent(row: Writable<Arrival>, { message }: FrameEntry): boolean {
  if (message.from !== 'server' || message.body.cmd !== 'login_r') return false;
  const before = row.ret;
  row.ret = message.body.ret ?? 0;
  return row.ret !== before;
}

function withHeld(row: Arrival, held: Held | undefined): Arrival {
  const known = { ...row };
  if (held === undefined || held.bytesRead <= row.bytes || row.frames > 0) return known;
  return { ...known, bytes: held.bytesRead, first: hexOf(held.firstBytes) };
}

const hexOf = (bytes: Uint8Array): string =>
  Array.from(bytes.subarray(0, arrivalBytes), (byte) => byte.toString(16).padStart(2, '0')).join('');

const joined = (first: string, bytes: Uint8Array): string =>
  first.length >= 2 * arrivalBytes ? first : (first + hexOf(bytes)).slice(0, 2 * arrivalBytes);

/** A copy: a slice would keep the whole string in memory. */
const shortened = (text: string): string =>
  text.length <= lastWordsLength ? text : `${Array.from(text.slice(0, lastWordsLength)).join('')}…`;
