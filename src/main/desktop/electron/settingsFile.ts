/** The file of the app's settings, and the key store for its secrets. */
import { ipcMain, safeStorage } from 'electron';
import ElectronStore from 'electron-store';
import { fileOptions, settingsName, type OpenSettingsFile } from '../../lib/settings/settingsFile';

export const openWithElectron: OpenSettingsFile = (folder) => {
  const file = new ElectronStore<Record<string, unknown>>({
    ...fileOptions,
    cwd: folder,
    name: settingsName,
  });
  // electron-store answers any page on a channel of its own. The window has no use for it, and it checks no sender.
  ipcMain.removeAllListeners('electron-store-get-data');
  return file;
};

/**
 * The operating system's key store for secrets. On a Linux desktop without a key store, Electron would "encrypt" with a fixed password.
 * That case counts as not available.
 */
/* oxlint-disable typescript/no-deprecated -- Electron 33, on which this is developed, has only the synchronous calls */
export const keyStore = {
  available(): boolean {
    if (!safeStorage.isEncryptionAvailable()) return false;
    return process.platform !== 'linux' || safeStorage.getSelectedStorageBackend() !== 'basic_text';
  },
  encrypt: (text: string): string => safeStorage.encryptString(text).toString('base64'),
  decrypt: (text: string): string => safeStorage.decryptString(Buffer.from(text, 'base64')),
};
