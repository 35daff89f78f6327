/**
 * Main's copy of all live data, and its way to the windows. The changes of each thread arrive in batches: main applies
 * a batch and forwards it at once. Services and new windows read the copy.
 */
import type { WebContents } from 'electron';
import { feedChannel } from '#shared/contract/channels';
import type { AppFacts, Snapshot, WindowPart } from '#shared/contract/feed';
import {
  livePartsOf,
  type LiveBatch,
  type NewsPart,
  type RowOf,
  type TablePart,
  type ValueOf,
  type ValuePart,
} from '#shared/contract/live';
import { afterBatch, batchTo, emptyReplica, snapshotOf, type LiveSnapshot } from '#shared/contract/replica';
import { Publisher } from '../../lib/live/publisher';

/** The current values of main's own parts. */
export type ValueSources = { readonly [P in ValuePart<'desktop'>]: () => ValueOf<P> };

const valueParts = livePartsOf('value');

interface ForwardedNews {
  readonly batch: LiveBatch;
  /** Data for one window each. */
  readonly own: readonly WindowPart[];
}

export class Feed {
  readonly #windows = new Map<number, WebContents>();
  readonly #publisher = new Publisher({
    values: () => this.#values,
    send: (batch) => this.#send(batch, []),
  });
  readonly #watchers: ((part: ValuePart, value: ValueOf<ValuePart>) => unknown)[] = [];
  readonly #readers: { readonly part: NewsPart; readonly read: (rows: readonly never[]) => void }[] = [];
  #sources: ValueSources | null = null;
  #replica = emptyReplica;
  #onReload: (windowId: number) => void = () => undefined;
  #seq = 0;

  /** `onReload`: a window reloads its page. The page follows nothing until it asks again. */
  open(sources: ValueSources, onReload: (windowId: number) => void): void {
    this.#sources = sources;
    this.#onReload = onReload;
  }

  /** The current value of a part. */
  value<P extends ValuePart>(part: P): ValueOf<P> {
    // A value of main itself can be newer than the last batch.
    const own: { readonly [Part in ValuePart]?: () => unknown } = this.#values;
    return (own[part]?.() ?? this.#replica[part]) as ValueOf<P>;
  }

  rows<P extends TablePart>(part: P): readonly RowOf<P>[] {
    return [...(this.#replica[part] as ReadonlyMap<number, RowOf<P>>).values()];
  }

  /** `undefined`: no row has this key. */
  row<P extends TablePart>(part: P, key: number): RowOf<P> | undefined {
    return (this.#replica[part] as ReadonlyMap<number, RowOf<P>>).get(key);
  }

  /** Called with each value that windows get, even without a window. */
  watch(watcher: <P extends ValuePart>(part: P, value: ValueOf<P>) => unknown): void {
    this.#watchers.push(watcher);
  }

  /** Called with the changed rows of a history, even without a window. */
  onNews<P extends NewsPart>(part: P, read: (rows: readonly RowOf<P>[]) => void): void {
    this.#readers.push({ part, read });
  }

  add(contents: WebContents): void {
    const { id } = contents;
    this.#windows.set(id, contents);
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

  changed(part: ValuePart<'desktop'>): void {
    this.#publisher.changed(part);
  }

  news<P extends NewsPart>(part: P, rows: readonly RowOf<P>[]): void {
    this.#publisher.add(part, rows);
  }

  /** The batch of another thread. Main's own changes so far go with it, so that windows get fewer batches. */
  forward(batch: LiveBatch, own: readonly WindowPart[] = []): void {
    this.#send({ ...this.#publisher.take(), ...batch }, own);
  }

  /** The same, as the handler of the other thread's event. */
  readonly take = ({ batch, own }: ForwardedNews): void => this.forward(batch, own);

  /** The parts of a thread that was started again. */
  replace(snapshot: Partial<LiveSnapshot>): void {
    this.forward(batchTo(this.#replica, snapshot));
  }

  snapshot(facts: AppFacts): Snapshot {
    this.#publisher.flush();
    // Values from before the first window have changed without a report.
    this.#apply(batchTo(this.#replica, this.#publisher.snapshot()));
    return { seq: this.#seq, ...facts, ...snapshotOf(this.#replica) };
  }

  stop(): void {
    this.#publisher.stop();
    this.#windows.clear();
  }

  #send(batch: LiveBatch, own: readonly WindowPart[]): void {
    const isEmpty = Object.keys(batch).length === 0;
    if (isEmpty && own.length === 0) return;
    this.#apply(batch);
    for (const part of valueParts) {
      const value = batch[part];
      if (value !== undefined) for (const watcher of this.#watchers) watcher(part, value);
    }
    for (const { part, read } of this.#readers) if (batch[part] !== undefined) read(batch[part] as never[]);
    this.#seq += 1;
    const numbered = { seq: this.#seq, ...batch };
    let text: string | null = null;
    for (const [id, contents] of this.#windows) {
      const mine = own.find(({ window }) => window === id);
      if ((isEmpty && mine === undefined) || !isThere(contents)) continue;
      // As text: the bridge copies it, and copying thousands of small objects costs many times as much.
      if (mine === undefined) contents.send(feedChannel, (text ??= JSON.stringify(numbered)));
      else {
        const { detail, frames } = mine;
        contents.send(feedChannel, JSON.stringify({ ...numbered, detail, frames }));
      }
    }
  }

  #apply(batch: LiveBatch): void {
    this.#replica = { ...this.#replica, ...afterBatch(this.#replica, batch) };
  }

  get #values(): ValueSources {
    if (this.#sources === null) throw new Error('the feed is not open');
    return this.#sources;
  }
}

/** For a crashed page, Electron would write a stack trace to the terminal. The restarted page begins with a snapshot. */
function isThere(contents: WebContents): boolean {
  return !contents.isDestroyed() && !contents.isCrashed();
}
