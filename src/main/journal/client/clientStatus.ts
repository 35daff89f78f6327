/** The journal's status as windows see it: the file, files set aside, losses, damaged rows and the recovery of a file. */
import {
  damagedKinds,
  type DamagedRows,
  type FileAside,
  type JournalStatus,
  type RefusedEntries,
  type Salvage,
} from '#shared/model/journal';
import type { Outbox } from './outbox';

export class ClientStatus {
  readonly #outbox: Pick<Outbox, 'count' | 'lost'>;
  readonly #watchers: ((state: JournalStatus) => void)[] = [];
  readonly #damagedWatchers: ((rows: DamagedRows) => void)[] = [];
  #state: JournalStatus = { status: 'closed' };
  #aside: FileAside | null = null;
  #gone: FileAside | null = null;
  /** Recovery of the file that was moved aside as damaged. */
  #salvage: Salvage | null = null;
  #damagedRows: DamagedRows = {};

  constructor(outbox: Pick<Outbox, 'count' | 'lost'>) {
    this.#outbox = outbox;
  }

  get state(): JournalStatus {
    return this.#state;
  }

  /** Unreadable rows found since this process started. */
  get damagedRows(): DamagedRows {
    return this.#damagedRows;
  }

  /** Entries that the disk has rejected and that this process still holds; 0 while the disk accepts writes. */
  get refused(): number {
    return this.#state.status === 'failing' ? this.#outbox.count : 0;
  }

  /** Entries that the disk rejects at present. */
  get unwritten(): RefusedEntries {
    const detail = this.#state.status === 'failing' ? this.#state.detail : '';
    return { waiting: this.refused, lost: this.#outbox.lost, detail, gone: this.#gone };
  }

  onState(watcher: (state: JournalStatus) => void): void {
    this.#watchers.push(watcher);
  }

  /** Calls `watcher` with the rows found since the last call. */
  onDamagedRows(watcher: (rows: DamagedRows) => void): void {
    this.#damagedWatchers.push(watcher);
  }

  /** `aside`: the file that the open one replaces. */
  opened(aside: FileAside | null): void {
    if (aside !== null) {
      this.#aside = aside;
      this.#salvage = null;
      // If several files were replaced, report the lost file.
      if (aside.why === 'deleted' || (aside.why === 'moved' && this.#gone === null)) this.#gone = aside;
    }
    this.#setOpen();
  }

  /** A file of another version was set aside. The new file is not open yet. */
  wasSetAside(file: string): void {
    this.#aside = { file, why: 'otherVersion' };
  }

  /** The disk accepted a batch. */
  accepted(): void {
    const isLossNew = this.#state.status === 'open' && (this.#state.lost ?? 0) < this.#outbox.lost;
    if (this.#state.status === 'failing' || isLossNew) this.#setOpen();
  }

  failed(detail: string): void {
    const { count: waiting, lost } = this.#outbox;
    this.set({ status: 'failing', detail, waiting, lost });
  }

  salvaged(salvage: Salvage): void {
    const isNews = salvage.isOver || percent(salvage) !== percent(this.#salvage);
    this.#salvage = salvage;
    if (isNews && this.#state.status === 'open') this.#setOpen();
  }

  foundDamaged(rows: DamagedRows): void {
    this.#damagedRows = sumOf(this.#damagedRows, rows);
    for (const watcher of this.#damagedWatchers) watcher(rows);
  }

  set(state: JournalStatus): void {
    this.#state = state;
    for (const watcher of this.#watchers) watcher(state);
  }

  #setOpen(): void {
    const { lost } = this.#outbox;
    const salvage = this.#salvage;
    this.set({
      status: 'open',
      aside: this.#aside,
      ...(lost > 0 && { lost }),
      ...(salvage !== null && { salvage }),
    });
  }
}

const percent = (salvage: Salvage | null): number =>
  salvage === null ? -1 : Math.floor(salvage.share * 100);

function sumOf(a: DamagedRows, b: DamagedRows): DamagedRows {
  const all = damagedKinds.map((kind) => [kind, (a[kind] ?? 0) + (b[kind] ?? 0)] as const);
  return Object.fromEntries(all.filter(([, count]) => count > 0));
}
