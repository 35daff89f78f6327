/**
 * The machine server: sockets, protocol, session, command queue and entry log, and the journal they are kept in. It runs in a
 * thread of its own (thread.ts) or in plain Node without a window (serve.ts); both ask it by the calls of calls.ts.
 */
import type { MessagePort } from 'node:worker_threads';
import type { AppError } from '#shared/contract/errors';
import type { UnnamedLink } from '#shared/contract/live';
import type { DamagedRows, JournalStatus, Mark, RefusedEntries } from '#shared/model/journal';
import {
  defaultMachineConfig,
  type MachineConfig,
  type MachineRow,
  type MachineState,
  type Platform,
} from '#shared/model/machine';
import { Listener } from '../link/listener';
import { MachineServer } from '../link/machineServer';
import type { CommandQueue } from '../session/commandQueue';
import { faultsForgotten } from '../session/faults';
import { Fleet } from '../session/fleet';
import { machineRow } from '../session/frameRows';
import { UnnamedEntries } from '../session/unnamedEntries';
import { RecentFrames, type Labels } from '../session/recentFrames';
import type { OfferCalls, OfferEvents } from '../upgrade/offerCalls';
import { Callable } from '../worker/callable';
import { Transferring, type CallHandlers } from '../worker/serve';
import type { JournalReport, ServerCalls, ServerEvents, ServerSettings } from './calls';
import { createCommandQueue, resumeCommands } from './commands';
import { keepJournal, type Kept } from './keepJournal';
import { damagedLine, described, journalLine } from './logLines';
import { News } from './news';
import { Offers } from './offers';
import { Unwritten } from './unwritten';
import { VirtualMachines } from './virtualMachines';

/** ms between checks for expired commands and for connections without a machine number. */
const tickInterval = 1_000;
/** Connections without a machine number that the window lists. */
const unnamedShown = 100;
/** Payment types answered to a QR request for `all` [ours]. */
const paymentTypes = ['wx_pub', 'alipay'];

export interface ServerOptions {
  readonly now: () => number;
  /** The built journal/worker.ts. */
  readonly journalWorker: string | URL;
  /** Left out: as many as a fleet usually keeps. */
  readonly machinesKept?: number;
  readonly emit: <Name extends keyof ServerEvents>(name: Name, value: ServerEvents[Name]) => void;
}

/** The parts that exist once the server is open. */
interface Running {
  readonly kept: Kept;
  readonly server: MachineServer;
  readonly listener: Listener;
  readonly queue: CommandQueue;
  readonly timer: NodeJS.Timeout;
}

