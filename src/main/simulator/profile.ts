/** The real manners of the two platforms, as facts; sources as in docs/protocol.md. Times in ms, sizes in bytes. */
import type { Head } from '#shared/model/frame';
import type { Platform } from '#shared/model/machine';

export interface Profile {
  readonly platform: Platform;
  /** [doc] decimal; [field] android speaks le48, linux in places too. */
  readonly head: Head;
  /** Silence of its own after which the machine beats, and the longest time between two beats. */
  readonly beat: { readonly afterSilence: number; readonly atLatest: number };
  /** A longer frame is dropped without a word [field]. */
  readonly longestFrame: number;
  /** Drops every message that does not carry its own number [field]. */
  readonly wantsOwnNumber: boolean;
  /** What `login_r` with a `ret` other than 0 does [field]: linux gives up its network until restarted. */
  readonly refused: 'networkOff' | 'tryAgain';
  /** Between two sendings of an order that was not acknowledged. */
  readonly resendOrder: number;
  /** The same for an error; `null`: said once. */
  readonly resendError: number | null;
  /** Unacknowledged records survive a restart [field]. */
  readonly storesRecords: boolean;
}

export const profiles: Readonly<Record<Platform, Profile>> = {
  linux: {
    platform: 'linux',
    head: 'decimal',
    beat: { afterSilence: 20_000, atLatest: 20_000 }, // [doc 3.1]
    longestFrame: 1024,
    wantsOwnNumber: false,
    refused: 'networkOff',
    resendOrder: 3_000, // [field]
    resendError: 3_000, // [field]
    storesRecords: false,
  },
  android: {
    platform: 'android',
    head: 'le48',
    beat: { afterSilence: 30_000, atLatest: 60_000 }, // [field]
    longestFrame: 4096,
    wantsOwnNumber: true,
    refused: 'tryAgain',
    resendOrder: 30_000, // sent again "for days" [field]; the interval is [ours]
    resendError: null,
    storesRecords: true,
  },
};

/** Nothing from the server for two minutes: the connection is not usable, connect anew [doc 3.1]. */
export const serverSilence = 120_000;
/** No `login_r`: connect anew [ours]. */
export const loginPatience = 30_000;
/** No `qrcode_r`: the same order_no again [field], three times in all [ours]. */
export const qrPatience = 8_000;
export const qrAttempts = 3;
/** A finished command is reported until there is a reply [field]; given up after ten minutes [ours]. */
export const notifyEvery = 10_000;
export const notifyAttempts = 60;
/** Time-out and number of tries of an android package download [field]. */
export const packageTimeout = 600_000;
export const packageTries = 2;
