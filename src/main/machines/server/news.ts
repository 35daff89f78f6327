/**
 * Collects changes in the server and sends them to the main thread at most every 100 ms. Each item is sent once with
 * its newest value, so the cost depends on the number of changed items, not on the number of changes.
 */
import { live, type UnnamedLink } from '#shared/contract/live';
import { frameTest, type FrameFilter } from '#shared/filter/frames';
import type { FilterFacts } from '#shared/filter/language/facts';
import type { Arrival, Storm } from '#shared/model/arrivals';
import { openStates, type Command } from '#shared/model/command';
import type { Entry, FrameRow } from '#shared/model/frame';
import type { Diagnosis } from '#shared/model/diagnosis';
import type { Dial } from '#shared/model/dial';
import type { Crowd } from '#shared/model/listener';
import type { Fault, OrderRecord } from '#shared/model/history';
import type { MachineRow, MachineState } from '#shared/model/machine';
import type { RelayState } from '#shared/model/relay';
import type { Run, RunCommand, RunMachine } from '#shared/model/run';
import { frameRow } from '../../core/state/frameRows';
import { frameFacts, type Labels } from '../../core/state/recentFrames';
import type { ServerNews } from './calls';
import { FramesFeed } from './framesFeed';
import { MachinesFeed } from './machinesFeed';

const newsInterval = 100;
/** Longer lists of connections are sent only once per `manyInterval` ms, because nobody reads them faster. */
const many = 50;
const manyInterval = 1_000;
/** Rows of earlier entries per batch and window. */
const namedPerBatch = 300;

interface Follower {
  /** Chosen by the window. Rows carry it, so that the window can ignore rows of an earlier list. */
  readonly token: number;
  readonly matches: (facts: FilterFacts) => boolean;
  readonly frames: FramesFeed;
  named: FrameRow[];
}

/** A list that is sent as a whole: at once while it is short, otherwise at intervals. */
class Paced<T> {
  isNew = false;
  /** When a long list was sent; `null`: the last one was short. */
  #manyAt: number | null = null;

  take(
    now: number,
    read: () => { readonly rows: readonly T[]; readonly count: number },
  ): readonly T[] | null {
    if (!this.isNew) return null;
    const { rows, count } = read();
    const isMany = count > many;
    // A clock that was set back must not delay the list.
    if (isMany && this.#manyAt !== null && Math.abs(now - this.#manyAt) < manyInterval) return null;
    this.isNew = false;
    this.#manyAt = isMany ? now : null;
    return rows;
  }
}

export interface NewsParts {
  readonly now: () => number;
  readonly labels: Labels;
  readonly row: (machine: MachineState) => MachineRow;
  readonly machine: (vmcNo: number) => MachineState | null;
  readonly unnamed: () => readonly UnnamedLink[];
  readonly arrivals: () => { readonly open: number; readonly shown: readonly Arrival[] };
  readonly dials: () => readonly Dial[];
  readonly relay: () => RelayState;
  readonly send: (news: ServerNews) => void;
}

const runningOf = (commands: readonly Command[]) => ({
  rows: commands.filter(({ state }) => openStates.has(state)),
  removed: commands.filter(({ state }) => !openStates.has(state)).map(({ id }) => id),
});

export class News {
  readonly #parts: NewsParts;
  readonly #machines = new MachinesFeed();
  readonly #forgotten = new Set<number>();
  readonly #faults = new Map<string | number, Fault>();
  readonly #orders = new Map<string | number, OrderRecord>();
  readonly #commands = new Map<string | number, Command>();
  readonly #diagnoses = new Map<number, Diagnosis>();
  readonly #runs = new Map<number, Run>();
  readonly #runLines = new Map<number, RunMachine>();
  readonly #linesOver = new Set<number>();
  #given: RunCommand[] = [];
  readonly #followers = new Map<number, Follower>();
  readonly #watched = new Map<number, number>();
  readonly #unnamed = new Paced<UnnamedLink>();
  readonly #arrivals = new Paced<Arrival>();
  #crowd: Crowd | null = null;
  #areDialsNew = false;
  #isRelayNew = false;
  #storm: Storm | null = null;
  #timer: NodeJS.Timeout | null = null;
  #isStopped = false;

