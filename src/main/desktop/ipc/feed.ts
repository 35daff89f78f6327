/**
 * Main to window. The feed gathers changes of the live parts (contract/live.ts) and sends them at most every 100 ms.
 * A batch holds each changed item once, with its newest value. So the cost depends on how many items differ, not on how often they changed.
 */
import type { WebContents } from 'electron';
import { feedChannel } from '#shared/contract/channels';
import type { AppFacts, FeedBatch, FollowedFrames, Snapshot } from '#shared/contract/feed';
import {
  live,
  livePartsOf,
  type KeyedChange,
  type KeyedPart,
  type KeyedRows,
  type NewsPart,
  type RowOf,
  type WholePart,
  type WholeValue,
  type WholeValues,
} from '#shared/contract/live';
import type { MachineDetail } from '#shared/contract/detail';

const batchInterval = 100;
/** After a batch with more rows of a part, the part waits so many ms: nobody reads rows any faster. */
const manyRows = 50;
const manyInterval = 1_000;

/** The current values of all whole parts. */
export type WholeSources = { readonly [P in WholePart]: () => WholeValue<P> };

/** Rows of keyed parts and of news. */
export type RowChanges = { readonly [P in KeyedPart]?: KeyedChange<RowOf<P>> } & {
  readonly [P in NewsPart]?: readonly RowOf<P>[];
};

/** Data for one window only. */
export type OwnPart = { readonly detail?: MachineDetail; readonly frames?: FollowedFrames };

interface KeyedState {
  readonly rows: Map<number, unknown>;
  readonly removed: Set<number>;
  /** ms of the monotonic clock. Until then, the part's rows are gathered. */
  from: number;
}

export class Feed {
  readonly #windows = new Map<number, { readonly contents: WebContents; own: OwnPart }>();
  readonly #changed = new Set<WholePart>();
  readonly #keyed = new Map<KeyedPart, KeyedState>();
  readonly #news = new Map<NewsPart, Map<string | number, unknown>>();
  #sources: WholeSources | null = null;
  #onReload: (windowId: number) => void = () => undefined;
  readonly #watchers: ((part: WholePart, value: WholeValue<WholePart>) => unknown)[] = [];
  #seq = 0;
  #timer: NodeJS.Timeout | null = null;

  /** `onReload`: a window reloads its page. The page follows nothing until it asks again. */
  open(sources: WholeSources, onReload: (windowId: number) => void): void {
    this.#sources = sources;
    this.#onReload = onReload;
  }

