/**
 * The live parts of the machines thread (shared/contract/live.ts), with the data for single windows: the watched
 * machine and the followed frames. All of it goes to the main thread in one batch, at most every 100 ms.
 */
import type { FollowedFrames } from '#shared/contract/feed';
import type { TableRows } from '#shared/contract/live';
import { frameTest, type FrameFilter } from '#shared/filter/frames';
import type { FilterFacts } from '#shared/filter/language/facts';
import { mentions, type Filter } from '#shared/filter/language/tree';
import { openStates, type Command } from '#shared/model/command';
import type { Entry, FrameRow } from '#shared/model/frame';
import { isInRow, type Diagnosis } from '#shared/model/diagnosis';
import { heardOf } from '#shared/model/linkFacts';
import { nothingKnown, type MachineRow, type MachineState } from '#shared/model/machine';
import type { Run, RunCommand, RunMachine } from '#shared/model/run';
import type { Change } from '../../core/state/entryLog';
import { frameRow } from '../../core/state/frameRow';
import { frameFacts, type Labels } from '../../core/state/recentFrames';
import { Publisher, type PublisherParts } from '../../lib/live/publisher';
import type { ServerEvents, ServerNews } from './calls';
import { FramesFeed } from './framesFeed';

/** Members of a state that its row (`machineRow`) does not show, or shows only as times (`heardOf`). */
const unseen: ReadonlySet<string> = new Set<keyof MachineState>([
  'lastHeard',
  'lastSent',
  'heartbeat',
  'minutes',
  'minute',
  'ended',
  'sequence',
  'counts',
  'orders',
  'taken',
]);
const seen: readonly (keyof MachineState)[] = [
  'link',
  ...(Object.keys(nothingKnown) as (keyof typeof nothingKnown)[]).filter((key) => !unseen.has(key)),
];

/** True if nothing that a row shows differs, except times. It can be false for equal rows. */
const looksAs = (before: MachineState, now: MachineState): boolean =>
  seen.every((key) => now[key] === before[key]);

const asksAnswers = (filter: Filter): boolean =>
  mentions(filter, ({ field }) => field === 'answered' || field === 'latency');

/** Rows of earlier entries per batch and window. */
const namedPerBatch = 300;

interface Follower {
  /** Chosen by the window. Rows carry it, so that the window can ignore rows of an earlier list. */
  readonly token: number;
  readonly matches: (facts: FilterFacts) => boolean;
  readonly frames: FramesFeed;
  named: FrameRow[];
  /** The filter asks for answers. Then a later answer can change what an entry matches. */
  readonly asksAnswers: boolean;
  /** Rows that the answer to their entry made wrong. */
  gone: number[];
}

/** Questions that wait for their answer and are tested again then. */
const mostAsked = 2_000;

export interface NewsParts {
  readonly now: () => number;
  readonly labels: Labels;
  readonly row: (machine: MachineState) => MachineRow;
  readonly machine: (vmcNo: number) => MachineState | null;
  /** All rows of each table. */
  readonly rows: { readonly [P in keyof TableRows]: () => TableRows[P] };
  readonly values: ReturnType<PublisherParts['values']>;
  readonly lengths: NonNullable<PublisherParts['lengths']>;
  /** Reports the records that a batch may show. Called before each batch. */
  readonly reportRecorded: () => void;
  readonly emit: <Name extends 'given' | 'news'>(name: Name, value: ServerEvents[Name]) => void;
}

export class News {
  /** Owners of live parts mark their changes here. */
  readonly live: Publisher;
  readonly #parts: NewsParts;
  readonly #followers = new Map<number, Follower>();
  /** The watched machine of each window. */
  readonly #watched = new Map<number, number>();
  /** Watched machines that changed since the last batch. */
  readonly #moved = new Set<number>();
  /** Recent questions, by entry, while a filter asks for answers. */
  readonly #asked = new Map<number, Entry>();
  #given: RunCommand[] = [];

