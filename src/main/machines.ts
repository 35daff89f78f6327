/** The window's view of machines, made of the fleet, the recent frames, the settings and the open connections. */
import type { Entry } from '#shared/model/frame';
import type { MachineRow, MachineState } from '#shared/model/machine';
import type { MachinesService } from './ipc/services';
import type { MachineServer } from './link/machineServer';
import type { JournalHost } from './journal/host';
import { revived } from './keeping';
import { readJson } from './protocol/json';
import type { Fleet } from './session/fleet';
import type { KeptEntry, RecentFrames } from './session/recent';
import { frameRow, latin1, machineRow } from './session/rows';
import type { SettingsStore } from './settings/store';

/** Connections without a machine number that the window lists. */
const unnamedShown = 100;

export interface MachinesParts {
  readonly fleet: Fleet;
  readonly recent: RecentFrames;
  readonly journal: JournalHost;
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
  journal,
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
  const fromJournal = async (id: number): Promise<KeptEntry | null> => {
    const stored = journal.isReadable ? await journal.query('entry', { id }) : null;
    const entry = stored === null ? null : revived(stored);
    return entry !== null && isKept(entry) ? entry : null;
  };
  return {
    row,
    rows: () => [...fleet.machines.keys()].flatMap((vmcNo) => row(vmcNo) ?? []),
    detail: (vmcNo) => {
      const state = fleet.machine(vmcNo);
      return state === null ? null : { state, codeStored: store.codeStored(vmcNo) };
    },
    frames: async (vmcNo, limit) => {
      const oldest = recent.ofMachine(vmcNo, limit)[0]?.id ?? null;
      const older = journal.isReadable ? await journal.query('frames', { vmcNo, before: oldest, limit }) : [];
      const kept = older.toReversed().map(revived).filter(isKept);
      return [...kept, ...recent.ofMachine(vmcNo, limit)].slice(-limit).map(frameRow);
    },
    frame: async (id) => {
      const entry = recent.get(id) ?? (await fromJournal(id));
      if (entry === null) return null;
      const isFrame = entry.kind === 'frame';
      return {
        ...frameRow(entry),
        bytes: entry.bytes,
        bodyStart: isFrame ? entry.bodyStart : 0,
        sequence: isFrame ? entry.sequence : null,
        fullText: isFrame ? entry.text : latin1(entry.bytes),
        json: isFrame ? readJson(entry.text).json : null,
      };
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

function isKept(entry: Entry): entry is KeptEntry {
  return entry.kind === 'frame' || entry.kind === 'junk';
}
