/** Decides which recorded entries each side sends, and which are answers. */
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
 * In the role of the machine, the replay sends all frames of the machine, junk too. In the role of the server, it sends only frames
 * that answer no frame of the machine: Crema itself answers the machine.
 */
export function isSent(entry: Entry, role: ReplayRole): entry is FrameEntry | JunkEntry {
  if (entry.kind === 'junk') return role === 'machine' && directionOf(entry) === 'in';
  return entry.kind === 'frame' && entry.dir === sentBy[role] && !(role === 'server' && isAnswer(entry));
}

/** Whether the entry is a server's answer to a frame of the machine. */
export const isAnswer = (entry: FrameEntry): boolean =>
  entry.dir === 'out' && questionsOf('out', cmdOfMessage(entry.message) ?? '').length > 0;

/** A frame that the other side sent. */
export const isOfOtherSide = (entry: FrameEntry, role: ReplayRole): boolean => entry.dir !== sentBy[role];
