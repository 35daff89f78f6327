/** Exit codes beside 0; 1 is a start that failed, 2 a wrong switch. */

/** Crema ended in order, but records are lost, or went with a data folder that was moved away. */
export const recordsLost = 3;
