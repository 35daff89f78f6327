/** Everything that serves machines once the journal is open: sockets, listener, command queue, and periodic checks. */
import { uptime } from 'node:os';
import { Listener } from '../../lib/net/listener';
import { Dialler } from '../link/dialler';
import { MachineServer, socketOptions } from '../link/machineServer';
import type { MachineContext } from '#shared/commands/kit/possible';
import { rowOf } from '#shared/commands/kit/rows';
import { LeftCommands } from '../commands/leftCommands';
import type { Command } from '#shared/model/command';
import type { Platform } from '#shared/model/machine';
import type { losesTime } from '#shared/model/restarts';
import { createQuota } from '#shared/quota';
import { verificationOf, type Verification } from '#shared/model/verified';
import { remarksAway } from '../../core/state/closings';
import type { CommandQueue } from '../commands/commandQueue';
import { Diagnoses } from '../../core/state/diagnoses';
import type { Fleet } from '../../core/state/fleet';
import { VersionDoubts } from '../../core/state/versionDoubts';
import type { LastNumbers } from '../../journal/api';
import type { ServerEvents } from './calls';
import type { Choices } from '../requests/choices';
import { createCommandQueue, shownWhenKept, whenKept } from './commands';
import type { ServerJournal } from './journal';
import { claimLine, described } from './logLines';
import type { News } from './news';
import type { Offers } from '../requests/offers';
import { Relaying } from '../relay/relaying';
import { SleepWatch } from './clocks';
import { createRuns, type ServerRuns } from './runs';

/** ms between checks for expired commands and for connections without a machine number. */
const tickInterval = 1_000;
/** ms between steps of the diagnosis, for answers to machines. */
const stepPause = 10;
/** Payment types answered to a QR request for `all` [ours]. */
const paymentTypes = ['wx_pub', 'alipay'];

export interface ServerParts {
  readonly journal: ServerJournal;
  readonly server: MachineServer;
  readonly listener: Listener;
  readonly dialler: Dialler;
  readonly relaying: Relaying;
  readonly queue: CommandQueue;
  readonly doubts: VersionDoubts;
  /** Facts about a machine when a command is given. */
  readonly contextOf: (vmcNo: number) => MachineContext;
  readonly runs: ServerRuns;
  readonly diagnoses: Diagnoses;
  readonly leftCommands: LeftCommands;
  /** The newest number of each kind. */
  readonly last: () => LastNumbers;
  /** Set by the user or read from the login. */
  readonly platform: (vmcNo: number) => Platform | null;
  /** The verification state of the connected machine. */
  readonly verification: (vmcNo: number) => Verification;
  /** Called for a command of an earlier launch. */
  readonly commandKnown: (command: Command) => void;
  /** This computer slept for `ms`. */
  readonly slept: (ms: number) => void;
  /** Stops the periodic checks. */
  readonly stopTicking: () => void;
  /** The machine matters to the user: it has a name or a code, or a command or a run waits for it. */
  readonly isKnown: (vmcNo: number) => boolean;
}

interface ServerPartsNeeds {
  readonly now: () => number;
  readonly takeStep: () => number;
  readonly emit: <Name extends keyof ServerEvents>(name: Name, value: ServerEvents[Name]) => void;
  readonly fleet: Fleet;
  readonly choices: Choices;
  readonly offers: Offers;
  readonly news: News;
  /** Maximum connections; left out: the default. */
  readonly places: number | undefined;
}

