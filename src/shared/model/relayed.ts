/** Which frames of a relayed connection count as messages of a party. Crema may insert frames in the name of either party, and drop frames. */
import type { FrameEntry } from './frame';

/** The last one: a frame in the name of a machine that another connection has proved to be. */
const ours: ReadonlySet<string> = new Set([
  'relay.ours',
  'relay.released',
  'relay.edited',
  'relay.rewritten',
  'relay.sentLate',
  'number.contested',
]);
const stayed: ReadonlySet<string> = new Set([
  'relay.held',
  'relay.dropped',
  'relay.answered',
  'relay.replaced',
  'relay.delayed',
  'relay.queued',
  'relay.notPassed',
]);

const written: ReadonlySet<string> = new Set(['relay.ours', 'relay.edited', 'relay.rewritten']);
const forwardedLater: ReadonlySet<string> = new Set([
  'relay.released',
  'relay.edited',
  'relay.rewritten',
  'relay.sentLate',
]);

/** Whether Crema, a rule or a person wrote the frame, instead of its sender. */
export const isOurs = ({ findings }: Pick<FrameEntry, 'findings'>): boolean =>
  findings.some(({ code }) => written.has(code));

/** Whether the frame is the second entry of a received frame: what was sent of it, or in its place. */
export const isForwardedLater = ({ findings }: Pick<FrameEntry, 'findings'>): boolean =>
  findings.some(({ code }) => forwardedLater.has(code));

/** Whether the frame was forwarded, unchanged or with another number. */
export const isPassedOn = ({ findings }: Pick<FrameEntry, 'findings'>): boolean =>
  !findings.some(({ code }) => stayed.has(code));

/**
 * Whether the frame counts as a message. From a machine: if the machine itself sent it, forwarded or not. To a machine: if it reached
 * the machine, regardless of its author.
 */
export const isWord = ({ dir, findings }: Pick<FrameEntry, 'dir' | 'findings'>): boolean =>
  findings.length === 0 || !findings.some(({ code }) => (dir === 'in' ? ours : stayed).has(code));
