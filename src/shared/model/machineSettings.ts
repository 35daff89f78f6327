/** What a person has chosen for one machine. One row each, in the order of the machine's Settings tab. */
import { z } from 'zod';
import { longestName, longestNotes, longestTemplate } from '../limits';
import { longestCurrency, usualCurrencies } from './currency';
import { automaticChoice, changedElsewhere, choice, text, whole } from './settingRow';

/** A machine's number and the beginning of the picture's hash. */
export const photoName = /^\d{1,16}-[0-9a-f]{16}\.jpg$/;

export const machineSettingRows = {
  name: text(longestName),
  /** Where it stands, as a person says it; the overview groups by it. */
  place: text(longestName),
  /** '': as its login tells. */
  model: text(longestName),
  /** Where the key is, whom to call: no support file has it. */
  notes: { ...text(longestNotes, { lines: true }), isSecret: true },
  /** The picture's file in the data folder (main/desktop/registry/photos.ts); `null`: there is none. */
  photo: changedElsewhere(z.string().regex(photoName).nullable(), null),
  /** `null`: as its login tells. */
  platform: automaticChoice(['linux', 'android']),
  /** `null`: the head the machine used last. */
  head: automaticChoice(['decimal', 'le48']),
  replyProfile: choice(['extended', 'document'], 'extended'),
  /** How the machine's program spells the command that opens the door; `null`: not fixed, `opendoor` is tried first. */
  doorSpelling: automaticChoice(['opendoor', 'door open']),
  /** What its amounts are shown in; '': as the setting of that name says. */
  currency: text(longestCurrency, { usual: usualCurrencies }),
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
  /** Whether the desktop tells of its new errors. */
  notices: choice(['on', 'off'], 'on'),
} as const;