export function startServerParts(
  journal: ServerJournal,
  { now, takeStep, emit, fleet, choices, offers, news, places }: ServerPartsNeeds,
): ServerParts {
  const { client, entryLog, last } = journal;
  const isKnown = (vmcNo: number): boolean =>
    choices.isKnown(vmcNo) || queue.isRunningOn(vmcNo) || runs.runs.known.isIn(vmcNo);
  const relaying = new Relaying({
    now,
    settings: () => choices.settings.relay,
    isVirtual: (peer) => choices.isVirtualPeer(peer),
    nameOf: (vmcNo) => choices.config(vmcNo).name,
    machine: (vmcNo) => fleet.machine(vmcNo),
    changed: () => news.live.changed('relay'),
  });
  const server: MachineServer = new MachineServer(
    {
      now,
      log: entryLog,
      problem: (detail) => emit('problem', detail),
      machine: (vmcNo, message) => fleet.machineBefore(vmcNo, message),
      connection: (conn) => fleet.connections.get(conn),
      config: (vmcNo) => choices.config(vmcNo),
      code: (vmcNo) => choices.code(vmcNo),
      paymentTypes: () => paymentTypes,
      directLink: () => choices.settings.directLink,
      verification: (vmcNo) => verification(vmcNo),
      isKnown,
      crowded: (crowd) => news.live.set('crowd', crowd),
      hasBacklog: () => client.hasBacklog,
      relay: relaying.deps,
    },
    { lastConn: last.conn, places },
  );
  relaying.serve(server);
  client.onWritten(() => server.goOn());
  client.onState(() => server.goOn());
  const dialler = new Dialler(socketOptions, {
    now,
    isSelf: (socket) => server.isSelf(socket),
    serve: (socket) => server.serveDialled(socket),
    vmcNoOf: (conn) => server.connection(conn)?.vmcNo ?? null,
    hangUp: (conn) => server.connection(conn)?.close('byPerson'),
    changed: () => news.live.changed('dials'),
  });
  const listener = new Listener(() => server.createServer(), { now });
  listener.onState((state) => {
    if (state.status !== 'off') emit('line', `machines: ${described(state)}`);
    emit('listener', state);
  });
  const platform = (vmcNo: number): Platform | null =>
    choices.config(vmcNo).platform ?? fleet.machine(vmcNo)?.platform ?? null;
  const verification = (vmcNo: number): Verification =>
    verificationOf(fleet.machine(vmcNo), {
      hasCode: choices.code(vmcNo) !== null,
      signPolicy: choices.config(vmcNo).signPolicy,
      platform: platform(vmcNo),
    });
  const doubts = new VersionDoubts();
  const contextOf = (vmcNo: number): MachineContext => {
    const machine = fleet.machine(vmcNo);
    return {
      machine,
      platform: platform(vmcNo),
      packages: offers.packages,
      doubts: doubts.of(vmcNo, machine),
      now: now(),
    };
  };
  const kept = whenKept(client);
  const show = shownWhenKept(kept, (command) => news.commandChanged(command));
  const queue = createCommandQueue({
    now,
    machine: (vmcNo) => fleet.machine(vmcNo),
    platform,
    verification,
    server,
    journal: client,
    entryLog,
    offers,
    contextOf,
    last: last.command,
    kept,
    onChange: (command) => {
      show(command);
      runs.commandChanged(command);
      commandKnown(command);
    },
  });
  const checkClock = (): void => clockSet(takeStep());
  const runs = createRuns({
    now,
    checkClock,
    queue,
    contextOf,
    isOnline: (vmcNo) => server.connectionOf(vmcNo) !== undefined,
    isOffering: () => offers.updates.status === 'listening',
    journal: client,
    news,
    last,
  });
  /** The last upgrade of each machine, given now or left open by an earlier launch. */
  const upgrades = new Map<number, Command>();
  const leftCommands = new LeftCommands();
  const commandKnown = (command: Command): void => {
    if (leftCommands.note(command)) news.machineChanged(command.vmcNo);
    if (rowOf(command.name).needs !== 'package') return;
    doubts.note(command);
    upgrades.set(command.vmcNo, command);
    diagnoses.touched(command.vmcNo);
    // A download makes the version uncertain.
    news.machineChanged(command.vmcNo);
  };
  const diagnoses = new Diagnoses({
    last: last.diagnosis,
    machines: () => fleet.machines.keys(),
    facts: (vmcNo, at) => {
      const machine = fleet.machine(vmcNo);
      const config = choices.config(vmcNo);
      return machine === null
        ? null
        : {
            now: at,
            machine,
            config,
            isHere: true,
            platform: config.platform ?? machine.platform,
            updates: offers.updates.status,
            upgrade: upgrades.get(vmcNo) ?? null,
          };
    },
    changed: (rows) => {
      client.keepDiagnoses(rows);
      news.diagnosesChanged(rows);
    },
  });
  // Clients that reconnect again and again must not fill the log.
  const claimLines = createQuota(20, 60_000);
  entryLog.onEntry((entry, change) => {
    if (change === null) return;
    diagnoses.touched(change.vmcNo);
    const claim = entry.kind === 'finding' ? claimLine(change.vmcNo, entry.finding) : null;
    if (claim !== null && claimLines.take(now()).granted) emit('line', claim);
  });
  entryLog.onSettled(({ vmcNo }) => diagnoses.touched(vmcNo));
  let diagnosing: NodeJS.Timeout | undefined;
  const diagnose = (): void => {
    if (diagnoses.step(now())) diagnosing = setTimeout(diagnose, stepPause);
  };
  const sleepWatch = new SleepWatch(() => uptime() * 1_000);
  const remarkAway = (code: (typeof losesTime)[number], ms: number): void => {
    for (const entry of remarksAway(fleet.machines.values(), { code, params: { ms } }, now()))
      entryLog.record(entry);
  };
  const slept = (ms: number): void => {
    if (!sleepWatch.accept(ms)) return;
    emit('line', `machines: this computer slept for ${Math.round(ms / 1_000)} s`);
    server.slept(ms);
    queue.unheard.listensAgain();
    remarkAway('link.asleep', ms);
    // Targets that did not answer during sleep may answer now.
    for (const { host, port } of dialler.dials) dialler.retry({ host, port });
  };
  const clockSet = (ms: number): void => {
    if (ms === 0) return;
    emit('line', `machines: the clock of this computer was set by ${Math.round(ms / 1_000)} s`);
    // Waits first: a connection may handle frames that begin a wait by the new clock.
    runs.runs.clockSet(ms);
    queue.clockSet(ms);
    server.clockSet(ms);
    remarkAway(ms < 0 ? 'link.clockBack' : 'link.clockForward', Math.abs(ms));
  };
  const timer = setInterval(() => {
    checkClock();
    slept(sleepWatch.measure(uptime() * 1_000, performance.now()));
    queue.tick();
    runs.step();
    entryLog.settle(now());
    relaying.tick();
    diagnoses.begin();
    clearTimeout(diagnosing);
    diagnose();
    // Bytes before the first frame produce no entry, but the list of unnamed connections shows them.
    if (server.unnamed().length === 0) return;
    news.live.changed('unnamed');
    news.live.changed('arrivals');
  }, tickInterval);
  const stopTicking = (): void => {
    clearInterval(timer);
    clearTimeout(diagnosing);
    runs.stop();
  };
  return {
    journal,
    server,
    listener,
    dialler,
    relaying,
    queue,
    doubts,
    contextOf,
    runs,
    diagnoses,
    last: () => ({
      entry: entryLog.lastId,
      conn: server.lastConn,
      command: queue.lastId,
      diagnosis: diagnoses.lastId,
      ...runs.runs.last,
    }),
    platform,
    verification,
    commandKnown,
    leftCommands,
    slept,
    stopTicking,
    isKnown,
  };
}
