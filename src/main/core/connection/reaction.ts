/** The reaction to received data: its record, its way to the other leg, and the actions that the policy wants. */
import type { DecodedFrame } from '../protocol/frame';
import { frameReceived, junkReceived, type Conversation } from './conversation';
import type { Effect } from './effects';
import { acrossOf, isWithinFrame, passFrame, passOn } from './forwarding';
import type { Found } from './intake';
import { recordLate } from './late';
import type { Leg } from './leg';
import type { Action, Policy } from './policy';

interface Reacted {
  readonly conversation: Conversation;
  /** The caller may append the effects of the actions. */
  readonly effects: Effect[];
  readonly actions: readonly Action[];
}

const noActions: readonly Action[] = [];

export function reactTo(found: Found<Leg>, conversation: Conversation, policy: Policy, now: number): Reacted {
  const { leg, one } = found;
  const { item, at } = one;
  const isData = item.kind === 'frame' || item.kind === 'junk';
  const isRelayed = leg.across !== null;
  const isLate = isRelayed && isData && acrossOf(leg)?.isShut === true && leg.hasUnpassed(item.bytes);
  if (item.kind === 'frame' && !isLate) return reactToFrame(leg, item, conversation, policy, at, now);
  if (item.kind === 'junk' && !isLate) {
    leg.junkBytes += item.bytes.length;
    const record = junkReceived(conversation, leg.came, item, at);
    const effects = isRelayed ? [record, ...passOn(leg, item.bytes)] : [record];
    return { conversation, effects, actions: noActions };
  }
  // A remark is recorded in any case.
  return { conversation, effects: [...recordLate(conversation, found)], actions: noActions };
}

function reactToFrame(
  leg: Leg,
  frame: DecodedFrame,
  before: Conversation,
  policy: Policy,
  at: number,
  now: number,
): Reacted {
  leg.junkBytes = 0;
  leg.hasLostFraming = false;
  const { message, findings } = leg.read(frame);
  const isRelayed = leg.across !== null;
  const unpassed = isRelayed ? leg.takeUnpassed(frame.bytes) : frame.bytes;
  const isPassed = unpassed.length < frame.bytes.length;
  const mayAnswer = !isRelayed || !isWithinFrame(leg);
  const incoming = { leg: leg.name, frame, message, findings, at, now, isPassed, mayAnswer };
  const { conversation, findings: found, actions, stays } = policy.onFrame(incoming, before);
  const passed = isRelayed ? passFrame(leg, frame, unpassed, stays, at) : null;
  const all = passed?.finding == null ? found : [...found, passed.finding];
  const record = frameReceived(conversation, leg.came, frame, message, all, at);
  return { conversation, effects: passed === null ? [record] : [record, ...passed.effects], actions };
}
