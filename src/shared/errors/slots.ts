/**
 * android keeps one machine fault, one "all sold out" and one cup lid error at a time. A new code silently replaces the old one [field].
 * Warnings can coexist.
 */
import { errorKey } from './codes';

export type ErrorSlot = 'machine' | 'soldOut' | 'cupLid';

const soldOut = 'ERROR:9998';
const cupLid = /^(?:ERROR:0EE0|WARNING:0E0[1-5])$/;

/** `null`: a warning, which replaces no other error. */
export function slotOf(code: string): ErrorSlot | null {
  const key = errorKey(code);
  if (key === soldOut) return 'soldOut';
  if (cupLid.test(key)) return 'cupLid';
  return key.startsWith('WARNING') ? null : 'machine';
}
