/** What of a settings file was damaged. */
import type { machineSettingRows } from './machineSettings';
import type { settingRows } from './settings';

/** `all`: everything that was chosen for a machine; `machines`, `codes`: of all machines. */
export type LostKey =
  | keyof typeof settingRows
  | keyof typeof machineSettingRows
  | 'code'
  | 'all'
  | 'machines'
  | 'codes'
  | 'window';

export interface LostSetting {
  /** As its number was written; `null`: of Crema. */
  readonly machine: string | null;
  readonly key: LostKey;
}

export interface SettingsLoss {
  /** The defaults are used instead. `null`: nothing of the file could be read, for the reason in `detail`. */
  readonly lost: readonly LostSetting[] | null;
  /** What the copy of the file has is used instead; `null`: of all. */
  readonly fromCopy: readonly LostSetting[] | null;
  /** File and copy were both damaged, and differ here: the file's value is used. */
  readonly unsure: readonly LostSetting[];
  /** Neither the file nor a copy proves the values that are used. */
  readonly isUnproven: boolean;
  readonly detail: string;
  /** Where the file is kept as it was, '': it was gone; `null`: nowhere yet, for the reason in `refused`, and nothing is written over it until it is. */
  readonly copy: string | null;
  readonly refused: string;
}
