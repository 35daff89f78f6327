/**
 * A person closes a fault that the machine has not cleared. The closing is recorded as a finding about the machine, so the state remains
 * a fold over entries. If the machine sets the fault again, that is a new fault.
 */
import type { Finding } from '#shared/findings';
import type { Entry, NewEntry } from '#shared/model/frame';
import type { MachineState } from '#shared/model/machine';
import { withClosed } from './activeFaults';
import { withChanges } from './copies';

/** The connection number of entries about a machine that is not connected. */
const noConnection = 0;

export function closing(
  { vmcNo, link }: MachineState,
  {
    fault,
    code,
    note,
    by,
    at,
  }: {
    readonly fault: number;
    readonly code: string;
    readonly note: string;
    readonly by: string;
    readonly at: number;
  },
): Extract<NewEntry, { kind: 'finding' }> {
  const conn = link.status === 'online' ? link.conn : noConnection;
  return {
    kind: 'finding',
    at,
    conn,
    vmcNo,
    finding: { code: 'fault.closed', params: { fault, code, note, by } },
  };
}

export const isClosing = (entry: Entry): boolean =>
  entry.kind === 'finding' && entry.finding.code === 'fault.closed';

/** Records why offline machines could not be heard, for those whose silence would otherwise look like a restart. */
export const remarksAway = (
  machines: Iterable<MachineState>,
  finding: Finding,
  at: number,
): readonly Extract<NewEntry, { kind: 'finding' }>[] =>
  [...machines]
    .filter(({ link, restart }) => link.status === 'offline' && restart !== null)
    .map(({ vmcNo }) => ({ kind: 'finding', at, conn: noConnection, vmcNo, finding }));

/** The entry is about the machine, independent of its connections. */
export const isOfMachine = (entry: Entry): boolean =>
  isClosing(entry) || (entry.kind === 'finding' && entry.conn === noConnection);

/** The closed error is no longer active, although the machine has not cleared it. */
export function closed(machine: MachineState, entry: Extract<Entry, { kind: 'finding' }>): MachineState {
  const { fault, by = null } = entry.finding.params ?? {};
  if (typeof fault !== 'number') return machine;
  const how = { at: entry.at, entry: entry.id, by: by === null ? null : String(by) };
  const changes = withClosed(machine, fault, how);
  return changes === null ? machine : withChanges(machine, changes);
}
