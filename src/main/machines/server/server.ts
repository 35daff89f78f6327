/**
 * The machine server: sockets, protocol, connections, command queue, entry log and journal. It runs in its own thread (thread.ts)
 * or in plain Node without a window (serve.ts). Both use the calls of calls.ts.
 */
import type { RefusedEntries } from '#shared/model/journal';
import type { MachineRow, MachineState } from '#shared/model/machine';
import { noRelayState } from '#shared/model/relay';
import { faultsForgotten } from '../../core/state/faults';
import { Fleet } from '../../core/state/fleet';
import { machineRow } from '../../core/state/machineRow';
import { Transferring, type CallHandlers } from '../../lib/threads/serve';
import { sendAgain } from '../requests/byHand';
import {
  isSameRecorded,
  nothingRecorded,
  type Asker,
  type MachinesHandlers,
  type ServerCalls,
  type ServerEvents,
  type ServerOpening,
} from './calls';
import { Choices } from '../requests/choices';
import { earlierCommands, earlierFiles, resumeCommands } from './commands';
import { Forgetting } from './forgetting';
import { HeldEntries } from './heldEntries';
import { startJournal, type ServerJournal } from './journal';
import { windowRequests } from '../requests';
import { absent, giveCommand } from '../requests/machineRequests';
import { ServerLabels } from './labels';
import { Newcomers } from './newcomers';
import { News } from './news';
import { PackageHost } from './packageHost';
import { Replaying } from '../requests/replaying';
import { restoreRuns } from './runs';
import { reportJournal, reportOf } from './reportJournal';
import { ReservedLink } from './reservedLink';
import { startServerParts, type ServerParts } from './serverParts';
import { settingsCalls } from './settingsCalls';
import { Strangers } from './strangers';

export interface ServerOptions {
  readonly now: () => number;
  /** ms by which the clock was set since the last call. `now` follows the new clock from this call on. */
  readonly takeStep: () => number;
  /** The built journal/thread.ts. */
  readonly journalWorker: string | URL;
  /** Left out: the usual limit. */
  readonly machinesKept?: number;
  readonly emit: <Name extends keyof ServerEvents>(name: Name, value: ServerEvents[Name]) => void;
}

