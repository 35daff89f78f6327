/** An opened capture: its own journal, which grows during the import, and the states of its machines. */
import { rmSync } from 'node:fs';
import type { Capture, CaptureSnapshot, Reading } from '#shared/model/capture';
import type { MachineRow, MachineState } from '#shared/model/machine';
import type { Growth, Imported } from '../../tools/captures/api';
import type { CaptureJournal } from './captureJournals';
import { shownAtEnd } from '#shared/model/diagnosis';
import { machineRow } from '../../core/state/machineRow';
import type { SettingsStore } from '../../lib/settings/store';
import { factsOf, type Source } from './source';

const nothingYet: Imported = {
  entries: 0,
  machines: 0,
  connections: 0,
  from: null,
  to: null,
  passedOver: {},
  isCutOff: false,
  isDamaged: false,
};

export class OpenedCapture {
  readonly file: string;
  readonly source: Source;
  readonly #store: SettingsStore;
  readonly #journal: CaptureJournal;
  /** JSON until first used: there may be thousands, and they change during the import. */
  readonly #machines = new Map<number, string | MachineState>();
  /** Other readers of the journal's file. */
  readonly #readers = new Set<Promise<void>>();
  #capture: Capture;
  #isOpen = false;

  /** The journal's file is opened as soon as it has content. */
  constructor(
    { id, fileName, site }: Pick<Capture, 'id' | 'fileName' | 'site'>,
    file: string,
    parts: {
      readonly store: SettingsStore;
      readonly journal: CaptureJournal;
      /** Left out: marks are written to the capture's own journal. */
      readonly changeMark?: Source['changeMark'];
    },
  ) {
    this.#capture = { id, fileName, site, reading: { state: 'running' }, ...nothingYet };
    this.file = file;
    this.#store = parts.store;
    this.#journal = parts.journal;
    this.source = {
      machine: (vmcNo) => this.#machine(vmcNo),
      journal: () => (this.#isOpen ? this.#journal : null),
      // Without an export, the mark is deleted with the journal.
      changeMark: parts.changeMark ?? ((change) => this.#journal.query('changeMark', change)),
      facts: factsOf({
        store: this.#store,
        platforms: () => this.#rows(),
        rehearses: false,
        now: () => this.now,
      }),
    };
  }

  /** The capture's clock: the time of its last entry. */
  get now(): number {
    return this.#capture.to ?? Date.now();
  }

  get capture(): Capture {
    return this.#capture;
  }

  /** Whether the capture has content to show. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  async grow({
    facts,
    machines,
  }: Pick<Growth, 'machines'> & { readonly facts: Partial<Growth['facts']> }): Promise<void> {
    await this.#open();
    for (const { vmcNo, state } of machines) this.#machines.set(vmcNo, state);
    this.#capture = { ...this.#capture, ...facts };
  }

  /** The import has ended, completely or early. */
  async end(reading: Reading, imported: Imported | null): Promise<void> {
    if (imported !== null) await this.#open();
    this.#capture = { ...this.#capture, ...imported, reading };
  }

  /** The site has another name, or another journal is its newest. */
  renamed(fileName: string, site: Capture['site']): void {
    this.#capture = { ...this.#capture, fileName, site };
  }

  async #open(): Promise<void> {
    if (this.#isOpen) return;
    await this.#journal.open();
    this.#isOpen = true;
  }

  /** Closes the file, which is replaced. Queries wait until `resume`. */
  pause(): Promise<void> {
    return this.#journal.pause();
  }

  resume(): void {
    this.#journal.resume();
  }

  snapshot(): CaptureSnapshot {
    return { capture: this.#capture, machines: this.#rows() };
  }

  #rows(): readonly MachineRow[] {
    return [...this.#machines.keys()].flatMap((vmcNo) => {
      const machine = this.#machine(vmcNo);
      if (machine === null) return [];
      const config = this.#store.config(vmcNo);
      const diagnosis = shownAtEnd(machine, config, this.#capture.to);
      return [machineRow(machine, config, false, { diagnosis })];
    });
  }

  #machine(vmcNo: number): MachineState | null {
    const known = this.#machines.get(vmcNo);
    if (typeof known !== 'string') return known ?? null;
    const machine = JSON.parse(known) as MachineState;
    this.#machines.set(vmcNo, machine);
    return machine;
  }

  /** The file is not deleted before this promise settles. */
  isReadUntil(end: Promise<void>): void {
    this.#readers.add(end);
    void end.finally(() => this.#readers.delete(end));
  }

  /** Call when nothing writes to the journal any more. The file is deleted when its last reader has ended. */
  async close(): Promise<void> {
    this.#isOpen = false;
    await this.#journal.close();
    // A site's journal belongs to the thread that reads it.
    if (this.#capture.site !== null) return;
    const remove = (): void => {
      for (const suffix of ['', '-wal', '-shm']) rmSync(this.file + suffix, { force: true, maxRetries: 3 });
    };
    if (this.#readers.size === 0) remove();
    else void Promise.allSettled(this.#readers).then(remove);
  }
}
