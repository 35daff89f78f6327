/** Names one command to android, which says it in its notices, and the order of a drink that we have made. */
import { randomBytes } from 'node:crypto';

/**
 * 128 random bits, as whoever knows the number of a machine and this can report its commands as failed. 32 lower-case hexadecimal
 * digits: android keeps it as text, and linux makes order numbers of this form itself (an MD5, for pick-up codes) [field3].
 */
export const newSessionId = (): string => randomBytes(16).toString('hex');
