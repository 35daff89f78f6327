/**
 * The state of one machine, as a fold over its journal entries. The live server and the replay of a capture call the same function,
 * so both give the same state.
 */
import type { Finding } from '#shared/findings';
import { endsConnectionOf, restartsMachine } from '#shared/commands/kit/rows';
import { closeReasons } from '#shared/model/closeReasons';
import { directionOf, type Entry, type FrameEntry, type Peer } from '#shared/model/frame';
import { withOpened } from '#shared/model/linkMinutes';
import { loopLength } from '#shared/model/linkTrouble';
import type { RelayedAs } from '#shared/model/relay';
import { isWord } from '#shared/model/relayed';
import { nothingKnown, type MachineState } from '#shared/model/machine';
import { effects } from './apply/index';
import { signedBy } from './apply/login';
import { restart as restartBy, type Changes } from './apply/on';
import { relayedOrders, reportedLate } from './relayedOrders';
import { settled } from './activeFaults';
import { closed, isClosing } from './closings';
import { sequenceAfter } from '../connection/conversation';
import { copyOf, withChanges } from './copies';
import { clockAfter } from './machineClock';
import { linkGone, peerAddressOf } from '#shared/model/machineLink';

/** The connection of an entry, as the fleet knows it. */
export interface ConnectionFacts {
  readonly conn: number;
  readonly peer: Peer;
  readonly since: number;
}

/** A machine with nothing known but its number. */
export function newMachine(vmcNo: number, connection: ConnectionFacts): MachineState {
  return copyOf({
    vmcNo,
    link: { status: 'online', conn: connection.conn, peer: connection.peer, since: connection.since },
    ...nothingKnown,
    connections: 1,
    connected: [connection.since],
    ...withOpened(nothingKnown, connection.since),
  });
}

/** A known machine returns on another connection. */
export function reconnected(machine: MachineState, connection: ConnectionFacts, at: number): MachineState {
  return withChanges(machine, {
    link: { status: 'online', conn: connection.conn, peer: connection.peer, since: connection.since },
    heartbeat: nothingKnown.heartbeat,
    lastSent: null,
    // No login on this connection yet.
    sign: null,
    // A reconnect neither confirms nor ends an error: the machine has not repeated it yet.
    errors: machine.errors.map((error) => ({ ...error, unconfirmed: true })),
    // The state of the door is unconfirmed too.
    door: machine.door === null ? null : { ...machine.door, unconfirmed: true },
    connections: machine.connections + 1,
    connected: [...machine.connected, connection.since].slice(-loopLength),
    ...withOpened(machine, connection.since),
    taken: isOther(machine, connection) ? { conn: connection.conn, at } : machine.taken,
  });
}

/** Whether the number is used from another address, as by another machine. A machine that lost its connection mostly keeps its address. */
function isOther({ link }: MachineState, { peer }: ConnectionFacts): boolean {
  const address = peerAddressOf(link);
  return address !== null && address !== peer.remoteAddress;
}

/** The machine uses an earlier connection again. The relay keeps two connections of one machine open. */
export const resumedOn = (machine: MachineState, { conn, peer, since }: ConnectionFacts): MachineState =>
  withChanges(machine, { link: { status: 'online', conn, peer, since }, sign: null });

/** Removes cleared errors whose time to be set again has passed. */
export function settledMachine(machine: MachineState, now: number): MachineState {
  const errors = settled(machine.errors, now);
  return errors === machine.errors ? machine : withChanges(machine, { errors });
}

/** Applies one entry of this machine. `current`: the entry is of the machine's current connection; `relayed`: relay state of that connection. */
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
      if (!current) return withChanges(machine, { ended });
      return withChanges(machine, {
        link: linkGone(machine.link, entry.at, entry.reason),
        restart: afterEnd(machine, entry),
        ended,
        // Only connections that the machine ends count for a reconnect loop.
        connected: closeReasons[entry.reason].ofMachine ? machine.connected : [],
      });
    }
    case 'finding':
      if (isClosing(entry)) return closed(machine, entry);
      return withChanges(machine, {
        ...(current && signedBy([entry.finding], entry)),
        findings: findingsAfter(machine, [entry.finding], entry),
      });
    case 'junk': {
      // Data of the real server is not a message of the machine.
      if (directionOf(entry) === 'out')
        return withChanges(machine, { findings: findingsAfter(machine, entry.findings, entry) });
      const counts = {
        ...machine.counts,
        bytesIn: machine.counts.bytesIn + entry.bytes.length,
        junkBytes: machine.counts.junkBytes + entry.bytes.length,
      };
      const lastHeard = heardAt(machine, entry, current);
      return withChanges(machine, {
        lastHeard,
        counts,
        restart: afterHeard(machine, entry, null),
        findings: findingsAfter(machine, entry.findings, entry),
      });
    }
    case 'frame':
      // Frames made up in the machine's name, or never delivered to it, do not change its state.
      if (!isWord(entry)) return reportedLate(machine, entry);
      return foldFrame(machine, entry, current, relayed);
  }
}

/** A connection that Crema closed is not evidence of a restart. */
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

/** Data on the same connection: not restarted yet. Data on another connection: the machine is back. */
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

/** Bytes held on a former connection may be recorded after newer bytes of the current one. */
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
    // A reconnect caused by this command is not a fault.
    if (endsConnectionOf(entry.message.body, machine.platform)) next.connected = [];
    return Object.assign(next, relayedOrders(machine, changesBy(machine, entry), entry, relayed));
  }
  next.lastHeard = heardAt(machine, entry, current);
  next.restart = afterHeard(machine, entry, entry.sequence);
  next.clock = clockAfter(machine, entry);
  next.head = entry.head ?? machine.head;
  next.sequence = sequenceAfter(entry.sequence, machine.sequence);
  next.counts = { framesIn: framesIn + 1, framesOut, bytesIn: bytesIn + entry.bytes.length, junkBytes };
  // The sign of an earlier login, made while another connection held the number.
  if (current && entry.findings.length > 0) Object.assign(next, signedBy(entry.findings, entry));
  return Object.assign(next, relayedOrders(machine, changesBy(machine, entry), entry, relayed));
}

/** A frame's changes to its machine. */
function changesBy(machine: MachineState, entry: FrameEntry): Changes {
  const { from, body } = entry.message;
  const changes = effects[from].get(body.cmd)?.changes(machine, body, entry) ?? null;
  // The rows of the commands define which frames restart the machine.
  return from === 'server' && restartsMachine(body, machine.platform)
    ? { ...restartBy(machine, body.cmd, entry), ...changes }
    : changes;
}

/** Findings about a server's frames do not concern the machine, except that a frame may be too long for it. */
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
