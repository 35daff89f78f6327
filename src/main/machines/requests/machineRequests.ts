/** Requests of a person about one machine: commands, a custom message, the end of a connection or of an error. */
import type { GivenFrom } from '#shared/commands/kit/given';
import type { AppError } from '#shared/contract/errors';
import type { Command } from '#shared/model/command';
import type { MachineState } from '#shared/model/machine';
import { closing } from '../../core/state/closings';
import { sendByHand } from './byHand';
import type { MachinesHandlers, SiteWish } from '../server/calls';
import type { ServerParts } from '../server/serverParts';

type MachineRequest =
  | 'sendFrame'
  | 'closeFault'
  | 'disconnect'
  | 'forgetMachine'
  | 'command'
  | 'cancelCommand'
  | 'sendAnyway'
  | 'setCommandWait';

type MachineOf = (vmcNo: number) => MachineState | null;

export interface MachineRequestParts {
  readonly now: () => number;
  readonly machine: MachineOf;
  /** @throws Error while the server is not open */
  readonly running: () => ServerParts;
  readonly forget: (vmcNo: number) => void;
}

export function machineRequests({
  now,
  machine: machineOf,
  running,
  forget,
}: MachineRequestParts): Pick<MachinesHandlers, MachineRequest> {
  return {
    sendFrame: async (args) => (await sendByHand(running(), args)) ?? absent(machineOf, args.vmcNo),
    closeFault: ({ vmcNo, fault, note }, { by }) => {
      const machine = machineOf(vmcNo);
      if (machine === null) return { code: 'unknownMachine', params: { vmcNo } };
      const error = machine.errors.find(({ entry }) => entry === fault);
      if (error === undefined) return { code: 'faultOver', params: {} };
      running().journal.entryLog.record(closing(machine, { fault, code: error.code, note, by, at: now() }));
      return null;
    },
    disconnect: ({ vmcNo }) => {
      const connection = running().server.connectionOf(vmcNo);
      connection?.close('byPerson');
      return connection === undefined ? absent(machineOf, vmcNo) : null;
    },
    forgetMachine: ({ vmcNo }) => {
      const machine = machineOf(vmcNo);
      if (machine === null) return { code: 'unknownMachine', params: { vmcNo } };
      if (machine.link.status === 'online') return { code: 'machineOnline', params: { vmcNo } };
      forget(vmcNo);
      return null;
    },
    command: ({ accepted = [], ...wish }) =>
      giveCommand({ machine: machineOf, running }, { accepted, ...wish }),
    cancelCommand: ({ id }) => running().queue.cancel(id),
    sendAnyway: ({ id }) => running().queue.sendAnyway(id),
    setCommandWait: ({ id, wait }) => running().queue.setWait(id, wait),
  };
}

/** `from`: the person at another site who gives it; left out: a person here. */
export async function giveCommand(
  { machine: machineOf, running }: Pick<MachineRequestParts, 'machine' | 'running'>,
  { vmcNo, name, input, accepted, from }: SiteWish & { readonly from?: GivenFrom },
): Promise<Command | AppError> {
  if (machineOf(vmcNo) === null) return { code: 'unknownMachine', params: { vmcNo } };
  const { queue, journal } = running();
  const given = queue.give(vmcNo, name, input, { accepted, ...(from !== undefined && { from }) });
  // A command counts as queued when it is on disk, or when the journal has reported that the disk refuses.
  await journal.client.flush();
  return given;
}

/** Reasons against a request to a machine without a connection. */
export function absent(machineOf: MachineOf, vmcNo: number): AppError {
  const code = machineOf(vmcNo) === null ? 'unknownMachine' : 'machineOffline';
  return { code, params: { vmcNo } };
}
