/**
 * The settings file as conf writes it: the app opens it with electron-store, plain Node with conf, which electron-store extends.
 * Both write the same file. Crema reads and checks the content itself (file.ts).
 */
import type { Options } from 'conf';
import Conf from 'conf';
import { isParts, type Parts } from '../files/keptFile';
import { keptText } from '../files/writeKept';

/** The part of conf that Crema uses. Setting `store` writes the file completely or not at all. */
export interface SettingsFile {
  store: Parts;
}
/** @throws Error if the file is unreadable, or the disk rejects a new folder */
export type OpenSettingsFile = (folder: string) => SettingsFile;

/** A damaged file must not keep conf from writing its successor: readSettingsFile has already reported the damage. */
function readOrNothing(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return isParts(value) ? { ...value } : {};
  } catch {
    return {};
  }
}

export const settingsName = 'settings';
export const fileOptions = {
  fileExtension: 'json',
  // Keys of settings have no paths, and machine numbers are keys.
  accessPropertiesByDotNotation: false,
  // A damaged file is kept aside, never cleared.
  clearInvalidConfig: false,
  configFileMode: 0o600,
  serialize: keptText,
  deserialize: readOrNothing,
} satisfies Partial<Options<Record<string, unknown>>>;

export const openPlainly: OpenSettingsFile = (folder) =>
  new Conf<Record<string, unknown>>({ ...fileOptions, cwd: folder, configName: settingsName });
