/** The settings file of the app. */
import { ipcMain } from 'electron';
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
