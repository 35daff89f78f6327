/** Entries that are not in the journal yet, or cannot be. Windows request them here. */
import type { Entry, FrameDetail, FramePage } from '#shared/model/frame';
import type { FrameCount } from '#shared/model/frameCount';
import { frameDetail, frameRow } from '../../core/state/frameRow';
import { RecentFrames, type Labels } from '../../core/state/recentFrames';
import { UnnamedEntries } from '../../core/state/unnamedEntries';
import type { JournalClient } from '../../journal/api';
import { Unwritten } from './unwritten';

type PageQuery = Parameters<RecentFrames['page']>[0];

export class HeldEntries {
  readonly #labels: Labels;
  readonly #recent = new RecentFrames();
  readonly #unwritten = new Unwritten();
  readonly #unnamed = new UnnamedEntries();

  constructor(labels: Labels) {
    this.#labels = labels;
  }

  /** Drops entries that are written. */
  follow(journal: JournalClient): void {
    journal.onWritten((last) => this.#unwritten.written(last));
    // Entries in progress when the disk began to reject writes are missing in the journal, like later ones.
    journal.onState(({ status }) => {
      if (status !== 'open') for (const entry of this.#unwritten.take()) this.#recent.add(entry);
    });
  }

  /** Returns earlier entries of the connection that now belong to a machine. */
  add(entry: Entry, isJournalOpen: boolean): readonly Entry[] {
    const named = this.#unnamed.add(entry);
    if (named.length > 0) {
      this.#recent.setOwner(named);
      this.#unwritten.setOwner(named);
    }
    if (isJournalOpen) this.#unwritten.add(entry);
    else this.#recent.add(entry);
    return named;
  }

  page(query: PageQuery): FramePage {
    const { entries, next } = this.#recent.page(query, this.#labels);
    return { rows: entries.map((entry) => frameRow(entry, this.#labels.markOf(entry.id))), next };
  }

  count({
    filter,
    after,
    now,
  }: Pick<PageQuery, 'filter' | 'now'> & { readonly after: number | null }): FrameCount {
    const place = { after: after ?? 0 };
    const { entries } = this.#recent.page({ filter, place, limit: Infinity, now }, this.#labels);
    const last = entries[0]?.id ?? after ?? 0;
    return { count: entries.length, bars: null, next: null, last, newest: last, until: null };
  }

  frame(id: number): FrameDetail | null {
    const entry = this.#recent.get(id) ?? this.#unwritten.get(id) ?? null;
    return entry === null ? null : frameDetail(entry, this.#labels.markOf(id), null);
  }

  forget(vmcNo: number): void {
    this.#recent.forget(vmcNo);
  }
}
