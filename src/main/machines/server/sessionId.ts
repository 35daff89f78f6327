/** Session ids of commands. android repeats the id in its notices; a drink made by Crema has it as its order number. */
import { randomBytes } from 'node:crypto';

/**
 * 128 random bits, because anyone who knows the number of a machine and this id can report its
 * commands as failed. 32 lower-case hexadecimal digits: android stores it as text, and linux makes
 * order numbers of the same form (an MD5, for pick-up codes) [field3].
 */
export const newSessionId = (): string => randomBytes(16).toString('hex');
