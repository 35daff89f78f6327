import { machineSettingRows } from './machineSettings';
import { defaultsOf, type SettingValues } from './settingRow';

/** A person's choices for one machine. The verification code is a secret and is not here. */
export type MachineConfig = SettingValues<typeof machineSettingRows>;
export const defaultMachineConfig: MachineConfig = defaultsOf(machineSettingRows);

/** Which generation of machine program speaks (docs/protocol/README.md). */
export type Platform = NonNullable<MachineConfig['platform']>;

/** Which answers a machine gets: everything real machines want, or only what the vendor's document defines. */
export type ReplyProfile = MachineConfig['replyProfile'];

/** Who answers a machine's QR requests. */
export type QrAnswers = MachineConfig['qrAnswers'];