  constructor(parts: NewsParts) {
    this.#parts = parts;
    const { rows, values, lengths } = parts;
    const ofMachine = <T>(vmcNo: number, read: (machine: MachineState) => T): T | null => {
      const machine = parts.machine(vmcNo);
      return machine === null ? null : read(machine);
    };
    this.live = new Publisher({
      values: () => values,
      lengths,
      tables: {
        machines: {
          all: rows.machines,
          row: (vmcNo) => ofMachine(vmcNo, parts.row),
          quiet: (vmcNo) => ofMachine(vmcNo, heardOf),
        },
        running: { all: rows.running },
        diagnoses: { all: rows.diagnoses },
        openRuns: { all: rows.openRuns },
        runLines: { all: rows.runLines },
      },
      send: (batch) => this.#send({ batch, own: this.#takeOwn() }),
    });
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
      this.#followers.set(window, {
        token,
        matches: test.matches,
        frames: new FramesFeed(),
        named: [],
        asksAnswers: asksAnswers(test.tree),
        gone: [],
      });
    if (![...this.#followers.values()].some((follower) => follower.asksAnswers)) this.#asked.clear();
  }

  /** An entry was recorded and folded; `null`: it changed no machine. */
  readonly onEntry = (entry: Entry, change: Change | null): void => {
    this.entry(entry);
    if (change === null) return this.live.changed('unnamed');
    this.machineFolded(change);
    if (change.replaced !== null) this.machineChanged(change.replaced);
    this.live.add('faults', change.faults);
    this.live.add('orders', change.orders);
  };

  /** A change without an entry of its own. */
  readonly onSettled = ({ vmcNo, faults }: Change): void => {
    this.machineChanged(vmcNo);
    this.live.add('faults', faults);
  };

  /** An entry changed the machine. Nearly every entry is a frame that changes nothing in the row but times. */
  machineFolded({ vmcNo, before, after }: Pick<Change, 'vmcNo' | 'before' | 'after'>): void {
    if (before === null || !looksAs(before, after)) this.live.rowChanged('machines', vmcNo);
    else this.live.touched('machines', vmcNo);
    this.#isMoved(vmcNo);
  }

  /** Data shown next to the state may differ. */
  machineChanged(vmcNo: number): void {
    this.live.rowChanged('machines', vmcNo);
    this.#isMoved(vmcNo);
  }

  #isMoved(vmcNo: number): void {
    for (const watched of this.#watched.values()) if (watched === vmcNo) this.#moved.add(vmcNo);
  }

  machineForgotten(vmcNo: number): void {
    this.live.remove('machines', [vmcNo]);
  }

  /** An unknown machine counts as a stranger unless a command is open for it, so its row may differ too. */
  commandChanged(command: Command): void {
    this.live.rowChanged('machines', command.vmcNo);
    this.live.add('commands', [command]);
    if (openStates.has(command.state)) this.live.put('running', [command]);
    else this.live.remove('running', [command.id]);
  }

  /** The row of a machine shows its worst diagnosis. */
  diagnosesChanged(rows: readonly Diagnosis[]): void {
    for (const row of rows) {
      if (row.until === null) this.live.put('diagnoses', [row]);
      else this.live.remove('diagnoses', [row.id]);
      if (isInRow(row.rule)) this.live.rowChanged('machines', row.vmcNo);
    }
  }

  /** Every command is sent, in order. */
  runGave(command: RunCommand): void {
    this.#given.push(command);
    this.live.schedule();
  }

  /** `over`: lines that windows do not need any more. Rows of machines may differ, as for a command. */
  runChanged(run: Run, lines: readonly RunMachine[], over: readonly number[]): void {
    this.live.add('runs', [run]);
    if (run.state === 'ended') this.live.remove('openRuns', [run.id]);
    else this.live.put('openRuns', [run]);
    for (const { vmcNo } of lines) this.live.rowChanged('machines', vmcNo);
    this.live.put('runLines', lines);
    this.live.remove('runLines', over);
  }

  /** Called for every recorded entry. Facts and row are made only if a window follows matching frames. */
  entry(entry: Entry): void {
    if (this.#followers.size === 0) return;
    let facts: FilterFacts | null = null;
    for (const { matches, frames, asksAnswers: isAsking } of this.#followers.values()) {
      if (isAsking && (facts ??= frameFacts(entry, this.#parts.labels)).answered === 'no') this.#ask(entry);
      if (!matches((facts ??= frameFacts(entry, this.#parts.labels)))) continue;
      frames.add(() => frameRow(entry));
      this.live.schedule();
    }
  }

  /** Called when the machine of an earlier entry becomes known: lists that match now receive the entry. */
  entryNamed(entry: Entry): void {
    for (const { matches, named } of this.#followers.values()) {
      // When thousands connect at once, lists read the rest from the journal.
      if (named.length >= namedPerBatch || !matches(frameFacts(entry, this.#parts.labels))) continue;
      named.push(frameRow(entry));
      this.live.schedule();
    }
  }

  #ask(entry: Entry): void {
    if (this.#asked.size >= mostAsked)
      for (const oldest of this.#asked.keys()) {
        this.#asked.delete(oldest);
        break;
      }
    this.#asked.set(entry.id, entry);
  }

  /** Called when an earlier entry was answered: lists receive it or remove it. */
  entryAnswered(id: number): void {
    const entry = this.#asked.get(id);
    if (entry === undefined) return;
    this.#asked.delete(id);
    const facts = frameFacts(entry, this.#parts.labels);
    for (const follower of this.#followers.values()) {
      if (!follower.asksAnswers) continue;
      if (follower.matches(facts)) follower.named.push(frameRow(entry));
      else follower.gone.push(id);
      this.live.schedule();
    }
  }

  /** For main's copy. The watched machines follow in the next batch. */
  snapshot(): ReturnType<Publisher['snapshot']> {
    for (const vmcNo of this.#watched.values()) this.#moved.add(vmcNo);
    this.live.schedule();
    return this.live.snapshot();
  }

  /** Stops sending. Only the results of commands at the end of their connections follow (`sendLast`). */
  stop(): void {
    this.live.stop();
    this.#followers.clear();
  }

  /** Sends the remaining command changes, because the audit trail records how commands were given and ended. */
  sendLast(): void {
    this.#send({ batch: this.live.take(['commands', 'running']), own: [] });
  }

  #send(news: ServerNews): void {
    const given = this.#given;
    this.#given = [];
    const isEmpty = Object.keys(news.batch).length + news.own.length === 0;
    if (isEmpty && given.length === 0) return;
    this.#parts.reportRecorded();
    // Before their results.
    if (given.length > 0) this.#parts.emit('given', given);
    if (!isEmpty) this.#parts.emit('news', news);
  }

  #takeOwn(): ServerNews['own'] {
    const windows = new Set([...this.#watched.keys(), ...this.#followers.keys()]);
    const own = [...windows].flatMap((window) => {
      const vmcNo = this.#watched.get(window) ?? null;
      const state = vmcNo !== null && this.#moved.has(vmcNo) ? this.#parts.machine(vmcNo) : null;
      const frames = this.#takeFrames(window);
      if (state === null && frames === null) return [];
      return [{ window, ...(state !== null && { detail: { state } }), ...(frames !== null && { frames }) }];
    });
    this.#moved.clear();
    return own;
  }

  #takeFrames(window: number): FollowedFrames | null {
    const follower = this.#followers.get(window);
    if (follower === undefined) return null;
    const { token, frames, named, gone } = follower;
    if (frames.isEmpty && named.length === 0 && gone.length === 0) return null;
    follower.named = [];
    follower.gone = [];
    return { token, ...frames.take(), named, gone };
  }
}
