/** Commands in the running app: the desk, with the sockets, the clock, the journal and the update host around it. */
import type { Command } from '#shared/model/command';
import type { MachineState, Platform } from '#shared/model/machine';
import type { ControlNotice, Transfer } from '#shared/model/upgrade';
import type { CommandsService } from './ipc/services';
import type { JournalClient } from './journal/client/journalClient';
import type { MachineServer } from './link/machineServer';
import { textOf } from './session/commands';
import { CommandDesk } from './session/desk';
import type { Ledger } from './session/ledger';
import type { UpgradesPart } from './upgrades';

/** ms between looks at what has waited too long. */
const tickInterval = 1_000;

export interface CommandingParts {
  readonly now: () => number;
  readonly machine: (vmcNo: number) => MachineState | null;
  /** Set by hand or read from the login. */
  readonly platform: (vmcNo: number) => Platform | null;
  readonly server: MachineServer;
  readonly journal: JournalClient;
  readonly ledger: Ledger;
  readonly upgrades: UpgradesPart;
  /** The newest command's number in the journal. */
  readonly last: number;
  readonly onChange: (command: Command) => void;
}

export interface Commanding extends CommandsService {
  /** Takes up what an earlier run left open. */
  readonly open: () => Promise<void>;
  readonly stop: () => void;
  readonly onTransfer: (transfer: Transfer) => void;
  readonly onNotice: (notice: ControlNotice) => void;
}

export function makeCommanding(parts: CommandingParts): Commanding {
  const { now, machine, platform, server, journal, ledger, upgrades, last, onChange } = parts;
  const desk = new CommandDesk(
    {
      now,
      platform,
      isOnline: (vmcNo) => server.connectionOf(vmcNo) !== undefined,
      discount: (vmcNo) => machine(vmcNo)?.discount?.value ?? null,
      send: (vmcNo, message) => server.send(vmcNo, message),
      offer: ({ id, vmcNo, input }) => {
        const { link } = machine(vmcNo) ?? {};
        const host = link?.status === 'online' ? link.peer.localAddress : null;
        return upgrades.offer({
          id,
          vmcNo,
          packageId: textOf(input['packageId']),
          host,
          platform: platform(vmcNo),
        });
      },
      changed: (command) => {
        journal.keepCommand(command);
        onChange(command);
      },
    },
    last,
  );
  ledger.onEntry((entry, change) => {
    // Sent when this entry has gone everywhere: nothing overtakes it.
    if (change !== null && desk.onEntry(entry, change)) setImmediate(() => desk.flush(change.vmcNo));
  });
  const timer = setInterval(() => desk.tick(), tickInterval);
  return {
    running: () => desk.running,
    give: (vmcNo, name, input) => {
      if (name !== 'upgrade') return desk.give(vmcNo, name, input);
      const facts = upgrades.factsFor(input, platform(vmcNo));
      return 'code' in facts ? facts : desk.giveUpgrade(vmcNo, input, facts.facts);
    },
    cancel: (id) => desk.cancel(id),
    onTransfer: (transfer) => desk.onTransfer(transfer),
    onNotice: (notice) => desk.onNotice(notice),
    open: async () => {
      const earlier = journal.isReadable ? await journal.query('openCommands', null) : [];
      for (const { id, vmcNo, name, input } of earlier) {
        if (name === 'upgrade') upgrades.renew({ id, vmcNo, packageId: textOf(input['packageId']) });
      }
      desk.restore(earlier);
    },
    stop: () => clearInterval(timer),
  };
}
