/** Limits that also occur in the window's texts, so that code and texts share one source. Times are ms, sizes bytes. */

/** [doc] 3.1: a connection is dead after two minutes of silence. */
export const silenceLimit = 120_000;
/** [ours] A frame that does not complete in this time closes the connection. */
export const halfFrameLimit = 30_000;
/** [ours] This many bytes without a frame close the connection. */
export const noFrameLimit = 65_536;
/** [ours] Window for `swapLimit`: more swaps between two connections with one number mean two machines. */
export const swapWindow = 120_000;
/** [ours] ms in which a machine that lost its number to another one returns: linux notices a closed connection after at most 240 s [field3]. */
export const takenBackWithin = 300_000;
/** [ours] Numbers that one connection may use: a machine has one, and a workshop may enter another by mistake. */
export const numbersOfConnection = 3;

/** Machines drop longer frames [field]. */
export const longestTaken = { linux: 1024, android: 4096 } as const;
/** [ours] A longer frame of Crema gets a finding. */
export const longFrame = 1000;
/** Machines may be unable to show a longer QR text, in characters [field]. */
export const longQr = 128;
/** Characters of a template for QR texts. */
export const longestTemplate = 400;

/** Characters of a name that a person gives to a machine or an error code. */
export const longestName = 60;
/** Limits of a workshop's own error texts: characters, and number of codes. */
export const longestErrorText = 500;
export const mostOwnErrors = 500;
/** Number of products in a workshop's own list. */
export const mostOwnProducts = 1_000;
/** Characters of the note with which a person closes an error, and of the note of a mark. */
export const longestClosingNote = 500;
export const longestMarkNote = 1_000;
/** Characters of the notes about a machine. */
export const longestNotes = 1_000;
/** [ours] Limits of a machine's stored photo. The window reduces the photo before it sends it. */
export const photoLimits = { bytes: 1_000_000, pixels: 1_600, picked: 40_000_000 } as const;
/** Characters of a verification code [doc]. */
export const codeLength = 8;
export const codePattern = /^\S{8}$/;

/** [ours] Limits of the ZIP of an upgrade package. */
export const packageLimits = {
  members: 20_000,
  /** Characters of all names together. */
  names: 4_000_000,
  /** Bytes of a name that every file system accepts, and of a path. */
  name: 255,
  path: 1_024,
  unpacked: 4 * 1024 ** 3,
  /** Unpacked bytes per packed byte. Programs and pictures are packed to a tenth at best. */
  ratio: 200,
} as const;

/** Limits of a workshop's own procedures, and of the steps of one. */
export const mostSequences = 100;
export const mostSteps = 40;
/** Machines of one run. */
export const mostMachinesOfRun = 2_000;
/** [ours] Characters of a step's inputs per machine. The run's record contains them. */
export const longestPerMachine = 300_000;

/** [ours] Limit of cells in a CSV file: 10,000 machines with every column three times. Also of lines: each has one cell at least. */
export const mostCells = 500_000;
