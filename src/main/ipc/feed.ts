/**
 * Main to window. Changes are gathered and sent at most every 100 ms, each thing once with its newest value, so the cost to a
 * window depends on how much is different and not on how often it changed.
 */
import type { WebContents } from 'electron';
import { feedChannel } from '#shared/contract/channels';
import type { FeedBatch, Snapshot, SourceMark } from '#shared/contract/feed';
import type { FilterFacts } from '#shared/filter/language/facts';
import type { Command } from '#shared/model/command';
import type { FrameRow } from '#shared/model/frame';
import type { Fault, OrderRecord } from '#shared/model/history';
import type { Mark } from '#shared/model/journal';
import { MachinesFeed } from './machinesFeed';
import { FramesFeed } from './framesFeed';
import type { Services } from './services';

const batchInterval = 100;
/** Rows of earlier entries in one batch and window. */
const namedPerBatch = 300;

interface Follow {
  /** Given by the window: rows carry it, so that it can tell them from those of an earlier list. */
  readonly token: number;
  readonly matches: (facts: FilterFacts) => boolean;
}

interface Subscriber {
  readonly contents: WebContents;
  watched: number | null;
  follow: Follow | null;
  passing: FramesFeed;
  named: FrameRow[];
}

/** What is sent whole when something in it changed. */
const parts = {
  settings: ({ settings }: Services) => settings.settings,
  listeners: ({ listen }: Services) => listen.states(),
  simulator: ({ simulator }: Services) => simulator.state,
  configs: ({ settings }: Services) => Object.fromEntries(settings.configs),
  unnamed: ({ machines }: Services) => machines.unnamed(),
  packages: ({ packages }: Services) => packages.packages,
  staging: ({ packages }: Services) => packages.staging,
  transfers: ({ packages }: Services) => packages.transfers,
  journal: ({ history }: Services) => history.status,
  jobs: ({ captures }: Services) => captures.jobs,
  captures: ({ captures }: Services) => captures.captures,
} as const;
type Part = keyof typeof parts;

