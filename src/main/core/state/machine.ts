/**
 * What is known about one machine, as a fold over its journal entries. The live server and the replay of a capture call the
 * same function, so both give the same state.
 */
import type { Finding } from '#shared/findings';
import { endsConnectionOf } from '#shared/commands/kit/rows';
import { closeReasons } from '#shared/model/closeReasons';
import { directionOf, type Entry, type FrameEntry, type Peer } from '#shared/model/frame';
import { withOpened } from '#shared/model/linkMinutes';
import { loopLength } from '#shared/model/linkTrouble';
import type { RelayedAs } from '#shared/model/relay';
import { isWord } from '#shared/model/relayed';
import { linkGone, nothingKnown, peerAddressOf, type MachineState } from '#shared/model/machine';
import { changesBy } from './apply/index';
import { signedBy } from './apply/login';
import { relayedOrders, toldLate } from './relayedOrders';
import { settled } from './activeErrors';
import { closed, isClosing } from './closings';
import { sequenceAfter } from '../connection/findings';
import { copyOf } from './copies';
import { clockAfter } from './machineClock';

/** The connection an entry belongs to, as the fleet knows it. */
export interface ConnectionFacts {
  readonly conn: number;
  readonly peer: Peer;
  readonly since: number;
}

/** A machine of which nothing is known but its number. */
export function newMachine(vmcNo: number, connection: ConnectionFacts): MachineState {
  return {
    vmcNo,
    link: { status: 'online', conn: connection.conn, peer: connection.peer, since: connection.since },
    ...nothingKnown,
    connections: 1,
    connected: [connection.since],
    ...withOpened(nothingKnown, connection.since),
  };
}

/** A machine known before comes back on another connection. */
export function reconnected(machine: MachineState, connection: ConnectionFacts, at: number): MachineState {
  return {
    ...machine,
    link: { status: 'online', conn: connection.conn, peer: connection.peer, since: connection.since },
    heartbeat: nothingKnown.heartbeat,
    lastSent: null,
    // Nobody has logged in on it yet.
    sign: null,
    // A reconnect neither confirms nor ends an error: the machine has not repeated it yet.
    errors: machine.errors.map((error) => ({ ...error, unconfirmed: true })),
    // Nor does it say what the door is like by now.
    door: machine.door === null ? null : { ...machine.door, unconfirmed: true },
    connections: machine.connections + 1,
    connected: [...machine.connected, connection.since].slice(-loopLength),
    ...withOpened(machine, connection.since),
    taken: isOther(machine, connection) ? { conn: connection.conn, at } : machine.taken,
  };
}

/** Whether it has the number from another address, as another machine does: one whose ends get lost mostly comes from the same. */
function isOther({ link }: MachineState, { peer }: ConnectionFacts): boolean {
  const address = peerAddressOf(link);
  return address !== null && address !== peer.remoteAddress;
}

/** It speaks on a connection that it had before, as the relay leaves two of one machine standing. */
export const backOn = (machine: MachineState, { conn, peer, since }: ConnectionFacts): MachineState => ({
  ...machine,
  link: { status: 'online', conn, peer, since },
  sign: null,
});

/** Without cleared errors that the machine had the time to set again. */
export function settledMachine(machine: MachineState, now: number): MachineState {
  const errors = settled(machine.errors, now);
  return errors === machine.errors ? machine : { ...machine, errors };
}

