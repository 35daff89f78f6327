/** A person's settings for one machine: one row each, in the order of the machine's Settings tab. */
import { z } from 'zod';
import { longestName, longestNotes, longestTemplate } from '../limits';
import { longestCurrency, usualCurrencies } from './currency';
import {
  automaticChoice,
  changedElsewhere,
  choice,
  defaultsOf,
  text,
  whole,
  type SettingValues,
} from './settingRow';

/** The machine's number and the beginning of the picture's hash. */
export const photoName = /^\d{1,16}-[0-9a-f]{16}\.jpg$/;

export const machineSettingRows = {
  name: text(longestName),
  /** Location of the machine. The overview groups by it. */
  place: text(longestName),
  /** '': from the login. */
  model: text(longestName),
  /** Private notes, such as a key's location or a contact. Never part of a support file. */
  notes: { ...text(longestNotes, { lines: true }), isSecret: true },
  /** The picture's file in the data folder (main/desktop/registry/photos.ts); `null`: none. */
  photo: changedElsewhere(z.string().regex(photoName).nullable(), null),
  /** `null`: from the login. */
  platform: automaticChoice(['linux', 'android']),
  /** `null`: the head that the machine used last. */
  head: automaticChoice(['decimal', 'le48']),
  replyProfile: choice(['extended', 'document'], 'extended'),
  /** The spelling of the door command in the machine's program; `null`: automatic, beginning with `opendoor`. */
  doorSpelling: automaticChoice(['opendoor', 'door open']),
  /** Currency of its amounts; '': the general setting. */
  currency: text(longestCurrency, { usual: usualCurrencies }),
  /**
   * The payment service. `auto`: Crema answers QR requests immediately, and a person reports the payment. `hand`: a person does both.
   * `approve`, `decline`, `delay`: the result follows automatically. `silent`: no answers.
   */
  qrAnswers: choice(['auto', 'hand', 'approve', 'decline', 'delay', 'silent'], 'auto'),
  /** Seconds from the QR text to a delayed payment. */
  payDelay: whole(1, 600, 15),
  /** The answer to a QR request; '': Crema's test text. */
  qrTemplate: { ...text(longestTemplate), isSecret: true },
  /** `null`: `warn` with a stored code, else `ignore`. */
  signPolicy: automaticChoice(['ignore', 'warn', 'enforce'], { asks: ['enforce'] }),
  /** Whether the desktop shows notifications of its new errors. */
  notices: choice(['on', 'off'], 'on'),
} as const;

/** A person's settings for one machine, without the verification code, which is secret. */
export type MachineConfig = SettingValues<typeof machineSettingRows>;
export const defaultMachineConfig: MachineConfig = defaultsOf(machineSettingRows);

/** The generation of a machine's program (docs/protocol/README.md). */
export type Platform = NonNullable<MachineConfig['platform']>;

/** The set of answers: everything that real machines need, or only the vendor document's. */
export type ReplyProfile = MachineConfig['replyProfile'];

/** Source of the answers to a machine's QR requests. */
export type QrAnswers = MachineConfig['qrAnswers'];
