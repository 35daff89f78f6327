/** The machine server as the main thread uses it, with its real threads and one window. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { WebContents } from 'electron';
import type { FeedBatch } from '#shared/contract/feed';
import { afterBatch, emptyReplica } from '#shared/contract/replica';
import { Feed } from '../../src/main/desktop/ipc/feed';
import { serverService, type ServerService } from '../../src/main/desktop/services/server';
import { homeOf } from '../../src/main/lib/files/home';
import { openPlainly } from '../../src/main/lib/settings/settingsFile';
import { SettingsStore } from '../../src/main/lib/settings/store';
import { newFolder, removed } from './folders';
import { ownPort } from './ports';
import { valueSources } from './snapshot';

const noKeyStore = { available: () => false, encrypt: String, decrypt: String };

/** Messages that one window receives. */
class TestWindow {
  readonly id = 1;
  #replica = emptyReplica;
  onBatch: (batch: FeedBatch) => void = () => undefined;
  readonly on = () => this;
  readonly once = () => this;
  readonly isDestroyed = () => false;
  readonly isCrashed = () => false;
  readonly send = (_channel: string, json: string) => {
    const batch = JSON.parse(json) as FeedBatch;
    this.#replica = { ...this.#replica, ...afterBatch(this.#replica, batch) };
    this.onBatch(batch);
  };

  get machines() {
    return [...this.#replica.machines.values()];
  }
}

/** The built journal thread. While it is held, a new one does not begin. */
export function heldJournal(bundles: string): {
  readonly journalWorker: string;
  readonly hold: () => void;
  readonly release: () => void;
} {
  const held = join(bundles, 'held');
  const journalWorker = join(bundles, 'heldJournal.mjs');
  writeFileSync(
    journalWorker,
    `import { existsSync } from 'node:fs';
     const tick = new Int32Array(new SharedArrayBuffer(4));
     while (existsSync(${JSON.stringify(held)})) Atomics.wait(tick, 0, 0, 10);
     await import('./journalWorker.js');`,
  );
  return { journalWorker, hold: () => writeFileSync(held, ''), release: () => rmSync(held) };
}

export interface ServedParts {
  /** The folder of the app's built threads. */
  readonly bundles: string;
  /** The data folder; left out: a new one. */
  readonly folder?: string;
  /** The script of the journal's thread, if it is not the built one. */
  readonly journalWorker?: string;
  /** Code that the machines thread runs once after `trigger`; left out: it exits. */
  readonly how?: string;
}

export class ServedMachines {
  readonly folder: string;
  readonly window = new TestWindow();
  readonly problems: string[] = [];
  /** Deaths that are logged and shown in the window. */
  readonly deaths: string[] = [];
  readonly feed = new Feed();
  readonly store: SettingsStore;
  readonly service: ServerService;
  #isStopped = false;

  constructor({
    bundles,
    folder = newFolder(),
    journalWorker = join(bundles, 'journalWorker.js'),
    how = 'process.exit(7);',
  }: ServedParts) {
    this.folder = folder;
    this.store = new SettingsStore(folder, noKeyStore, openPlainly);
    this.service = serverService({
      worker: this.#mortal(bundles, how),
      journalWorker,
      journal: this.journal,
      home: homeOf(this.folder),
      store: this.store,
      feed: this.feed,
      now: Date.now,
      line: () => undefined,
      problem: (detail) => void this.problems.push(detail),
      died: (what, _reason, again) => void this.deaths.push(`${what} ${again ? 'again' : 'for good'}`),
      onThread: () => undefined,
      onRunCommands: () => undefined,
      onDirectMachine: () => undefined,
      onStart: () => undefined,
      rescue: () => Promise.resolve(false),
      patience: 300,
    });
    this.feed.open(valueSources(this.service.live), () => undefined);
    this.feed.add(this.window as unknown as WebContents);
  }

  /** Exists until the machines thread begins with what it was made for. */
  get triggerFile(): string {
    return join(this.folder, 'trigger');
  }

  get journal(): string {
    return join(this.folder, 'journal.sqlite');
  }

  /** Lets the machines thread do what it was made for. */
  trigger(): void {
    writeFileSync(this.triggerFile, '');
  }

  /** Lets the machines thread die. */
  async die(): Promise<void> {
    const before = this.problems.length;
    this.trigger();
    await expect.poll(() => this.problems.length).toBeGreaterThan(before);
  }

  /** Listens for machines; returns the port. */
  async listen(): Promise<number> {
    const state = await this.service.listen('127.0.0.1', await ownPort());
    if (state.status !== 'listening') throw new Error(state.status);
    return state.port;
  }

  async stop(): Promise<void> {
    if (this.#isStopped) return;
    this.#isStopped = true;
    await this.service.stop?.();
  }

  async remove(): Promise<void> {
    await this.stop();
    await removed(this.folder);
  }

  /** The real thread, which does this once as soon as a file requests it. */
  #mortal(bundles: string, how: string): string {
    const script = join(bundles, 'mortal.mjs');
    const trigger = JSON.stringify(this.triggerFile);
    writeFileSync(
      script,
      `import { existsSync, rmSync } from 'node:fs';
       await import('./serverThread.js');
       setInterval(() => {
         if (!existsSync(${trigger})) return;
         rmSync(${trigger});
         ${how}
       }, 20).unref();`,
    );
    return script;
  }
}
