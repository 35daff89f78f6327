import { safeStorage } from 'electron';

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
