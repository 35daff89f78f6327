/** A source of records that a window shows: live data, or an opened capture. Both answer the same questions. */
import type { Facts } from '#shared/contract/request';
import type { MachineRow, MachineState } from '#shared/model/machine';
import type { Mark, MarkChange } from '#shared/model/journal';
import type { JournalQueries } from '../../journal/api';
import type { SettingsStore } from '../../lib/settings/store';

export interface Source {
  /** `null`: unknown. */
  readonly machine: (vmcNo: number) => Promise<MachineState | null> | MachineState | null;
  /** `null`: no journal is readable now. */
  readonly journal: () => JournalQueries | null;
  readonly changeMark: (change: MarkChange) => Promise<Mark>;
  readonly facts: Facts;
}

interface FactsParts extends Pick<Facts, 'rehearses'> {
  readonly store: SettingsStore;
  readonly platforms: () => readonly Pick<MachineRow, 'vmcNo' | 'platform'>[];
  readonly now: () => number;
}

/** Each fact is computed when a question needs it. */
export const factsOf = ({ store, platforms, rehearses, now }: FactsParts): Facts => ({
  rehearses,
  get now() {
    return now();
  },
  get names() {
    return Object.fromEntries([...store.configs].map(([vmcNo, { name }]) => [vmcNo, name]));
  },
  get ownErrors() {
    return store.settings.ownErrors;
  },
  get platforms() {
    return Object.fromEntries(
      platforms().flatMap(({ vmcNo, platform }) => (platform === null ? [] : [[vmcNo, platform]])),
    );
  },
  get currencies() {
    const own = [...store.configs].filter(([, { currency }]) => currency !== '');
    return Object.fromEntries(own.map(([vmcNo, { currency }]) => [vmcNo, currency]));
  },
  get currency() {
    return store.settings.currency;
  },
});