/** Applies one entry of this machine. `current`: the entry is of the connection the machine is on now; `relayed`: what became of that connection. */
export function foldMachine(
  before: MachineState,
  entry: Entry,
  current: boolean,
  relayed: RelayedAs | null = null,
): MachineState {
  const machine = settledMachine(before, entry.at);
  switch (entry.kind) {
    case 'opened':
      return machine;
    case 'closed': {
      const ended = { value: entry.reason, at: entry.at, entry: entry.id };
      if (!current) return { ...machine, ended };
      return {
        ...machine,
        link: linkGone(machine.link, entry.at, entry.reason),
        restart: afterEnd(machine, entry),
        ended,
        // Nor by trouble.
        connected: closeReasons[entry.reason].ofMachine ? machine.connected : [],
      };
    }
    case 'finding':
      if (isClosing(entry)) return closed(machine, entry);
      return {
        ...machine,
        ...(current && signedBy([entry.finding], entry)),
        findings: findingsAfter(machine, [entry.finding], entry),
      };
    case 'junk': {
      // What its real server sent is no word of the machine.
      if (directionOf(entry) === 'out')
        return { ...machine, findings: findingsAfter(machine, entry.findings, entry) };
      const counts = {
        ...machine.counts,
        bytesIn: machine.counts.bytesIn + entry.bytes.length,
        junkBytes: machine.counts.junkBytes + entry.bytes.length,
      };
      const lastHeard = heardAt(machine, entry, current);
      return {
        ...machine,
        lastHeard,
        counts,
        restart: afterHeard(machine, entry, null),
        findings: findingsAfter(machine, entry.findings, entry),
      };
    }
    case 'frame':
      // What was made up in its name, or never reached it, changes nothing of it.
      if (!isWord(entry)) return toldLate(machine, entry);
      return foldFrame(machine, entry, current, relayed);
  }
}

/** A connection that Crema closed was not closed by a restart. */
function afterEnd(
  { restart }: MachineState,
  { at, reason, conn }: Extract<Entry, { kind: 'closed' }>,
): MachineState['restart'] {
  if (restart === null || !closeReasons[reason].ofMachine) return null;
  return {
    ...restart,
    goneAt: restart.goneAt ?? at,
    goneBy: conn === restart.conn ? reason : restart.goneBy,
  };
}

/** On its connection it is still there; on another it is back. */
function afterHeard(
  { restart }: MachineState,
  { at, conn }: Entry,
  sequence: number | null,
): MachineState['restart'] {
  if (restart === null) return null;
  if (conn === restart.conn)
    return { ...restart, heard: { at, sequence: sequence ?? restart.heard?.sequence ?? null } };
  return restart.back === null ? { ...restart, back: { at, sequence } } : restart;
}

/** Bytes that a former connection held may be recorded after newer ones of the present connection. */
function heardAt({ lastHeard }: MachineState, { at }: Entry, current: boolean): number {
  return current || lastHeard === null ? at : Math.max(lastHeard, at);
}

function foldFrame(
  machine: MachineState,
  entry: FrameEntry,
  current: boolean,
  relayed: RelayedAs | null,
): MachineState {
  const { counts } = machine;
  const { framesIn, framesOut, bytesIn, junkBytes } = counts;
  const next = copyOf(machine);
  next.findings = findingsAfter(machine, ofMachine(entry), entry);
  if (entry.message.from === 'server') {
    next.counts = { framesIn, framesOut: framesOut + 1, bytesIn, junkBytes };
    next.lastSent = entry.at;
    // That it connects anew for this is no trouble.
    if (endsConnectionOf(entry.message.body, machine.platform)) next.connected = [];
    return Object.assign(next, relayedOrders(machine, changesBy(machine, entry), entry, relayed));
  }
  next.lastHeard = heardAt(machine, entry, current);
  next.restart = afterHeard(machine, entry, entry.sequence);
  next.clock = clockAfter(machine, entry);
  next.head = entry.head ?? machine.head;
  next.sequence = sequenceAfter(entry.sequence, machine.sequence);
  next.counts = { framesIn: framesIn + 1, framesOut, bytesIn: bytesIn + entry.bytes.length, junkBytes };
  // Of an earlier login, where another connection had the number then.
  if (current && entry.findings.length > 0) Object.assign(next, signedBy(entry.findings, entry));
  return Object.assign(next, relayedOrders(machine, changesBy(machine, entry), entry, relayed));
}

/** What a server's frames are like says nothing about the machine, but that they may be too long for it. */
const ofMachine = ({ dir, findings }: FrameEntry): readonly Finding[] =>
  dir === 'in' || findings.length === 0 ? findings : findings.filter(({ code }) => code === 'out.long');

function findingsAfter(
  { findings: known }: MachineState,
  found: readonly Finding[],
  entry: Entry,
): MachineState['findings'] {
  if (found.length === 0) return known;
  const findings = { ...known };
  for (const { code, params = {} } of found) {
    findings[code] = { times: (findings[code]?.times ?? 0) + 1, last: entry.at, entry: entry.id, params };
  }
  return findings;
}
