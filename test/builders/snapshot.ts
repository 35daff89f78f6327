import { live, livePartsOf, type TableRows } from '#shared/contract/live';
import type { Snapshot } from '#shared/contract/feed';
import type { ValueSources } from '../../src/main/desktop/ipc/feed';
import { initialLive } from '../../src/renderer/src/store/index';

const { news: _news, ...parts } = initialLive;

/** All tables empty. */
const noRows: TableRows = { machines: [], running: [], diagnoses: [], openRuns: [], runLines: [] };

/** The first message to a window, from an app without any events. */
export const snapshot = (over: Partial<Snapshot> = {}): Snapshot => ({
  seq: 1,
  appVersion: '0.1.0',
  build: 'development',
  platformName: 'test',
  systemLanguage: 'en',
  languageSwitch: null,
  ...parts,
  ...noRows,
  ...over,
});

/** The first values of main's own parts. */
export const valueSources = (over: Partial<ValueSources> = {}): ValueSources => ({
  ...(Object.fromEntries(
    livePartsOf('value')
      .filter((part) => live[part].thread === 'desktop')
      .map((part) => [part, () => live[part].initial]),
  ) as unknown as ValueSources),
  ...over,
});
