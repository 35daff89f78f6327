/**
 * android keeps one machine fault, one "all sold out" and one about the cup lid at a time: a new code takes the place of the one
 * before it without a word [field]. Warnings stand beside each other.
 */
import { errorKey } from './codes';

export type ErrorSlot = 'machine' | 'soldOut' | 'cupLid';

const soldOut = 'ERROR:9998';
const cupLid = /^(?:ERROR:0EE0|WARNING:0E0[1-5])$/;

/** `null`: a warning, which takes nobody's place. */
export function slotOf(code: string): ErrorSlot | null {
  const key = errorKey(code);
  if (key === soldOut) return 'soldOut';
  if (cupLid.test(key)) return 'cupLid';
  return key.startsWith('WARNING') ? null : 'machine';
}
