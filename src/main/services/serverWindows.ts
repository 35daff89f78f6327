/** What windows are told of the machine server, and what each wants to be told beside: a new thread is told it again. */
import type { UnnamedLink } from '#shared/contract/live';
import type { Arrival, Storm } from '#shared/model/arrivals';
import type { Dial } from '#shared/model/dial';
import { noRelayState, type RelayState } from '#shared/model/relay';
import type { Crowd } from '#shared/model/listener';
import type { MachineState } from '#shared/model/machine';
import type { Feed } from '../ipc/feed';
import type { ServerCalls, ServerEvents, ServerNews, ServerSnapshot } from '../server/calls';
import type { SettingsStore } from '../settings/store';
import type { Callable } from '../worker/callable';
import { KnownRows } from './knownRows';

export type ServerThread = Callable<ServerCalls, ServerEvents>;
/** What a window's list shows. */
export type Followed = Omit<ServerCalls['follow']['args'], 'window'>;

export class ServerWindows {
  readonly #feed: Feed;
  readonly #store: SettingsStore;
  readonly #known = new KnownRows();
  readonly #watched = new Map<number, number>();
  readonly #followed = new Map<number, Followed>();
  #unnamed: readonly UnnamedLink[] = [];
  #arrivals: readonly Arrival[] = [];
  #crowd: Crowd | null = null;
  #dials: readonly Dial[] = [];
  #relay = noRelayState;
  #storm: Storm | null = null;

  constructor(feed: Feed, store: SettingsStore) {
    this.#feed = feed;
    this.#store = store;
  }

  get unnamed(): readonly UnnamedLink[] {
    return this.#unnamed;
  }

  get arrivals(): readonly Arrival[] {
    return this.#arrivals;
  }

  get crowd(): Crowd | null {
    return this.#crowd;
  }

  get relay(): RelayState {
    return this.#relay;
  }

  get dials(): readonly Dial[] {
    return this.#dials;
  }

  get storm(): Storm | null {
    return this.#storm;
  }

  /** As windows were told last. */
  get snapshot(): ServerSnapshot {
    return this.#known.all;
  }

  learn(snapshot: ServerSnapshot): void {
    this.#known.learnAll(snapshot);
  }

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
    if (news.unnamed !== undefined) this.#setUnnamed(news.unnamed);
    if (news.arrivals !== undefined) this.#setArrivals(news.arrivals);
    if (news.crowd !== undefined) {
      this.#crowd = news.crowd;
      this.#feed.changed('crowd');
    }
    if (news.storm !== undefined) {
      this.#storm = news.storm;
      this.#feed.changed('storm');
    }
    if (news.dials !== undefined) this.#setDials(news.dials);
    if (news.relay !== undefined) this.#setRelay(news.relay);
    for (const state of details) this.#tellDetail(state);
    for (const { window, ...rows } of frames) this.#feed.own(window, { frames: rows });
    this.#feed.flush();
  }

  /** Tells a new thread what windows want, and windows what it knows. */
  async bringTo(thread: ServerThread): Promise<void> {
    for (const [window, vmcNo] of this.#watched) thread.tell('watch', { window, vmcNo });
    for (const [window, query] of this.#followed) thread.tell('follow', { window, ...query });
    const { machines, running, diagnoses, openRuns, runLines } = this.#known.replaceWith(
      await thread.call('snapshot', undefined),
    );
    this.#feed.keyed('machines', machines);
    this.#feed.keyed('running', running);
    this.#feed.keyed('diagnoses', diagnoses);
    this.#feed.keyed('openRuns', openRuns);
    this.#feed.keyed('runLines', runLines);
    this.#setUnnamed([]);
    this.#setArrivals([]);
    for (const vmcNo of new Set(this.#watched.values())) {
      const state = await thread.call('machine', { vmcNo });
      if (state !== null) this.#tellDetail(state);
    }
  }

  /** Nobody is served any more. */
  allOffline(now: number): void {
    this.#feed.keyed('machines', this.#known.allOffline(now));
    this.#setUnnamed([]);
    this.#setArrivals([]);
    this.#setDials([]);
    this.#setRelay(noRelayState);
  }

  #setUnnamed(links: readonly UnnamedLink[]): void {
    this.#unnamed = links;
    this.#feed.changed('unnamed');
  }

  #setDials(dials: readonly Dial[]): void {
    this.#dials = dials;
    this.#feed.changed('dials');
  }

  #setRelay(relay: RelayState): void {
    this.#relay = relay;
    this.#feed.changed('relay');
  }

  #setArrivals(arrivals: readonly Arrival[]): void {
    this.#arrivals = arrivals;
    this.#feed.changed('arrivals');
  }

  #tellDetail(state: MachineState): void {
    const detail = { state, codeStored: this.#store.codeStored(state.vmcNo) };
    for (const [window, vmcNo] of this.#watched)
      if (vmcNo === state.vmcNo) this.#feed.own(window, { detail });
  }
}
