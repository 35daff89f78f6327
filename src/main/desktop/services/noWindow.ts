/** Parts for services without a window: no dialogs, no display, and no key store. */
import type { KeyStore } from '../../lib/settings/store';
import { forkProcess } from '../../lib/threads/process';
import type { AppParts } from './parts';

/** Answers every dialog with "cancelled". */
const nobody = (): Promise<null> => Promise.resolve(null);
const nothing = (): undefined => undefined;

export const noKeyStore: KeyStore = {
  available: () => false,
  encrypt: (text) => text,
  decrypt: (text) => text,
};

export const noWindow = {
  facts: {
    appVersion: '',
    build: 'development',
    platformName: process.platform,
    systemLanguage: 'en',
    languageSwitch: null,
  },
  about: { build: null, licences: '', chromiumLicences: [] },
  dissector: '',
  dumps: null,
  startProcess: forkProcess,
  screens: () => [],
  openFolder: () => Promise.resolve('there is no window'),
  ask: {
    zip: nobody,
    capture: nobody,
    json: nobody,
    table: nobody,
    any: nobody,
    place: nobody,
    export: nobody,
    rescue: nobody,
  },
  keyStore: noKeyStore,
  onServerThread: nothing,
  openFirst: nothing,
  openWindow: nothing,
  notify: () => false,
  openPlace: nothing,
  sheet: nobody,
  copyText: nothing,
  copyImage: () => Promise.resolve(false),
} satisfies Partial<AppParts>;
