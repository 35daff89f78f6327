import type { KeyedRows } from '#shared/contract/live';
import type { Snapshot } from '#shared/contract/feed';
import { initialLive } from '../../src/renderer/src/store/live';

const { news: _news, ...parts } = initialLive;

/** Of no table any. */
export const noRows: KeyedRows = { machines: [], running: [], diagnoses: [], openRuns: [], runLines: [] };

/** What a window is told first, of an app in which nothing has happened yet. */
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
