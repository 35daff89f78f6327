/** Exit codes besides 0: 1 is a failed start, 2 a wrong switch. */

/** Crema ended in order, but records are lost, or are in a data folder that was moved away. */
export const recordsLost = 3;
