/** The machine server's data for windows, and each window's subscriptions, which a new thread gets again. */
import { byPart, live, serverParts, type ServerPart, type WholeValue } from '#shared/contract/live';
import type { MachineState } from '#shared/model/machine';
import type { Feed, WholeSources } from '../ipc/feed';
import type { ServerCalls, ServerEvents, ServerNews } from '../../machines/api';
import type { Callable } from '../../lib/threads/callable';
import type { KnownRows } from './knownRows';

export type ServerThread = Callable<ServerCalls, ServerEvents>;
type Whole = { [P in ServerPart]: WholeValue<P> };

/** Before the first report of the server, and after its end. */
const initial = byPart(serverParts, (part) => live[part].initial) as Whole;

/** The query of a window's list. */
export type Followed = Omit<ServerCalls['follow']['args'], 'window'>;

export class ServerWindows {
  readonly #feed: Feed;
  readonly #known: KnownRows;
  readonly #watched = new Map<number, number>();
  readonly #followed = new Map<number, Followed>();
  readonly #whole: Whole = { ...initial };

  constructor(feed: Feed, known: KnownRows) {
    this.#feed = feed;
    this.#known = known;
  }

  readonly live = byPart(serverParts, (part) => () => this.#whole[part]) as Pick<WholeSources, ServerPart>;

  watch(window: number, vmcNo: number | null): void {
    if (vmcNo === null) this.#watched.delete(window);
    else this.#watched.set(window, vmcNo);
  }

  follow(window: number, query: Followed): void {
    if (query.filter === null) this.#followed.delete(window);
    else this.#followed.set(window, query);
  }

  take({ heard, ...changes }: Omit<ServerNews, 'given'>): void {
    const { details, frames } = changes;
    const removed = changes.machines?.removed ?? [];
    const known = [...(changes.machines?.rows ?? []), ...this.#known.heard(heard)];
    const news =
      known.length + removed.length > 0 ? { ...changes, machines: { rows: known, removed } } : changes;
    this.#known.learn(news);
    this.#feed.take(news);
    for (const part of serverParts) this.#set(part, news[part]);
    for (const state of details) this.#sendDetail(state);
    for (const { window, ...rows } of frames) this.#feed.own(window, { frames: rows });
    this.#feed.flush();
  }

  /** Sends the windows' subscriptions to a new thread, and the thread's data to the windows. */
  async bringTo(thread: ServerThread): Promise<void> {
    for (const [window, vmcNo] of this.#watched) thread.notify('watch', { window, vmcNo });
    for (const [window, query] of this.#followed) thread.notify('follow', { window, ...query });
    this.#feed.take(this.#known.replaceWith(await thread.call('snapshot', undefined)));
    this.#reset('unnamed', 'arrivals');
    for (const vmcNo of new Set(this.#watched.values())) {
      const state = await thread.call('machine', { vmcNo });
      if (state !== null) this.#sendDetail(state);
    }
  }

  /** The machine server has stopped. */
  allOffline(now: number): void {
    this.#feed.keyed('machines', this.#known.allOffline(now));
    this.#reset('unnamed', 'arrivals', 'dials', 'relay');
  }

  #set<P extends ServerPart>(part: P, value: Whole[P] | undefined): void {
    if (value === undefined) return;
    this.#whole[part] = value;
    this.#feed.changed(part);
  }

  #reset(...parts: readonly ServerPart[]): void {
    for (const part of parts) this.#set(part, initial[part]);
  }

  #sendDetail(state: MachineState): void {
    for (const [window, vmcNo] of this.#watched)
      if (vmcNo === state.vmcNo) this.#feed.own(window, { detail: { state } });
  }
}
