/** The journals of other sites among the opened captures. */
import type { Mark, MarkChange } from '#shared/model/journal';
import type { JournalDamage, SiteGrowth } from '../../sites/api';
import type { SettingsStore } from '../../lib/settings/store';
import type { CaptureJournals } from './captureJournals';
import { OpenedCapture } from './openedCapture';
import type { Changed } from './service';

interface SiteCapturesParts {
  /** All opened captures, by number. */
  readonly all: Map<number, OpenedCapture>;
  readonly nextId: () => number;
  readonly journals: CaptureJournals;
  readonly store: SettingsStore;
  readonly changed: Changed;
}

/** The thread that writes the journals of sites. */
export interface SiteFilesOwner {
  readonly repair: (site: string, journal: string, what: JournalDamage) => Promise<void>;
  readonly changeMark: (site: string, journal: string, change: MarkChange) => Promise<Mark>;
}

/** A site's name for its journal. */
interface SiteName {
  readonly id: string;
  readonly name: string;
}

export class SiteCaptures {
  readonly #parts: SiteCapturesParts;
  /** By file. */
  readonly #ids = new Map<string, number>();
  /** Reports of one journal are applied one after the other. */
  #turn: Promise<unknown> = Promise.resolve();
  #owner: SiteFilesOwner | null = null;
  /** Files whose damage was reported, and each kind of it. */
  readonly #reported = new Set<string>();

  constructor(parts: SiteCapturesParts) {
    this.#parts = parts;
  }

  grown(site: SiteName, growth: SiteGrowth): Promise<void> {
    return this.#inTurn(async () => {
      const { all, changed } = this.#parts;
      const id = this.#ids.get(growth.file) ?? this.#opened(site, growth);
      const one = all.get(id);
      await one?.grow({ facts: growth.facts, machines: growth.machines });
      if (one?.capture.site != null)
        one.renamed(site.name, { ...one.capture.site, commands: growth.commands });
      this.#findNewest(site);
      changed('captures');
    });
  }

  /** Damage and marks go to the owner, because only one thread writes a file. */
  ownedBy(owner: SiteFilesOwner): void {
    this.#owner = owner;
  }

  /** Resolves when the file is not open here. Queries wait until `replaced`. */
  async replacing(file: string): Promise<void> {
    await this.#captureOf(file)?.pause();
  }

  replaced(file: string): void {
    this.#captureOf(file)?.resume();
  }

  #captureOf(file: string): OpenedCapture | null {
    const id = this.#ids.get(file);
    return id === undefined ? null : (this.#parts.all.get(id) ?? null);
  }

  #opened({ id: site, name }: SiteName, { file, journal }: SiteGrowth): number {
    const { all, nextId, journals, store } = this.#parts;
    const id = nextId();
    this.#ids.set(file, id);
    const facts = { id, fileName: name, site: { site, isNewest: true, commands: 0 } };
    const own = {
      store,
      journal: journals.of(file, { damaged: (what) => this.#damaged(site, journal, what) }),
      changeMark: (change: MarkChange) => {
        if (this.#owner === null) throw new Error('no thread of sites');
        return this.#owner.changeMark(site, journal, change);
      },
    };
    all.set(id, new OpenedCapture(facts, file, own));
    return id;
  }

  /** Many queries find the same damage. */
  #damaged(site: string, journal: string, what: JournalDamage): void {
    const name = `${what} ${site} ${journal}`;
    if (this.#owner === null || this.#reported.has(name)) return;
    this.#reported.add(name);
    const ended = (): void => void this.#reported.delete(name);
    this.#owner.repair(site, journal, what).then(ended, ended);
  }

  /** A site begins another journal if its data folder is replaced. The one with the newest entry is its present one. */
  #findNewest({ id, name }: SiteName): void {
    const own = [...this.#ids.values()]
      .map((one) => this.#parts.all.get(one))
      .filter((one) => one !== undefined)
      .filter(({ capture }) => capture.site?.site === id);
    const newest = Math.max(...own.map(({ capture }) => capture.to ?? 0));
    for (const one of own) {
      const commands = one.capture.site?.commands ?? 0;
      one.renamed(name, { site: id, isNewest: (one.capture.to ?? 0) === newest, commands });
    }
  }

  /** Other sites are forgotten; their journals are closed before the promise settles. */
  kept(names: ReadonlyMap<string, string>): Promise<void> {
    return this.#inTurn(async () => {
      const { all, changed } = this.#parts;
      for (const [file, id] of this.#ids) {
        const one = all.get(id);
        const site = one?.capture.site ?? null;
        const name = site === null ? undefined : names.get(site.site);
        if (one === undefined || site === null) continue;
        if (name !== undefined) one.renamed(name, site);
        else {
          this.#ids.delete(file);
          all.delete(id);
          changed('captures');
          await one.close();
        }
      }
      changed('captures');
    });
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => undefined);
    return done;
  }
}
