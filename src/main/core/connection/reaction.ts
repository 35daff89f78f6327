/** The reaction to received data: its record, its way to the other leg, and the actions that the policy wants. */
import type { DecodedFrame } from '../protocol/frame';
import { frameReceived, junkReceived, type Conversation } from './conversation';
import type { Effect } from './effects';
import { acrossOf, isWithinFrame, passFrame, passOn } from './forwarding';
import type { Found } from './intake';
import { recordLate } from './late';
import type { Leg } from './leg';
import type { Action, Policy } from './policy';
import { write } from './sending';

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
    const passed = isRelayed ? passOn(leg, leg.takeUnpassed(item.bytes), at) : null;
    const findings = passed?.finding == null ? item.findings : [...item.findings, passed.finding];
    const record = junkReceived(conversation, leg.came, { bytes: item.bytes, findings }, at);
    const effects = passed === null ? [record] : [record, ...passed.effects];
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
  const reaction = policy.onFrame(incoming, before);
  const { conversation, findings: found, actions } = reaction;
  const passed = isRelayed ? passFrame(leg, frame, unpassed, reaction, at) : null;
  const all = passed?.finding == null ? found : [...found, passed.finding];
  const record = frameReceived(conversation, leg.came, frame, message, all, at);
  if (passed === null) return { conversation, effects: [record], actions };
  const { effects, later } = passed;
  const sent = later === null ? [] : [write(conversation, later.by, later.written, now)];
  return { conversation, effects: [record, ...effects, ...sent], actions };
}
