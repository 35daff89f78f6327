/** How real machines of the two platforms behave; sources as in docs/protocol/README.md. Times in ms. */
import type { Head } from '#shared/model/frame';
import type { Platform } from '#shared/model/machine';

export interface Profile {
  readonly platform: Platform;
  /** [doc] decimal; [field] android speaks le48, linux in places too. */
  readonly head: Head;
}

export const profiles: Readonly<Record<Platform, Profile>> = {
  linux: { platform: 'linux', head: 'decimal' },
  android: { platform: 'android', head: 'le48' },
};

/** No `qrcode_r`: the same order_no again [field], three times in all [ours]. */
export const qrTimeout = 8_000;
export const qrAttempts = 3;
/** A notice is sent at every tenth tick until there is a reply with a body [field3]; given up after ten minutes [ours]. */
export const notifyInterval = 10_000;
export const notifyPause = 1_000;
export const notifyAttempts = 60;
/** Time-out of a package download [field]. */
export const packageTimeout = 600_000;
/** Of linux nothing is known, its upgrade is another program [ours]; android has two retries [field3]. */
export const packageAttempts: Readonly<Record<Platform, number>> = { linux: 2, android: 3 };