  /** The current value of a whole part. */
  value<P extends WholePart>(part: P): WholeValue<P> {
    if (this.#sources === null) throw new Error('the feed is not open');
    return this.#sources[part]();
  }

  /** Called with each value of a whole part that windows get, even without a window. */
  watchWhole(watcher: <P extends WholePart>(part: P, value: WholeValue<P>) => unknown): void {
    this.#watchers.push(watcher);
  }

  add(contents: WebContents): void {
    const { id } = contents;
    this.#windows.set(id, { contents, own: {} });
    contents.once('destroyed', () => {
      this.#windows.delete(id);
      this.#onReload(id);
    });
    contents.on('did-start-navigation', (details) => {
      if (details.isMainFrame && !details.isSameDocument) this.#onReload(id);
    });
  }

  has(windowId: number): boolean {
    return this.#windows.has(windowId);
  }

  changed(part: WholePart): void {
    this.#changed.add(part);
    this.#schedule();
  }

  keyed<P extends KeyedPart>(part: P, { rows, removed }: KeyedChange<RowOf<P>>): void {
    let state = this.#keyed.get(part);
    if (state === undefined) {
      state = { rows: new Map(), removed: new Set(), from: 0 };
      this.#keyed.set(part, state);
    }
    const keyOf = live[part].keyOf as (row: RowOf<P>) => number;
    for (const key of removed) {
      state.removed.add(key);
      state.rows.delete(key);
    }
    for (const row of rows) state.rows.set(keyOf(row), row);
    this.#schedule();
  }

  news<P extends NewsPart>(part: P, rows: readonly RowOf<P>[]): void {
    const known = this.#news.get(part) ?? new Map<string | number, unknown>();
    this.#news.set(part, known);
    const keyOf = live[part].keyOf as (row: RowOf<P>) => string | number;
    for (const row of rows) known.set(keyOf(row), row);
    this.#schedule();
  }

  /** Changes of several parts at once. */
  take(changes: RowChanges): void {
    // Each part must keep its own row type, which the compiler can't follow through a loop.
    for (const part of livePartsOf('keyed')) {
      const change = changes[part];
      if (change !== undefined) this.keyed(part, change as KeyedChange<never>);
    }
    for (const part of livePartsOf('news')) {
      const rows = changes[part];
      if (rows !== undefined) this.news(part, rows as readonly never[]);
    }
  }

  /** Data for one window. Frames are never merged, so earlier frames are sent first. */
  own(windowId: number, part: OwnPart): void {
    const window = this.#windows.get(windowId);
    if (window === undefined) return;
    if (part.frames !== undefined && window.own.frames !== undefined) this.flush();
    window.own = { ...window.own, ...part };
    this.#schedule();
  }

  /** `keyed`: the current rows. */
  snapshot(facts: AppFacts, keyed: KeyedRows): Snapshot {
    // Gathered changes are older than these rows. Sent afterwards, they would undo the rows.
    this.flush(true);
    const whole = Object.fromEntries(livePartsOf('whole').map((part) => [part, this.value(part)]));
    return { seq: this.#seq, ...facts, ...(whole as unknown as WholeValues), ...keyed };
  }

  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#windows.clear();
  }

  /** Sends the gathered changes, except parts with many rows whose wait is not over; `all`: these too. */
  flush(all = false): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#seq += 1;
    const common = this.#common(all);
    for (const window of this.#windows.values()) {
      const batch = { seq: this.#seq, ...common, ...window.own } as FeedBatch;
      window.own = {};
      if (Object.keys(batch).length === 1 || !isThere(window.contents)) continue;
      // As text: the bridge copies it, and copying thousands of small objects costs many times as much.
      window.contents.send(feedChannel, JSON.stringify(batch));
    }
    this.#changed.clear();
    this.#news.clear();
    if ([...this.#keyed.values()].some(({ rows, removed }) => rows.size + removed.size > 0)) this.#schedule();
  }

  #common(all: boolean): object {
    const whole = [...this.#changed].map((part) => [part, this.value(part)] as const);
    for (const watch of this.#watchers) for (const [part, value] of whole) watch(part, value);
    const keyed = [...this.#keyed].flatMap(([part, state]) => {
      const change = takeKeyed(state, all);
      return change === null ? [] : [[part, change] as const];
    });
    const news = [...this.#news].map(([part, rows]) => [part, [...rows.values()]] as const);
    return Object.fromEntries<unknown>([...whole, ...keyed, ...news]);
  }

  #schedule(): void {
    this.#timer ??= setTimeout(() => this.flush(), batchInterval);
  }
}

/** For a crashed page, Electron would write a stack trace to the terminal. The restarted page begins with a snapshot. */
function isThere(contents: WebContents): boolean {
  return !contents.isDestroyed() && !contents.isCrashed();
}

/** Takes the gathered changes out of `state`; `null`: there are none, or it is too early. */
function takeKeyed(state: KeyedState, all: boolean): KeyedChange<unknown> | null {
  const { rows, removed } = state;
  const now = performance.now();
  const count = rows.size + removed.size;
  if (count === 0 || (now < state.from && !all)) return null;
  const change = { rows: [...rows.values()], removed: [...removed] };
  rows.clear();
  removed.clear();
  if (count > manyRows) state.from = now + manyInterval;
  return change;
}
