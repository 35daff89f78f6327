import { machineSettingRows } from './machineSettings';
import { defaultsOf, type SettingValues } from './settingRow';

/** A person's settings for one machine, without the verification code, which is secret. */
export type MachineConfig = SettingValues<typeof machineSettingRows>;
export const defaultMachineConfig: MachineConfig = defaultsOf(machineSettingRows);

/** The generation of a machine's program (docs/protocol/README.md). */
export type Platform = NonNullable<MachineConfig['platform']>;

/** The set of answers: everything that real machines need, or only the vendor document's. */
export type ReplyProfile = MachineConfig['replyProfile'];

/** Source of the answers to a machine's QR requests. */
export type QrAnswers = MachineConfig['qrAnswers'];