export class Server {
  readonly #options: ServerOptions;
  readonly #fleet: Fleet;
  /** Entries that are not in the journal. */
  readonly #recent = new RecentFrames();
  readonly #unwritten = new Unwritten();
  readonly #unnamedEntries = new UnnamedEntries();
  readonly #marks = new Map<number, Mark>();
  readonly #configs = new Map<number, MachineConfig>();
  readonly #codes = new Map<number, string>();
  readonly #virtual = new VirtualMachines({
    machine: (vmcNo) => this.#fleet.machine(vmcNo),
    forget: (vmcNo) => this.#forget(vmcNo),
  });
  readonly #offers = new Offers((offer) => this.#host?.tell('offer', offer));
  readonly #news: News;
  readonly #labels: Labels = {
    nameOf: (vmcNo) => this.#config(vmcNo).name,
    markOf: (entry) => this.#marks.get(entry) ?? null,
  };
  #known: Pick<ServerSettings, 'settings' | 'virtualPorts'> | null = null;
  #host: Callable<OfferCalls, OfferEvents> | null = null;
  #hostPort: MessagePort | null = null;
  #parts: Running | null = null;
  /** Of a server that is being ended. */
  #ended: Kept | null = null;
  #opening: Promise<void> | null = null;
  #isOpen = false;
  /** Events of the package host that came before the command queue was ready. */
  readonly #earlyEvents: ((queue: CommandQueue) => void)[] = [];

  constructor(options: ServerOptions) {
    this.#options = options;
    this.#fleet = new Fleet({
      onForgotten: (machine) => this.#forgotten(machine),
      // Whose commands wait is not known before everything is open: nothing is forgotten until then.
      isKnown: (vmcNo) => this.#parts === null || this.#isKnown(vmcNo, this.#parts),
      ...(options.machinesKept !== undefined && { kept: options.machinesKept }),
    });
    this.#news = new News({
      now: options.now,
      labels: this.#labels,
      row: (vmcNo) => this.#row(vmcNo),
      machine: (vmcNo) => this.#fleet.machine(vmcNo),
      unnamed: () => this.#unnamed(),
      send: (news) => options.emit('news', news),
    });
  }

  readonly handlers: CallHandlers<ServerCalls> = {
    open: ({ journal, settings }) => (this.#opening = this.#open(journal, settings)),
    settle: () => this.#settle(),
    takeUnwritten: () => {
      const packed = this.#ended?.journal.takeUnwritten() ?? [];
      const buffers = packed.flatMap(({ numbers, places, bytes }) => [numbers, places, bytes]);
      return new Transferring(
        packed,
        buffers.map(({ buffer }) => buffer as ArrayBuffer),
      );
    },
    close: () => this.#close(),
    listen: ({ host, port }) => this.#running.listener.listen(host, port),
    retryListen: () => this.#running.listener.retry(),
    change: (patch) => {
      const { packages, updates, ...known } = patch;
      if (packages !== undefined) this.#offers.packages = packages;
      if (updates !== undefined) this.#offers.updates = updates;
      const before = this.#known?.settings.directLink ?? null;
      if (this.#known !== null) this.#known = { ...this.#known, ...known };
      const { settings, virtualPorts } = known;
      const directLink = settings?.directLink ?? null;
      // Before it was opened nobody is connected.
      if (directLink !== null && directLink !== before) this.#parts?.server.closeOthers(directLink);
      if (virtualPorts !== undefined)
        for (const vmcNo of this.#fleet.machines.keys()) this.#news.machineChanged(vmcNo);
    },
    changeConfig: ({ vmcNo, config }) => {
      this.#configs.set(vmcNo, config);
      this.#news.machineChanged(vmcNo);
    },
    changeCode: ({ vmcNo, code }) => {
      if (code === null) this.#codes.delete(vmcNo);
      else this.#codes.set(vmcNo, code);
      this.#news.machineChanged(vmcNo);
    },
    snapshot: () => ({
      machines: [...this.#fleet.machines.keys()].flatMap((vmcNo) => this.#row(vmcNo) ?? []),
      running: this.#running.queue.running,
    }),
    machine: ({ vmcNo }) => this.#fleet.machine(vmcNo),
    watch: ({ window, vmcNo }) => this.#news.watch(window, vmcNo),
    follow: ({ window, token, filter }) => this.#news.follow(window, token, filter),
    recentPage: (query) => this.#recent.page({ ...query, now: this.#options.now() }, this.#labels),
    recentCount: ({ filter, after }) => {
      const query = { filter, place: { after: after ?? 0 }, limit: Infinity, now: this.#options.now() };
      const { entries } = this.#recent.page(query, this.#labels);
      return { count: entries.length, next: null, last: entries[0]?.id ?? after ?? 0 };
    },
    recentEntry: ({ id }) => this.#recent.get(id) ?? this.#unwritten.get(id) ?? null,
    sendByHand: ({ vmcNo, content }) => {
      const sent = this.#running.server
        .connectionOf(vmcNo)
        ?.sendByHand(
          content.as === 'text' ? content : { as: 'bytes', bytes: Buffer.from(content.hex, 'hex') },
        );
      if (sent === undefined || sent === null) return this.#absent(vmcNo);
      return 'tooLong' in sent ? { code: 'frameTooLong', params: { bytes: sent.tooLong } } : { id: sent.id };
    },
    disconnect: ({ vmcNo }) => {
      const connection = this.#running.server.connectionOf(vmcNo);
      connection?.close('byPerson');
      return connection === undefined ? this.#absent(vmcNo) : null;
    },
    forget: ({ vmcNo }) => {
      const machine = this.#fleet.machine(vmcNo);
      if (machine === null) return { code: 'unknownMachine', params: { vmcNo } };
      if (machine.link.status === 'online') return { code: 'machineOnline', params: { vmcNo } };
      this.#forget(vmcNo);
      return null;
    },
    forgetVirtual: () => this.#virtual.forgetOffline(),
    command: ({ vmcNo, name, input }) => {
      if (this.#fleet.machine(vmcNo) === null) return { code: 'unknownMachine', params: { vmcNo } };
      return this.#running.queue.give(vmcNo, name, input);
    },
    cancelCommand: ({ id }) => this.#running.queue.cancel(id),
    wantedPackages: () =>
      new Set(
        this.#running.queue.running.flatMap(({ input: { packageId } }) =>
          typeof packageId === 'string' ? [packageId] : [],
        ),
      ),
    setMark: async (mark) => {
      await this.#running.kept.journal.query('setMark', mark);
      this.#marks.set(mark.entry, mark);
    },
    flush: () => this.#running.kept.journal.flush(),
    journalReport: () => reportOf(this.#running.kept.journal),
    beginJournal: () => this.#running.kept.journal.beginNew(),
    connectReader: async (port) => {
      if (this.#parts !== null) await this.#parts.kept.journal.connect(port);
      // Closed meanwhile: whoever asks at its other end is told.
      else port.close();
    },
    connectHost: (port) => {
      this.#hostPort = port;
      this.#host = new Callable<OfferCalls, OfferEvents>(port, {
        on: {
          transfer: (transfer) => this.#toQueue((queue) => queue.onTransfer(transfer)),
          notice: (notice) => this.#toQueue((queue) => queue.onNotice(notice)),
        },
      });
    },
  };

  /** The package host goes on serving while the journal is read: its events are about commands that are restored after that. */
  #toQueue(tell: (queue: CommandQueue) => void): void {
    if (this.#isOpen) tell(this.#running.queue);
    else this.#earlyEvents.push(tell);
  }

  async #open(file: string, settings: ServerSettings): Promise<void> {
    const { now, emit, journalWorker } = this.#options;
    const { configs, codes, packages, updates, ...known } = settings;
    for (const [vmcNo, config] of configs) this.#configs.set(vmcNo, config);
    for (const [vmcNo, code] of codes) this.#codes.set(vmcNo, code);
    this.#known = known;
    this.#offers.packages = packages;
    this.#offers.updates = updates;
    const kept = await keepJournal(file, journalWorker, this.#fleet, (error) =>
      emit('problem', `the journal's thread stopped: ${error.message}`),
    );
    const { journal, entryLog, last } = kept;
    this.#reportJournal(kept);
    const server = new MachineServer(
      {
        now,
        record: (entry) => entryLog.record(entry),
        machine: (vmcNo, message) => this.#fleet.machineBefore(vmcNo, message),
        connection: (conn) => this.#fleet.connections.get(conn),
        config: (vmcNo) => this.#config(vmcNo),
        code: (vmcNo) => this.#codes.get(vmcNo) ?? null,
        paymentTypes: () => paymentTypes,
        directLink: () => this.#known?.settings.directLink ?? null,
        isKnown: (vmcNo) => this.#parts !== null && this.#isKnown(vmcNo, this.#parts),
        crowded: (crowd) => this.#news.crowded(crowd),
      },
      { lastConn: last.conn },
    );
    const listener = new Listener(() => server.createServer(), { now });
    listener.onState((state) => {
      if (state.status !== 'off') emit('line', `machines: ${described(state)}`);
      emit('listener', state);
    });
    const commands = {
      now,
      machine: (vmcNo: number) => this.#fleet.machine(vmcNo),
      platform: (vmcNo: number) => this.#platform(vmcNo),
      server,
      journal,
      entryLog,
      offers: this.#offers,
      last: last.command,
      onChange: (command: Parameters<News['commandChanged']>[0]) => this.#news.commandChanged(command),
    };
    const queue = createCommandQueue(commands);
    const timer = setInterval(() => {
      queue.tick();
      entryLog.settle(now());
      // Bytes before the first frame give no entry, but the list of unnamed connections shows that they arrive.
      if (server.unnamed().length > 0) this.#news.unnamedChanged();
    }, tickInterval);
    this.#parts = { kept, server, listener, queue, timer };
    for (const mark of journal.isReadable ? await journal.query('marks', null) : [])
      this.#marks.set(mark.entry, mark);
    this.#follow(kept);
    kept.keepWithin(() => (this.#known ?? known).settings.retention);
    await resumeCommands(queue, { journal, offers: this.#offers });
    this.#fleet.keepWithin();
    this.#isOpen = true;
    for (const tell of this.#earlyEvents.splice(0)) tell(queue);
  }

  /** Publishes every entry, and keeps in memory those that are not in the journal. */
  #follow({ journal, entryLog }: Kept): void {
    journal.onWritten((last) => this.#unwritten.written(last));
    // What was on its way when the disk began to refuse is as unknown to it as what comes now.
    journal.onState(({ status }) => {
      if (status !== 'open') for (const entry of this.#unwritten.take()) this.#recent.add(entry);
    });
    entryLog.onEntry((entry, change) => {
      // Earlier entries of its connection are published again with the machine they belong to.
      const named = this.#unnamedEntries.add(entry);
      if (named.length > 0) {
        this.#recent.setOwner(named);
        this.#unwritten.setOwner(named);
        for (const one of named) this.#news.entryNamed(one);
        // The connection leaves the list of unnamed connections.
        this.#news.unnamedChanged();
      }
      if (journal.state.status === 'open') this.#unwritten.add(entry);
      else this.#recent.add(entry);
      this.#news.entry(entry);
      if (change === null) return this.#news.unnamedChanged();
      this.#news.machineChanged(change.vmcNo);
      this.#news.faultsChanged(change.faults);
      this.#news.ordersChanged(change.orders);
    });
    entryLog.onSettled(({ vmcNo, faults }) => {
      this.#news.machineChanged(vmcNo);
      this.#news.faultsChanged(faults);
    });
  }

  #reportJournal({ journal }: Kept): void {
    const { emit } = this.#options;
    let before: JournalStatus = { status: 'closed' };
    const tellState = (state: JournalStatus): void => {
      // Of a disk that refuses it is said once.
      const isSame = state.status === before.status && asideOf(state) === asideOf(before);
      const line = isSame ? null : journalLine(state, before);
      before = state;
      if (line !== null) emit('line', line);
      emit('journal', reportOf(journal));
    };
    journal.onState(tellState);
    tellState(journal.state);
    journal.onRestart(() => emit('journalRestarted', undefined));
    const tellDamaged = (rows: DamagedRows): void => {
      const damaged = damagedLine(rows);
      if (damaged !== null) emit('line', damaged);
      emit('journal', reportOf(journal));
    };
    journal.onDamagedRows(tellDamaged);
    tellDamaged(journal.damagedRows);
  }

  async #settle(): Promise<RefusedEntries> {
    // What is being opened has to be closed in order too.
    await this.#opening?.catch(() => undefined);
    this.#virtual.finish();
    const parts = this.#parts;
    // Whoever still brings it to where the last one was must not have it listen again.
    this.#parts = null;
    this.#isOpen = false;
    if (parts !== null) {
      const { kept, server, listener, timer } = parts;
      this.#ended = kept;
      clearInterval(timer);
      this.#news.stop();
      await listener.stop();
      server.closeAll('shutdown');
      await kept.settle();
    }
    return this.#ended?.journal.unwritten ?? { waiting: 0, lost: 0, detail: '' };
  }

  async #close(): Promise<void> {
    await this.#settle();
    await this.#ended?.close();
    this.#ended = null;
    this.#hostPort?.close();
    this.#host = null;
  }

  get #running(): Running {
    if (this.#parts === null) throw new Error('the server is not open');
    return this.#parts;
  }

  #config(vmcNo: number | null): MachineConfig {
    return (vmcNo === null ? undefined : this.#configs.get(vmcNo)) ?? defaultMachineConfig;
  }

  /** A person has to do with it: it has a name, or a command waits for it. */
  #isKnown(vmcNo: number, { queue }: Running): boolean {
    return this.#config(vmcNo).name !== '' || queue.isRunningOn(vmcNo);
  }

  #platform(vmcNo: number): Platform | null {
    return this.#config(vmcNo).platform ?? this.#fleet.machine(vmcNo)?.platform ?? null;
  }

  #row(vmcNo: number): MachineRow | null {
    const machine = this.#fleet.machine(vmcNo);
    if (machine === null) return null;
    const isVirtual = this.#virtual.isOne(machine, this.#known?.virtualPorts);
    return machineRow(machine, this.#config(vmcNo), isVirtual);
  }

  #unnamed(): readonly UnnamedLink[] {
    return this.#running.server
      .unnamed()
      .slice(0, unnamedShown)
      .map(({ conn, peer, bytesRead }) => ({
        conn,
        address: peer.remoteAddress,
        since: this.#fleet.connections.get(conn)?.since ?? 0,
        bytes: bytesRead,
      }));
  }

  #forget(vmcNo: number): void {
    const machine = this.#fleet.machine(vmcNo);
    this.#fleet.forget(vmcNo);
    if (machine !== null) this.#forgotten(machine);
  }

  #forgotten(machine: MachineState): void {
    const { vmcNo } = machine;
    this.#recent.forget(vmcNo);
    this.#virtual.forgotten(vmcNo);
    this.#news.machineForgotten(vmcNo);
    const faults = faultsForgotten(machine, this.#options.now());
    // While the journal is read there is nothing to be taken out of it.
    this.#parts?.kept.forget(vmcNo, faults);
    this.#news.faultsChanged(faults);
  }

  #absent(vmcNo: number): AppError {
    const code = this.#fleet.machine(vmcNo) === null ? 'unknownMachine' : 'machineOffline';
    return { code, params: { vmcNo } };
  }
}

const asideOf = (state: JournalStatus): string | null =>
  state.status === 'open' ? (state.aside?.file ?? null) : null;

function reportOf(journal: Kept['journal']): JournalReport {
  const { state: status, isReadable, refused, damagedRows } = journal;
  return { status, isReadable, refused, damagedRows };
}
