/** What a person has chosen for one machine. One row each, in the order of the machine's Settings tab. */
import { longestName, longestTemplate } from '../limits';
import { automaticChoice, choice, text, whole } from './settingRow';

export const machineSettingRows = {
  name: text(longestName),
  /** `null`: as its login tells. */
  platform: automaticChoice(['linux', 'android']),
  /** `null`: the head the machine used last. */
  head: automaticChoice(['decimal', 'le48']),
  replyProfile: choice(['extended', 'document'], 'extended'),
  /**
   * Who plays the payment service. `auto`: a QR request gets its text at once, and a person tells of the payment; `hand`: a person answers
   * that too; `approve`, `decline`, `delay`: the result follows by itself; `silent`: nothing is answered.
   */
  qrAnswers: choice(['auto', 'hand', 'approve', 'decline', 'delay', 'silent'], 'auto'),
  /** Seconds from the QR text to the payment, where it is delayed. */
  payDelay: whole(1, 600, 15),
  /** What a QR request is answered with; '': Crema's test text. */
  qrTemplate: { ...text(longestTemplate), isSecret: true },
  /** `null`: `warn` when a code is stored, else `ignore`. */
  signPolicy: automaticChoice(['ignore', 'warn', 'enforce'], { asks: ['enforce'] }),
} as const;
