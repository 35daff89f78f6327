/** How real machines of the two platforms behave; sources as in docs/protocol.md. Times in ms, sizes in bytes. */
import type { Head } from '#shared/model/frame';
import type { Platform } from '#shared/model/machine';

export interface Profile {
  readonly platform: Platform;
  /** [doc] decimal; [field] android speaks le48, linux in places too. */
  readonly head: Head;
  /** When a heartbeat is due: time since the last frame sent, and the longest time since the last heartbeat. */
  readonly beat: { readonly afterSilence: number; readonly atLatest: number };
  /** A longer frame is dropped silently [field]. */
  readonly longestFrame: number;
  /** Drops every message that does not carry its own number [field]. */
  readonly requiresOwnNumber: boolean;
  /** What `login_r` with a `ret` other than 0 does [field]: linux gives up its network until restarted. */
  readonly refused: 'networkOff' | 'tryAgain';
  /** Time after which an unacknowledged order or other record is sent again. */
  readonly resendOther: number;
  /** The same for an error; `null`: sent once. */
  readonly resendFault: number | null;
  /** Unacknowledged records survive a restart [field]. */
  readonly storesRecords: boolean;
}

export const profiles: Readonly<Record<Platform, Profile>> = {
  linux: {
    platform: 'linux',
    head: 'decimal',
    beat: { afterSilence: 20_000, atLatest: 20_000 }, // [doc 3.1]
    longestFrame: 1024,
    requiresOwnNumber: false,
    refused: 'networkOff',
    resendOther: 3_000, // [field]
    resendFault: 3_000, // [field]
    storesRecords: false,
  },
  android: {
    platform: 'android',
    head: 'le48',
    beat: { afterSilence: 30_000, atLatest: 60_000 }, // [field]
    longestFrame: 4096,
    requiresOwnNumber: true,
    refused: 'tryAgain',
    resendOther: 30_000, // sent again "for days" [field]; the interval is [ours]
    resendFault: null,
    storesRecords: true,
  },
};

/** Nothing from the server for two minutes: the connection is not usable, connect anew [doc 3.1]. */
export const serverTimeout = 120_000;
/** No `login_r`: connect anew [ours]. */
export const loginTimeout = 30_000;
/** No `qrcode_r`: the same order_no again [field], three times in all [ours]. */
export const qrTimeout = 8_000;
export const qrAttempts = 3;
/** A finished command is reported until there is a reply [field]; given up after ten minutes [ours]. */
export const notifyInterval = 10_000;
export const notifyAttempts = 60;
/** Time-out and number of tries of an android package download [field]. */
export const packageTimeout = 600_000;
export const packageAttempts = 2;
