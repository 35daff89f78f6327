/**
 * A person closes a fault that its machine has not cleared. It is recorded as a finding about the machine, so that state stays a fold over
 * entries; should the machine set it again, it is a new one.
 */
import type { Finding } from '#shared/findings';
import type { Entry, NewEntry } from '#shared/model/frame';
import type { MachineState } from '#shared/model/machine';

/** Of a machine that is not connected: of no connection. */
const noConnection = 0;

export function closing(
  { vmcNo, link }: MachineState,
  {
    fault,
    code,
    note,
    at,
  }: { readonly fault: number; readonly code: string; readonly note: string; readonly at: number },
): Extract<NewEntry, { kind: 'finding' }> {
  const conn = link.status === 'online' ? link.conn : noConnection;
  return {
    kind: 'finding',
    at,
    conn,
    vmcNo,
    finding: { code: 'fault.closed', params: { fault, code, note } },
  };
}

export const isClosing = (entry: Entry): boolean =>
  entry.kind === 'finding' && entry.finding.code === 'fault.closed';

/** What kept anybody from hearing machines that have gone, of those whose silence would be taken for a restart. */
export const remarksAway = (
  machines: Iterable<MachineState>,
  finding: Finding,
  at: number,
): readonly Extract<NewEntry, { kind: 'finding' }>[] =>
  [...machines]
    .filter(({ link, restart }) => link.status === 'offline' && restart !== null)
    .map(({ vmcNo }) => ({ kind: 'finding', at, conn: noConnection, vmcNo, finding }));

/** It is about the machine, whatever becomes of connections. */
export const isOfMachine = (entry: Entry): boolean =>
  isClosing(entry) || (entry.kind === 'finding' && entry.conn === noConnection);

/** The machine without the error that was closed. */
export function closed(machine: MachineState, { params }: Finding): MachineState {
  const fault = params?.['fault'];
  return machine.errors.some(({ entry }) => entry === fault)
    ? { ...machine, errors: machine.errors.filter(({ entry }) => entry !== fault) }
    : machine;
}