  constructor(parts: NewsParts) {
    this.#parts = parts;
  }

  watch(window: number, vmcNo: number | null): void {
    if (vmcNo === null) this.#watched.delete(window);
    else this.#watched.set(window, vmcNo);
  }

  follow(window: number, token: number, filter: FrameFilter | null): void {
    this.#followers.delete(window);
    if (filter === null) return;
    const test = frameTest(filter, this.#parts.now());
    if (test.ok)
      this.#followers.set(window, { token, matches: test.matches, frames: new FramesFeed(), named: [] });
  }

  machineFolded(vmcNo: number): void {
    this.#machines.folded(vmcNo);
    this.#schedule();
  }

  machineChanged(vmcNo: number): void {
    this.#machines.changed(vmcNo);
    this.#schedule();
  }

  machineForgotten(vmcNo: number): void {
    this.#machines.forget(vmcNo);
    this.#forgotten.add(vmcNo);
    this.#schedule();
  }

  faultsChanged(faults: readonly Fault[]): void {
    if (faults.length === 0) return;
    for (const fault of faults) this.#faults.set(live.faults.keyOf(fault), fault);
    this.#schedule();
  }

  ordersChanged(orders: readonly OrderRecord[]): void {
    if (orders.length === 0) return;
    for (const order of orders) this.#orders.set(live.orders.keyOf(order), order);
    this.#schedule();
  }

  commandChanged(command: Command): void {
    this.#commands.set(live.commands.keyOf(command), command);
    this.#schedule();
  }

  diagnosesChanged(rows: readonly Diagnosis[]): void {
    for (const row of rows) this.#diagnoses.set(row.id, row);
    this.#schedule();
  }

  /** Every command is sent, in order. */
  runGave(command: RunCommand): void {
    this.#given.push(command);
    this.#schedule();
  }

  /** `over`: lines that windows do not need any more. */
  runChanged(run: Run, lines: readonly RunMachine[], over: readonly number[]): void {
    this.#runs.set(run.id, run);
    for (const line of lines) this.#runLines.set(line.id, line);
    for (const id of over) {
      this.#runLines.delete(id);
      this.#linesOver.add(id);
    }
    this.#schedule();
  }

  unnamedChanged(): void {
    this.#unnamed.isNew = true;
    this.#schedule();
  }

  /** A connection appeared or advanced. */
  arrivalsChanged(): void {
    this.#arrivals.isNew = true;
    this.#schedule();
  }

  relayChanged(): void {
    this.#isRelayNew = true;
    this.#schedule();
  }

  dialsChanged(): void {
    this.#areDialsNew = true;
    this.#schedule();
  }

  stormed(storm: Storm): void {
    this.#storm = storm;
    this.#schedule();
  }

  crowded(crowd: Crowd): void {
    this.#crowd = crowd;
    this.#schedule();
  }

  /** Called for every recorded entry. Facts and row are made only if a window follows matching frames. */
  entry(entry: Entry): void {
    if (this.#followers.size === 0) return;
    let facts: FilterFacts | null = null;
    for (const { matches, frames } of this.#followers.values()) {
      if (!matches((facts ??= frameFacts(entry, this.#parts.labels)))) continue;
      frames.add(() => frameRow(entry));
      this.#schedule();
    }
  }

  /** Called when the machine of an earlier entry becomes known: lists that match now receive the entry. */
  entryNamed(entry: Entry): void {
    for (const { matches, named } of this.#followers.values()) {
      // When thousands connect at once, lists read the rest from the journal.
      if (named.length >= namedPerBatch || !matches(frameFacts(entry, this.#parts.labels))) continue;
      named.push(frameRow(entry));
      this.#schedule();
    }
  }

  /** Stops sending. Only the results of commands at the end of their connections follow (`sendLast`). */
  stop(): void {
    this.#isStopped = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#followers.clear();
  }

  /** Sends the remaining command changes, because the audit trail records how commands were given and ended. */
  sendLast(): void {
    const [commands, given] = [[...this.#commands.values()], this.#given];
    this.#commands.clear();
    this.#given = [];
    if (commands.length + given.length === 0) return;
    this.#parts.send({
      ...(commands.length > 0 && { commands, running: runningOf(commands) }),
      heard: [],
      details: [],
      frames: [],
      given,
    });
  }

  #schedule(): void {
    if (this.#isStopped) return;
    this.#timer ??= setTimeout(() => this.#flush(), newsInterval);
  }

  #flush(): void {
    this.#timer = null;
    const now = this.#parts.now();
    const details = [...new Set(this.#watched.values())]
      .filter((vmcNo) => this.#machines.has(vmcNo))
      .flatMap((vmcNo) => this.#parts.machine(vmcNo) ?? []);
    const { rows, heard } = this.#machines.take(now, this.#parts.machine, this.#parts.row);
    const commands = [...this.#commands.values()];
    const unnamed = this.#unnamed.take(now, () => {
      const links = this.#parts.unnamed();
      return { rows: links, count: links.length };
    });
    const arrivals = this.#arrivals.take(now, () => {
      const { open, shown } = this.#parts.arrivals();
      return { rows: shown, count: open };
    });
    const diagnoses = [...this.#diagnoses.values()];
    const frames = this.#frames();
    const runs = [...this.#runs.values()];
    const parts = {
      ...(rows.length + this.#forgotten.size > 0 && { machines: { rows, removed: [...this.#forgotten] } }),
      ...(commands.length > 0 && {
        commands,
        running: runningOf(commands),
      }),
      ...(diagnoses.length > 0 && {
        diagnoses: {
          rows: diagnoses.filter(({ until }) => until === null),
          removed: diagnoses.filter(({ until }) => until !== null).map(({ id }) => id),
        },
      }),
      ...(runs.length > 0 && {
        runs,
        openRuns: {
          rows: runs.filter(({ state }) => state !== 'ended'),
          removed: runs.filter(({ state }) => state === 'ended').map(({ id }) => id),
        },
        runLines: { rows: [...this.#runLines.values()], removed: [...this.#linesOver] },
      }),
      ...(this.#faults.size > 0 && { faults: [...this.#faults.values()] }),
      ...(this.#orders.size > 0 && { orders: [...this.#orders.values()] }),
      ...(unnamed !== null && { unnamed }),
      ...(arrivals !== null && { arrivals }),
      ...(this.#crowd !== null && { crowd: this.#crowd }),
      ...(this.#storm !== null && { storm: this.#storm }),
      ...(this.#areDialsNew && { dials: this.#parts.dials() }),
      ...(this.#isRelayNew && { relay: this.#parts.relay() }),
    };
    const given = this.#given;
    this.#given = [];
    if (Object.keys(parts).length + heard.length + details.length + frames.length + given.length > 0)
      this.#parts.send({ ...parts, heard, details, frames, given });
    this.#forgotten.clear();
    this.#faults.clear();
    this.#orders.clear();
    this.#commands.clear();
    this.#diagnoses.clear();
    this.#runs.clear();
    this.#runLines.clear();
    this.#linesOver.clear();
    this.#crowd = null;
    this.#storm = null;
    this.#areDialsNew = false;
    this.#isRelayNew = false;
    if (this.#machines.isWaiting || this.#unnamed.isNew || this.#arrivals.isNew) this.#schedule();
  }

  #frames(): ServerNews['frames'] {
    return [...this.#followers].flatMap(([window, follower]) => {
      const { token, frames, named } = follower;
      if (frames.isEmpty && named.length === 0) return [];
      follower.named = [];
      return [{ window, token, ...frames.take(), named }];
    });
  }
}
