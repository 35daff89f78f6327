import type { KeyedRows } from '#shared/contract/live';
import type { Snapshot } from '#shared/contract/feed';
import { initialLive } from '../../src/renderer/src/store/live';

const { news: _news, ...parts } = initialLive;

/** All tables empty. */
export const noRows: KeyedRows = { machines: [], running: [], diagnoses: [], openRuns: [], runLines: [] };

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
