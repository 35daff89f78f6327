/** Commands in the running app: the queue, with the sockets, the clock, the journal and the update host around it. */
import type { Command } from '#shared/model/command';
import type { MachineState, Platform } from '#shared/model/machine';
import type { ControlNotice, Transfer } from '#shared/model/upgrade';
import type { CommandsService } from '../ipc/services';
import type { JournalHost } from '../journal/host';
import type { MachineServer } from '../link/machineServer';
import { textOf } from '../session/commands';
import { CommandQueue } from '../session/commandQueue';
import type { EntryLog } from '../session/entryLog';
import type { UpgradesPart } from './packages';

/** ms between looks at what has waited too long. */
const tickInterval = 1_000;

export interface CommandsParts {
  readonly now: () => number;
  readonly machine: (vmcNo: number) => MachineState | null;
  /** Set by hand or read from the login. */
  readonly platform: (vmcNo: number) => Platform | null;
  readonly server: MachineServer;
  readonly journal: JournalHost;
  readonly entryLog: EntryLog;
  readonly upgrades: UpgradesPart;
  /** The newest command's number in the journal. */
  readonly last: number;
  readonly onChange: (command: Command) => void;
}

export interface CommandsPart extends CommandsService {
  /** Takes up what an earlier run left open. */
  readonly open: () => Promise<void>;
  readonly stop: () => void;
  readonly onTransfer: (transfer: Transfer) => void;
  readonly onNotice: (notice: ControlNotice) => void;
}

export function makeCommands(parts: CommandsParts): CommandsPart {
  const { now, machine, platform, server, journal, entryLog, upgrades, last, onChange } = parts;
  const queue = new CommandQueue(
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
  entryLog.onEntry((entry, change) => {
    // Sent when this entry has gone everywhere: nothing overtakes it.
    if (change !== null && queue.onEntry(entry, change)) setImmediate(() => queue.flush(change.vmcNo));
  });
  const timer = setInterval(() => queue.tick(), tickInterval);
  return {
    running: () => queue.running,
    give: (vmcNo, name, input) => {
      if (name !== 'upgrade') return queue.give(vmcNo, name, input);
      const facts = upgrades.factsFor(input, platform(vmcNo));
      return 'code' in facts ? facts : queue.giveUpgrade(vmcNo, input, facts.facts);
    },
    cancel: (id) => queue.cancel(id),
    onTransfer: (transfer) => queue.onTransfer(transfer),
    onNotice: (notice) => queue.onNotice(notice),
    open: async () => {
      const earlier = journal.isReadable ? await journal.query('openCommands', null) : [];
      for (const { id, vmcNo, name, input } of earlier) {
        if (name === 'upgrade') upgrades.renew({ id, vmcNo, packageId: textOf(input['packageId']) });
      }
      queue.restore(earlier);
    },
    stop: () => clearInterval(timer),
  };
}
