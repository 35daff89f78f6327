/**
 * Main to window. Changes are gathered and sent at most every 100 ms, each thing once with its newest value, so the cost to a
 * window depends on how much is different and not on how often it changed.
 */
import type { WebContents } from 'electron';
import { feedChannel } from '#shared/contract/channels';
import type { FeedBatch, Snapshot } from '#shared/contract/feed';
import type { FrameRow } from '#shared/model/frame';
import type { Fault } from '#shared/model/history';
import type { MachineRow } from '#shared/model/machine';
import type { Services } from './services';

export const batchInterval = 100;
/** Frame rows per batch and window; at a higher rate the live view skips the older ones (they are all kept). */
const rowsPerBatch = 300;

interface Subscriber {
  readonly contents: WebContents;
  watched: number | null;
  rows: FrameRow[];
  skipped: number;
}

type Part = 'settings' | 'listeners' | 'simulator' | 'configs' | 'unnamed';

export class Feed {
  readonly #services: Services;
  readonly #subscribers = new Map<number, Subscriber>();
  readonly #machines = new Set<number>();
  readonly #forgotten = new Set<number>();
  readonly #faults = new Map<number, Fault>();
  readonly #parts = new Set<Part>();
  #seq = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(services: Services) {
    this.#services = services;
  }

  add(contents: WebContents): void {
    this.#subscribers.set(contents.id, { contents, watched: null, rows: [], skipped: 0 });
    const { id } = contents;
    contents.once('destroyed', () => this.#subscribers.delete(id));
    // A reloaded page follows nothing until it asks again.
    contents.on('did-start-navigation', (details) => {
      if (details.isMainFrame && !details.isSameDocument) this.watch(id, null);
    });
  }

  has(windowId: number): boolean {
    return this.#subscribers.has(windowId);
  }

  watch(windowId: number, vmcNo: number | null): void {
    const subscriber = this.#subscribers.get(windowId);
    if (subscriber === undefined) return;
    subscriber.watched = vmcNo;
    subscriber.rows = [];
    subscriber.skipped = 0;
  }

  machineChanged(vmcNo: number): void {
    this.#machines.add(vmcNo);
    this.#schedule();
  }

  machineForgotten(vmcNo: number): void {
    this.#machines.delete(vmcNo);
    this.#forgotten.add(vmcNo);
    this.#schedule();
  }

  faultsChanged(faults: readonly Fault[]): void {
    if (faults.length === 0) return;
    for (const fault of faults) this.#faults.set(fault.id, fault);
    this.#schedule();
  }

  partChanged(part: Part): void {
    this.#parts.add(part);
    this.#schedule();
  }

  /** `row` is made only when a window follows that machine. */
  frame(vmcNo: number, row: () => FrameRow): void {
    for (const subscriber of this.#subscribers.values()) {
      if (subscriber.watched !== vmcNo) continue;
      subscriber.rows.push(row());
      if (subscriber.rows.length > 2 * rowsPerBatch) this.#trim(subscriber);
      this.#schedule();
    }
  }

  snapshot(): Snapshot {
    const { app, machines, listen, settings, simulator } = this.#services;
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
    };
  }

  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#subscribers.clear();
  }

  #schedule(): void {
    this.#timer ??= setTimeout(() => this.#flush(), batchInterval);
  }

  #trim(subscriber: Subscriber): void {
    const over = subscriber.rows.length - rowsPerBatch;
    if (over <= 0) return;
    subscriber.rows.splice(0, over);
    subscriber.skipped += over;
  }

  #flush(): void {
    this.#timer = null;
    this.#seq += 1;
    const common = this.#commonPart();
    for (const subscriber of this.#subscribers.values()) {
      const batch = { ...common, ...this.#ownPart(subscriber) };
      if (!subscriber.contents.isDestroyed()) subscriber.contents.send(feedChannel, batch);
    }
    this.#machines.clear();
    this.#forgotten.clear();
    this.#faults.clear();
    this.#parts.clear();
  }

  #commonPart(): FeedBatch {
    const { machines, listen, settings, simulator } = this.#services;
    const rows: MachineRow[] = [];
    for (const vmcNo of this.#machines) {
      const row = machines.row(vmcNo);
      if (row !== null) rows.push(row);
    }
    return {
      seq: this.#seq,
      ...(this.#parts.has('settings') ? { settings: settings.settings } : {}),
      ...(this.#parts.has('listeners') ? { listeners: listen.states() } : {}),
      ...(this.#parts.has('simulator') ? { simulator: simulator.state } : {}),
      ...(this.#parts.has('configs') ? { configs: Object.fromEntries(settings.configs) } : {}),
      ...(this.#parts.has('unnamed') ? { unnamed: machines.unnamed() } : {}),
      ...(rows.length > 0 ? { machines: rows } : {}),
      ...(this.#forgotten.size > 0 ? { forgotten: [...this.#forgotten] } : {}),
      ...(this.#faults.size > 0 ? { faults: [...this.#faults.values()] } : {}),
    };
  }

  #ownPart(subscriber: Subscriber): Partial<FeedBatch> {
    const { watched } = subscriber;
    if (watched === null) return {};
    const detail = this.#machines.has(watched) ? this.#services.machines.detail(watched) : null;
    this.#trim(subscriber);
    const { rows, skipped } = subscriber;
    subscriber.rows = [];
    subscriber.skipped = 0;
    return {
      ...(detail === null ? {} : { detail }),
      ...(rows.length === 0 ? {} : { frames: { vmcNo: watched, rows, skipped } }),
    };
  }
}
