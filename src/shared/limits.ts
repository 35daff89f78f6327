/** Limits that the window names in words too: what keeps them and what tells of them both take them from here. Times are ms, sizes bytes. */

/** [doc] 3.1: two minutes without anything and the connection is dead. */
export const silenceLimit = 120_000;
/** [ours] A frame that does not complete in this time closes the connection. */
export const halfFrameLimit = 30_000;
/** [ours] Bytes without a frame that close the connection. */
export const noFrameLimit = 65_536;
/** [ours] More than `swapLimit` swaps between two connections of one number in this time: two machines have it. */
export const swapWindow = 120_000;
/** [ours] ms in which a machine whose number another has taken is back: linux notices an ended connection after 240 s at most [field3]. */
export const takenBackWithin = 300_000;
/** [ours] Machine numbers that one connection may say: a machine has one, a workshop types in another by mistake. */
export const numbersOfConnection = 3;

/** Machines drop longer frames [field]. */
export const longestTaken = { linux: 1024, android: 4096 } as const;
/** [ours] A longer frame of ours is remarked about. */
export const longFrame = 1000;
/** More characters a machine may not show as a QR code [field]. */
export const longQr = 128;
/** Characters of a template for QR texts. */
export const longestTemplate = 400;

/** What people may call a machine or an error code, in characters. */
export const longestName = 60;
/** What a workshop may write about a code of its own, in characters, and for how many codes. */
export const longestErrorText = 500;
export const mostOwnErrors = 500;
/** Products that a workshop may say something of. */
export const mostOwnProducts = 1_000;
/** What they may write about one, in characters. */
export const longestNotes = 1_000;
/** [ours] A machine's photo as it is kept: the window makes it smaller before it hands it over. */
export const photoLimits = { bytes: 1_000_000, pixels: 1_600, picked: 40_000_000 } as const;
/** Characters of a verification code [doc]. */
export const codeLength = 8;
export const codePattern = /^\S{8}$/;

/** [ours] What the ZIP of an upgrade package may have. */
export const packageLimits = {
  members: 20_000,
  /** Characters of all their names. */
  names: 4_000_000,
  /** Bytes of one name that every file system takes, and of one with its folders. */
  name: 255,
  path: 1_024,
  unpacked: 4 * 1024 ** 3,
  /** Unpacked bytes for one byte of the file. Programs and pictures pack to a tenth at best. */
  ratio: 200,
} as const;

/** Sequences that a workshop may have of its own, and steps of one. */
export const mostSequences = 100;
export const mostSteps = 40;
/** Machines of one run. */
export const mostMachinesOfRun = 2_000;