export class Feed {
  readonly #services: Services;
  readonly #subscribers = new Map<number, Subscriber>();
  readonly #machines = new MachinesFeed();
  readonly #forgotten = new Set<number>();
  readonly #faults = new Map<number, Fault>();
  readonly #orders = new Map<string, OrderRecord>();
  readonly #commands = new Map<number, Command>();
  readonly #marks = new Map<string, SourceMark>();
  readonly #parts = new Set<Part>();
  #seq = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(services: Services) {
    this.#services = services;
  }

  add(contents: WebContents): void {
    this.#subscribers.set(contents.id, {
      contents,
      watched: null,
      follow: null,
      passing: new FramesFeed(),
      named: [],
    });
    const { id } = contents;
    contents.once('destroyed', () => this.#subscribers.delete(id));
    // A reloaded page follows nothing until it asks again.
    contents.on('did-start-navigation', (details) => {
      if (!details.isMainFrame || details.isSameDocument) return;
      this.watch(id, null);
      this.follow(id, 0, null);
    });
  }

  has(windowId: number): boolean {
    return this.#subscribers.has(windowId);
  }

  watch(windowId: number, vmcNo: number | null): void {
    const subscriber = this.#subscribers.get(windowId);
    if (subscriber === undefined) return;
    subscriber.watched = vmcNo;
  }

  follow(windowId: number, token: number, matches: Follow['matches'] | null): void {
    const subscriber = this.#subscribers.get(windowId);
    if (subscriber === undefined) return;
    subscriber.follow = matches === null ? null : { token, matches };
    subscriber.passing = new FramesFeed();
    subscriber.named = [];
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
    for (const fault of faults) this.#faults.set(fault.id, fault);
    this.#schedule();
  }

  ordersChanged(orders: readonly OrderRecord[]): void {
    if (orders.length === 0) return;
    for (const order of orders) this.#orders.set(`${order.vmcNo} ${order.entry}`, order);
    this.#schedule();
  }

  commandChanged(command: Command): void {
    this.#commands.set(command.id, command);
    this.#schedule();
  }

  /** `capture`: in which; `null`: in the live journal. */
  markChanged(mark: Mark, capture: number | null): void {
    this.#marks.set(`${capture} ${mark.entry}`, { capture, mark });
    this.#schedule();
  }

  partChanged(part: Part): void {
    this.#parts.add(part);
    this.#schedule();
  }

  /** Facts and row are made only when a window follows frames, or such frames. */
  frame(facts: () => FilterFacts, row: () => FrameRow): void {
    let made: FilterFacts | null = null;
    for (const subscriber of this.#subscribers.values()) {
      if (subscriber.follow === null || !subscriber.follow.matches((made ??= facts()))) continue;
      subscriber.passing.add(row);
      this.#schedule();
    }
  }

  /** Of an earlier entry it is known by now whose it is: lists that it fits now are to have it. */
  frameNamed(facts: FilterFacts, row: FrameRow): void {
    for (const { follow, named } of this.#subscribers.values()) {
      // Where thousands connect at once the journal tells the rest.
      if (follow?.matches(facts) !== true || named.length >= namedPerBatch) continue;
      named.push(row);
      this.#schedule();
    }
  }

  snapshot(): Snapshot {
    const { app, machines, listen, settings, simulator, packages, commands, history, captures } =
      this.#services;
    return {
      seq: this.#seq,
      appVersion: app.version,
      platformName: app.platformName,
      systemLanguage: app.systemLanguage,
      languageSwitch: app.languageSwitch,
      settings: settings.settings,
      listeners: listen.states(),
      simulator: simulator.state,
      machines: machines.rows(),
      configs: Object.fromEntries(settings.configs),
      unnamed: machines.unnamed(),
      packages: packages.packages,
      staging: packages.staging,
      transfers: packages.transfers,
      running: commands.running(),
      journal: history.status,
      jobs: captures.jobs,
      captures: captures.captures,
    };
  }

  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#subscribers.clear();
  }

  #schedule(): void {
    this.#timer ??= setTimeout(() => this.#flush(), batchInterval);
  }

  #flush(): void {
    this.#timer = null;
    this.#seq += 1;
    const own = [...this.#subscribers.values()].map((one) => [one.contents, this.#ownPart(one)] as const);
    const common = this.#commonPart();
    for (const [contents, part] of own) {
      const batch: FeedBatch = { ...common, ...part };
      if (Object.keys(batch).length === 1 || contents.isDestroyed()) continue;
      // As text: it is copied on its way through the bridge, where thousands of small objects cost many times as much.
      contents.send(feedChannel, JSON.stringify(batch));
    }
    this.#forgotten.clear();
    this.#faults.clear();
    this.#orders.clear();
    this.#commands.clear();
    this.#marks.clear();
    this.#parts.clear();
    if (this.#machines.isWaiting) this.#schedule();
  }

  #commonPart(): FeedBatch {
    const { machines } = this.#services;
    const rows = this.#machines.take(performance.now(), (vmcNo) => machines.row(vmcNo));
    const changed = Object.fromEntries([...this.#parts].map((part) => [part, parts[part](this.#services)]));
    return {
      seq: this.#seq,
      ...changed,
      ...(rows.length > 0 ? { machines: rows } : {}),
      ...(this.#forgotten.size > 0 ? { forgotten: [...this.#forgotten] } : {}),
      ...(this.#faults.size > 0 ? { faults: [...this.#faults.values()] } : {}),
      ...(this.#orders.size > 0 ? { orders: [...this.#orders.values()] } : {}),
      ...(this.#commands.size > 0 ? { commands: [...this.#commands.values()] } : {}),
      ...(this.#marks.size > 0 ? { marks: [...this.#marks.values()] } : {}),
    };
  }

  #ownPart(subscriber: Subscriber): Partial<FeedBatch> {
    const { watched, follow, passing, named } = subscriber;
    subscriber.named = [];
    const detail =
      watched !== null && this.#machines.has(watched) ? this.#services.live.detail(watched) : null;
    return {
      ...(detail === null ? {} : { detail }),
      ...(follow === null || (passing.isEmpty && named.length === 0)
        ? {}
        : { frames: { token: follow.token, ...passing.take(), named } }),
    };
  }
}
