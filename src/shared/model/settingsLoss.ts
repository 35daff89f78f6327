/** Damage found in a settings file. */
import type { machineSettingRows } from './machineSettings';
import type { settingRows } from './settings';

/** `all`: all settings of a machine; `machines`, `codes`: of all machines. */
export type LostKey =
  | keyof typeof settingRows
  | keyof typeof machineSettingRows
  | 'code'
  | 'all'
  | 'machines'
  | 'codes'
  | 'window';

export interface LostSetting {
  /** The machine's number as stored; `null`: Crema's settings. */
  readonly machine: string | null;
  readonly key: LostKey;
}

export interface SettingsLoss {
  /** Settings replaced by their defaults. `null`: the whole file was unreadable, for the reason in `detail`. */
  readonly lost: readonly LostSetting[] | null;
  /** Settings taken from the copy; `null`: all. */
  readonly fromCopy: readonly LostSetting[] | null;
  /** File and copy are both damaged and differ here: the file's value is used. */
  readonly unsure: readonly LostSetting[];
  /** Neither the file nor a copy proves the used values. */
  readonly isUnproven: boolean;
  readonly detail: string;
  /**
   * Path of the kept original file, '': the file was missing. `null`: not kept yet, for the reason in `refused`, and not overwritten
   * until it is.
   */
  readonly copy: string | null;
  readonly refused: string;
}
