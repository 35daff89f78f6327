/** The window's view of machines, made of the fleet, the recent frames, the settings and the open connections. */
import type { MachineRow, MachineState } from '#shared/model/machine';
import type { MachinesService } from '../ipc/services';
import type { MachineServer } from '../link/machineServer';
import type { Fleet } from '../session/fleet';
import type { RecentFrames } from '../session/recentFrames';
import { machineRow } from '../session/frameRows';
import type { SettingsStore } from '../settings/store';

/** Connections without a machine number that the window lists. */
const unnamedShown = 100;

export interface MachinesParts {
  readonly fleet: Fleet;
  readonly recent: RecentFrames;
  readonly server: MachineServer;
  readonly store: SettingsStore;
  /** Told with what was last known of it. */
  readonly onForgotten: (machine: MachineState) => void;
  /** Whether a TCP port of this computer belongs to a virtual machine of ours. */
  readonly isVirtual: (port: number) => boolean;
}

export function machinesService({
  fleet,
  recent,
  server,
  store,
  isVirtual,
  onForgotten,
}: MachinesParts): MachinesService {
  /** Machines seen to be virtual stay so after they disconnect. */
  const virtual = new Map<number, boolean>();
  const row = (vmcNo: number): MachineRow | null => {
    const machine = fleet.machine(vmcNo);
    if (machine === null) return null;
    if (machine.link.status === 'online') virtual.set(vmcNo, isVirtual(machine.link.peer.remotePort));
    return machineRow(machine, store.config(vmcNo), virtual.get(vmcNo) ?? false);
  };
  const forget = (vmcNo: number): void => {
    const machine = fleet.machine(vmcNo);
    fleet.forget(vmcNo);
    recent.forget(vmcNo);
    virtual.delete(vmcNo);
    if (machine !== null) onForgotten(machine);
  };
  return {
    row,
    rows: () => [...fleet.machines.keys()].flatMap((vmcNo) => row(vmcNo) ?? []),
    setDirectLink: (vmcNo) => {
      if (vmcNo !== null) server.closeOthers(vmcNo);
    },
    sendByHand: (vmcNo, content) => {
      const sent = server
        .connectionOf(vmcNo)
        ?.sendByHand(
          content.as === 'text' ? content : { as: 'bytes', bytes: Buffer.from(content.hex, 'hex') },
        );
      if (sent === undefined || sent === null) return { code: 'machineOffline', params: { vmcNo } };
      if ('tooLong' in sent) return { code: 'frameTooLong', params: { bytes: sent.tooLong } };
      return { id: sent.id };
    },
    unnamed: () =>
      server
        .unnamed()
        .slice(0, unnamedShown)
        .map(({ conn, peer, bytesRead }) => ({
          conn,
          address: peer.remoteAddress,
          since: fleet.connections.get(conn)?.since ?? 0,
          bytes: bytesRead,
        })),
    disconnect: (vmcNo) => {
      const connection = server.connectionOf(vmcNo);
      connection?.close('byPerson');
      return connection !== undefined;
    },
    forget,
    forgetVirtual: () => {
      const gone = [...virtual.keys()].filter(
        (vmcNo) => virtual.get(vmcNo) === true && fleet.machine(vmcNo)?.link.status !== 'online',
      );
      gone.forEach(forget);
      return gone;
    },
  };
}
