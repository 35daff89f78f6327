/** Which entries of a recording are sent by whom, and which are what comes back. */
import { questionsOf } from '#shared/messages/lookup';
import {
  directionOf,
  type Direction,
  type Entry,
  type FrameEntry,
  type JunkEntry,
} from '#shared/model/frame';
import { cmdOfMessage } from '#shared/model/message';
import type { ReplayRole } from '#shared/model/replay';

const sentBy: Readonly<Record<ReplayRole, Direction>> = { machine: 'in', server: 'out' };

/**
 * A machine sends all it said, junk too. A server sends what it said of its own accord: what answers a machine is Crema's to say, when
 * the machine asks.
 */
export function isSent(entry: Entry, role: ReplayRole): entry is FrameEntry | JunkEntry {
  if (entry.kind === 'junk') return role === 'machine' && directionOf(entry) === 'in';
  return entry.kind === 'frame' && entry.dir === sentBy[role] && !(role === 'server' && isAnswer(entry));
}

/** A server's answer to something that a machine says. */
export const isAnswer = (entry: FrameEntry): boolean =>
  entry.dir === 'out' && questionsOf('out', cmdOfMessage(entry.message) ?? '').length > 0;

/** A frame of those to whom is sent. */
export const isOfOtherSide = (entry: FrameEntry, role: ReplayRole): boolean => entry.dir !== sentBy[role];
