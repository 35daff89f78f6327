/** What a person has chosen for one machine. One row each, in the order of the machine's Settings tab. */
import { longestName } from '../limits';
import { automaticChoice, choice, text } from './settingRow';

export const machineSettingRows = {
  name: text(longestName),
  /** `null`: as its login tells. */
  platform: automaticChoice(['linux', 'android']),
  /** `null`: the head the machine used last. */
  head: automaticChoice(['decimal', 'le48']),
  replyProfile: choice(['extended', 'document'], 'extended'),
  /** `auto`: a QR request gets a test text at once; `hand`: a person answers it. */
  qrAnswers: choice(['auto', 'hand'], 'auto'),
  /** `null`: `warn` when a code is stored, else `ignore`. */
  signPolicy: automaticChoice(['ignore', 'warn', 'enforce'], { asks: ['enforce'] }),
  /** Whether the desktop tells of its new errors. */
  notices: choice(['on', 'off'], 'on'),
} as const;
