/** Behaviour of real machines of the two platforms; sources as in docs/protocol/README.md. Times in ms. */
import type { Head } from '#shared/model/frame';
import type { Platform } from '#shared/model/machine';

export interface Profile {
  readonly platform: Platform;
  /** [doc] decimal; [field] android uses le48, some linux machines too. */
  readonly head: Head;
}

export const profiles: Readonly<Record<Platform, Profile>> = {
  linux: { platform: 'linux', head: 'decimal' },
  android: { platform: 'android', head: 'le48' },
};

/** Without `qrcode_r` the machine repeats the same order_no [field], three times in all [ours]. */
export const qrTimeout = 8_000;
export const qrAttempts = 3;
/** A notice is sent at every tenth tick until a reply with a body arrives [field3]; given up after ten minutes [ours]. */
export const notifyInterval = 10_000;
export const notifyPause = 1_000;
export const notifyAttempts = 60;
/** Timeout of a package download [field]. */
export const packageTimeout = 600_000;
/** Download tries in all. linux: unknown, because another program upgrades it [ours]. android: one try and two retries [field3]. */
export const packageAttempts: Readonly<Record<Platform, number>> = { linux: 2, android: 3 };
