import type { SignPolicy } from './sign';
import type { Head } from './wire';

/** Which generation of machine program speaks (docs/protocol.md, "Roles and generations"). */
export type Platform = 'linux' | 'android';

/** Which answers a machine gets: everything real machines want, or only what the vendor's document defines. */
export type ReplyProfile = 'extended' | 'document';

/** Who answers a machine's QR requests. */
export type QrAnswers = 'auto' | 'hand';

/** A person's choices for one machine. The verification code is a secret and is not here. */
export interface MachineConfig {
  readonly name: string;
  readonly platform: Platform | null;
  readonly head: Head | null;
  readonly replyProfile: ReplyProfile;
  /** `auto`: a QR request gets a test text at once; `hand`: a person answers it. */
  readonly qrAnswers: QrAnswers;
  /** `null`: `warn` when a code is stored, else `ignore`. */
  readonly signPolicy: SignPolicy | null;
}
export const defaultMachineConfig: MachineConfig = {
  name: '',
  platform: null,
  head: null,
  replyProfile: 'extended',
  qrAnswers: 'auto',
  signPolicy: null,
};