export class Server {
  readonly handlers: CallHandlers<ServerCalls>;
  readonly #options: ServerOptions;
  readonly #fleet: Fleet;
  readonly #choices = new Choices();
  readonly #host = new PackageHost();
  readonly #news: News;
  readonly #labels = new ServerLabels(this.#choices);
  readonly #held = new HeldEntries(this.#labels);
  readonly #newcomers = new Newcomers({
    choices: this.#choices,
    fleet: () => this.#fleet,
    live: () => this.#news.live,
    parts: () => this.#parts,
    running: () => this.#running,
  });
  readonly #forgettingVirtual = new Forgetting({
    left: () =>
      this.#choices.virtualMachines.filter((vmcNo) => this.#fleet.machine(vmcNo)?.link.status !== 'online'),
    forget: (vmcNo) => this.#forget(vmcNo),
  });
  readonly #strangers = new Strangers({
    machines: () => this.#fleet.machines,
    isKnown: (vmcNo) => this.#choices.isChosen(vmcNo) || (this.#parts?.isKnown(vmcNo) ?? true),
    forget: (vmcNo) => this.#forget(vmcNo),
  });
  readonly #reserved = new ReservedLink({
    choices: this.#choices,
    parts: () => this.#parts,
    onFirst: (vmcNo) => this.#options.emit('directMachine', vmcNo),
  });
  /** `null`: the server is not open. */
  #parts: ServerParts | null = null;
  /** The journal of a stopping server. */
  #ended: ServerJournal | null = null;
  #recorded = nothingRecorded;
  #opening: Promise<void> | null = null;
  readonly #replaying = new Replaying();

  constructor(options: ServerOptions) {
    this.#options = options;
    this.#fleet = new Fleet({
      onForgotten: (machine) => this.#forgotten(machine),
      // Until everything is open, it is not known which machines have waiting commands: nothing is forgotten until then.
      isKnown: (vmcNo) => this.#parts?.isKnown(vmcNo) ?? true,
      ...(options.machinesKept !== undefined && { kept: options.machinesKept }),
    });
    this.#news = new News({
      now: options.now,
      labels: this.#labels,
      row: (machine) => this.#row(machine),
      machine: (vmcNo) => this.#fleet.machine(vmcNo),
      rows: {
        machines: () => [...this.#fleet.machines.values()].map((machine) => this.#row(machine)),
        running: () => this.#running.queue.running,
        diagnoses: () => this.#running.diagnoses.open,
        openRuns: () => this.#running.runs.runs.known.open,
        runLines: () => this.#running.runs.runs.known.openLines,
      },
      values: {
        ...this.#newcomers.values,
        dials: () => this.#parts?.dialler.dials ?? [],
        relay: () => this.#parts?.relaying.state ?? noRelayState,
      },
      lengths: this.#newcomers.lengths,
      reportRecorded: () => this.reportRecorded(),
      emit: options.emit,
    });
    const parts = (): ServerParts | null => this.#parts;
    const requests = windowRequests({
      now: options.now,
      parts,
      running: () => this.#running,
      machine: (vmcNo) => this.#fleet.machine(vmcNo),
      strangers: this.#strangers,
      packages: () => this.#host.offers.packages,
      forget: (vmcNo) => this.#forget(vmcNo),
    });
    this.handlers = {
      ...this.#calls(requests),
      ...settingsCalls({
        choices: this.#choices,
        fleet: this.#fleet,
        news: this.#news,
        host: this.#host,
        reserved: this.#reserved,
        parts,
      }),
    };
  }

  #calls(
    requests: MachinesHandlers,
  ): Omit<CallHandlers<ServerCalls>, keyof ReturnType<typeof settingsCalls>> {
    return {
      request: ({ name, args, by }) => {
        const handler = requests[name] as (args: unknown, asker: Asker) => unknown;
        return handler(args, { by });
      },
      machine: ({ vmcNo }) => this.#fleet.machine(vmcNo),
      open: (args) => (this.#opening = this.#open(args)),
      settle: () => this.#settle(),
      takeUnwritten: () => {
        const packed = this.#ended?.client.takeUnwritten() ?? [];
        const buffers = packed.flatMap(({ numbers, places, bytes }) => [numbers, places, bytes]);
        return new Transferring(
          packed,
          buffers.map(({ buffer }) => buffer as ArrayBuffer),
        );
      },
      close: () => this.#close(),
      listen: ({ host, port, avoid, others }) => this.#running.listener.listen(host, port, avoid, others),
      retryListen: ({ avoid }) => this.#running.listener.retry(avoid),
      slept: ({ ms }) => this.#parts?.slept(ms),
      selfTest: ({ host }) => {
        const { listener, server } = this.#running;
        return listener.state.status === 'listening' ? server.testSelf(host, listener.state.port) : null;
      },
      reachedAddresses: () => {
        const counts = new Map<string, number>();
        for (const { link } of this.#fleet.machines.values()) {
          if (link.status !== 'online') continue;
          const { localAddress } = link.peer;
          counts.set(localAddress, (counts.get(localAddress) ?? 0) + 1);
        }
        return [...counts].map(([host, machines]) => ({ host, machines }));
      },
      snapshot: () => this.#news.snapshot(),
      watch: ({ window, vmcNo }) => this.#news.watch(window, vmcNo),
      follow: ({ window, token, filter }) => this.#news.follow(window, token, filter),
      recentPage: (query) => this.#held.page({ ...query, now: this.#options.now() }),
      recentCount: (query) => this.#held.count({ ...query, now: this.#options.now() }),
      recentFrame: ({ id }) => this.#held.frame(id),
      connectReplay: ({ vmcNo, port }) =>
        this.#replaying.open(vmcNo, port, async (frame) => {
          const sent = this.#parts === null ? null : await sendAgain(this.#parts, vmcNo, frame);
          return sent === null
            ? absent((one) => this.#fleet.machine(one), vmcNo)
            : 'id' in sent
              ? null
              : sent;
        }),
      forgetVirtual: async () => {
        await this.#forgettingVirtual.run();
        const { virtualMachines } = this.#choices;
        return virtualMachines.filter((vmcNo) => this.#fleet.machine(vmcNo)?.link.status === 'online').length;
      },
      refusalFromSite: ({ vmcNo, name, input, accepted }) =>
        this.#fleet.machine(vmcNo) === null
          ? { code: 'unknownMachine', params: { vmcNo } }
          : this.#running.queue.refusal(vmcNo, name, input, accepted),
      giveFromSite: (wish) =>
        giveCommand({ machine: (one) => this.#fleet.machine(one), running: () => this.#running }, wish),
      productsFetched: ({ vmcNo, file }) => this.#host.toQueue((queue) => queue.onProducts(vmcNo, file)),
      wantedPackages: () => {
        const { queue, runs } = this.#running;
        return new Set([...queue.wantedPackages, ...runs.runs.known.wantedPackages]);
      },
      changeMark: (change) => this.#labels.change(this.#running.journal.client, change),
      keepAuditEnd: async (end) => {
        await this.#running.journal.client.query('keepAuditEnd', end);
      },
      flush: () => this.#running.journal.client.flush(),
      journalReport: () => reportOf(this.#running.journal.client),
      connectReader: async (port) => {
        if (this.#parts !== null) await this.#parts.journal.client.connect(port);
        // Closed meanwhile: the port's other end is closed too, so its reader notices.
        else port.close();
      },
      connectHost: (port) => this.#host.connect(port),
    };
  }

  /** Called before each message that may show a record. While the disk refuses, the batch can stay the same. */
  reportRecorded(): void {
    if (this.#parts === null) return;
    const next = { batch: this.#parts.journal.client.handOver(), last: this.#parts.last() };
    if (isSameRecorded(next, this.#recorded)) return;
    this.#recorded = next;
    this.#options.emit('recorded', next);
  }

  async #open({
    journal: file,
    settings,
    stopped = null,
    isCopy = false,
    patience,
    places,
    recorded = nothingRecorded,
  }: ServerOpening): Promise<void> {
    const { now, takeStep, emit, journalWorker } = this.#options;
    this.#choices.open(settings);
    const { offers } = this.#host;
    offers.packages = settings.packages;
    offers.updates = settings.updates;
    const journal = await startJournal(file, journalWorker, this.#fleet, {
      stopped,
      isVirtual: (machine) => this.#choices.isVirtual(machine),
      onError: ({ message }) => {
        emit('problem', `the journal's thread stopped: ${message}`);
        emit('journalDied', message);
      },
      onFolded: (vmcNos) => {
        for (const vmcNo of vmcNos) {
          this.#news.machineChanged(vmcNo);
          this.#parts?.diagnoses.touched(vmcNo);
        }
      },
      ...(patience !== undefined && { patience }),
      lastBatch: recorded.batch,
      shown: recorded.last,
    });
    const { client } = journal;
    reportJournal(client, emit);
    const parts = startServerParts(journal, {
      now,
      takeStep,
      emit,
      fleet: this.#fleet,
      choices: this.#choices,
      offers,
      news: this.#news,
      places,
    });
    this.#parts = parts;
    // The original has other entries under the same name.
    if (isCopy && client.isReadable) await client.query('renewIdentity', { known: null });
    await this.#labels.read(client, (detail) => emit('problem', detail));
    this.#follow(journal);
    journal.keepWithin(() => this.#choices.settings.retention);
    const earlier = await earlierCommands(client, now());
    // Before the runs are restored, so that they get the current states of their commands.
    await restoreRuns(parts.runs.runs, client, { earlier, now, isCopy });
    const files = await earlierFiles(client, earlier, (vmcNo) => this.#fleet.machine(vmcNo));
    resumeCommands(parts.queue, {
      earlier,
      files,
      offers,
      known: parts.commandKnown,
      isCopy,
    });
    if (client.isReadable) parts.diagnoses.restore(await client.query('openDiagnoses', null));
    for (const vmcNo of this.#fleet.machines.keys()) parts.diagnoses.touched(vmcNo);
    client.begun();
    this.#fleet.keepWithin();
    this.#host.serve(parts.queue);
    parts.dialler.setTargets(this.#choices.settings.dials);
  }

  /** Publishes every entry, and keeps entries in memory that are not in the journal. */
  #follow({ client, entryLog }: ServerJournal): void {
    this.#held.follow(client);
    entryLog.onEntry((entry, change) => {
      const question = this.#labels.times.take(entry);
      if (question !== null) this.#news.entryAnswered(question);
      // Earlier entries of its connection are published again, now with their machine.
      const named = this.#held.add(entry, client.state.status === 'open');
      if (named.length > 0) {
        for (const one of named) this.#news.entryNamed(one);
        this.#newcomers.named(entry, change);
      }
      this.#replaying.take(entry);
      this.#newcomers.take(entry);
    });
    entryLog.onEntry(this.#news.onEntry);
    entryLog.onEntry((entry) => {
      // Last: it closes connections, and their entries follow.
      if (entry.kind === 'frame' && entry.dir === 'in' && entry.vmcNo !== null)
        this.#reserved.heard(entry.vmcNo);
    });
    entryLog.onSettled(this.#news.onSettled);
  }

  async #settle(): Promise<RefusedEntries> {
    // A journal that is still opening must be closed in order too.
    await this.#opening?.catch(() => undefined);
    this.#forgettingVirtual.finish();
    this.#strangers.finish();
    const parts = this.#parts;
    // The main thread may still prepare this server. Its call to listen must have no effect.
    this.#parts = null;
    this.#host.serve(null);
    if (parts !== null) {
      const { journal, server, listener, dialler, stopTicking } = parts;
      this.#ended = journal;
      stopTicking();
      this.#news.stop();
      dialler.stop();
      await listener.stop();
      server.closeAll('shutdown');
      this.#news.sendLast();
      await journal.settle();
    }
    return this.#ended?.client.unwritten ?? { waiting: 0, lost: 0, detail: '', gone: null };
  }

  async #close(): Promise<void> {
    await this.#settle();
    await this.#ended?.close();
    this.#ended = null;
    this.#host.close();
    this.#replaying.stop();
  }

  get #running(): ServerParts {
    if (this.#parts === null) throw new Error('the server is not open');
    return this.#parts;
  }

  #row(machine: MachineState): MachineRow {
    const { vmcNo } = machine;
    const hasCode = this.#choices.code(vmcNo) !== null;
    const doubts = this.#parts?.doubts.of(vmcNo, machine) ?? [];
    const isStranger = this.#strangers.is(machine);
    return machineRow(machine, this.#choices.config(vmcNo), this.#choices.isVirtual(machine), {
      hasCode,
      doubts,
      isStranger,
      diagnosis: this.#parts?.diagnoses.shown(vmcNo) ?? null,
      leftCommand: this.#parts?.leftCommands.of(vmcNo) ?? null,
    });
  }

  #forget(vmcNo: number): void {
    const machine = this.#fleet.machine(vmcNo);
    this.#fleet.forget(vmcNo);
    if (machine !== null) this.#forgotten(machine);
  }

  #forgotten(machine: MachineState): void {
    const { vmcNo } = machine;
    this.#held.forget(vmcNo);
    this.#parts?.diagnoses.forget(vmcNo, this.#options.now());
    this.#choices.forget(vmcNo);
    this.#news.machineForgotten(vmcNo);
    const faults = faultsForgotten(machine, this.#options.now());
    // Nothing can be removed while the journal is read.
    this.#parts?.journal.forget(vmcNo, faults);
    this.#news.live.add('faults', faults);
  }
}
