/** What of a settings file could not be read at the start. The defaults are used instead. */
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
  /** `null`: nothing of it could be read, for the reason in `detail`. */
  readonly lost: readonly LostSetting[] | null;
  readonly detail: string;
  /** Where the file is kept as it was; `null`: nowhere yet, for the reason in `refused`, and nothing is written over it until it is. */
  readonly copy: string | null;
  readonly refused: string;
}
