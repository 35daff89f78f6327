/** The journals of other sites among the opened captures. */
import type { SiteGrowth } from '../../sites/api';
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

  constructor(parts: SiteCapturesParts) {
    this.#parts = parts;
  }

  grown(site: SiteName, growth: SiteGrowth): Promise<void> {
    return this.#inTurn(async () => {
      const { all, changed } = this.#parts;
      const id = this.#ids.get(growth.file) ?? this.#opened(site, growth.file);
      const one = all.get(id);
      await one?.grow({ facts: growth.facts, machines: growth.machines });
      if (one?.capture.site != null)
        one.renamed(site.name, { ...one.capture.site, commands: growth.commands });
      this.#findNewest(site);
      changed('captures');
    });
  }

  #opened({ id: site, name }: SiteName, file: string): number {
    const { all, nextId, journals, store } = this.#parts;
    const id = nextId();
    this.#ids.set(file, id);
    const facts = { id, fileName: name, site: { site, isNewest: true, commands: 0 } };
    all.set(id, new OpenedCapture(facts, file, { store, journal: journals.of(file) }));
    return id;
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
