/** The journal of the machines thread, as main sees it: its reports, and questions on a port of their own. */
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import type { JournalStatus } from '#shared/model/journal';
import { JournalReader } from '../../journal/api';
import { nothingRecorded, type JournalReport, type ServerCalls } from '../../machines/api';
import type { Feed } from '../ipc/feed';
import type { ServerThread } from './serverWindows';

const closed: JournalReport = {
  status: { status: 'closed' },
  isReadable: false,
  refused: 0,
  damagedRows: {},
};

/** Entries that are lost if the machines thread dies now. */
function lostWith(status: JournalStatus): number {
  if (status.status === 'failing') return status.waiting + status.lost;
  return status.status === 'open' ? (status.lost ?? 0) : 0;
}

/** `lost`: entries of earlier threads. */
function withLost(status: JournalStatus, lost: number): JournalStatus {
  if (lost === 0 || (status.status !== 'failing' && status.status !== 'open')) return status;
  return { ...status, lost: (status.lost ?? 0) + lost };
}

export class JournalOfServer {
  readonly #feed: Feed;
  /** Resolves when a thread runs. */
  readonly #ready: () => Promise<unknown>;
  #report = closed;
  #reader: JournalReader | null = null;
  /** All records that windows have seen. */
  recorded: NonNullable<ServerCalls['open']['args']['recorded']> = nothingRecorded;
  #lost = 0;
  /** Other threads that read the journal. */
  readonly #others = new Map<string, (port: MessagePort) => void>();
  #thread: ServerThread | null = null;

  constructor(feed: Feed, ready: () => Promise<unknown>) {
    this.#feed = feed;
    this.#ready = ready;
  }

  get report(): JournalReport {
    return this.#report;
  }

  /** `null`: no journal is readable. */
  get reader(): JournalReader | null {
    return this.#report.isReadable ? this.#reader : null;
  }

  /** Entries that the disk refused until their thread died. */
  get lost(): number {
    return this.#lost;
  }

  /** A thread has opened the journal, or its journal thread was started again. */
  connect(to: ServerThread): void {
    this.#thread = to;
    for (const give of this.#others.values()) this.#giveOther(to, give);
    const { port1, port2 } = new MessageChannel();
    to.notify('connectReader', port1, [port1]);
    // While the disk refuses, nothing that is recorded now reaches the journal in time.
    const batch = (): number => (this.#report.status.status === 'failing' ? 0 : this.recorded.batch);
    if (this.#reader === null) this.#reader = new JournalReader(port2, { ready: this.#ready, batch });
    else void this.#reader.connect(port2);
  }

  /** Gives another thread a port for questions, now and after each restart of the journal thread. `name`: of that thread. */
  onPort(name: string, give: (port: MessagePort) => void): void {
    this.#others.set(name, give);
    if (this.#thread !== null) this.#giveOther(this.#thread, give);
  }

  #giveOther(to: ServerThread, give: (port: MessagePort) => void): void {
    const { port1, port2 } = new MessageChannel();
    to.notify('connectReader', port1, [port1]);
    give(port2);
  }

  reported(next: JournalReport): void {
    this.#report = { ...next, status: withLost(next.status, this.#lost) };
    this.#feed.changed('journal');
    this.#feed.changed('damagedRows');
  }

  /** The machines thread has died. */
  threadDied(): void {
    // The status includes those of earlier threads.
    this.#lost = Math.max(this.#lost, lostWith(this.#report.status));
  }

  /** No thread is started again. */
  failed(): void {
    this.#report = { ...closed, damagedRows: this.#report.damagedRows };
    this.#feed.changed('journal');
  }

  async close(within: number): Promise<void> {
    await this.#reader?.close(within);
  }
}
