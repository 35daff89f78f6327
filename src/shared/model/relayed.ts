/** What of a relayed connection counts as said. Crema may send frames in the name of either end, and keep some from going on. */
import type { FrameEntry } from './frame';

/** The last: said in the name of a machine that another connection has proved to be. */
const ours: ReadonlySet<string> = new Set([
  'relay.ours',
  'relay.released',
  'relay.edited',
  'number.contested',
]);
const stayed: ReadonlySet<string> = new Set([
  'relay.held',
  'relay.dropped',
  'relay.answered',
  'relay.notPassed',
]);

/** Crema wrote it, or a person: its sender did not. */
export const isOurs = ({ findings }: Pick<FrameEntry, 'findings'>): boolean =>
  findings.some(({ code }) => code === 'relay.ours' || code === 'relay.edited');

/** It left by the other leg, as it came or with another number. */
export const isPassedOn = ({ findings }: Pick<FrameEntry, 'findings'>): boolean =>
  !findings.some(({ code }) => stayed.has(code));

/**
 * A machine's word is what the machine itself sent, whether or not it went on; what was sent on or made up in its name is none. A word to a
 * machine is what went on to it, whoever wrote it.
 */
export const isWord = ({ dir, findings }: Pick<FrameEntry, 'dir' | 'findings'>): boolean =>
  findings.length === 0 || !findings.some(({ code }) => (dir === 'in' ? ours : stayed).has(code));
