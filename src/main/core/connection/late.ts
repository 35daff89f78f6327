/** Data that arrives too late for any reaction is recorded, with the finding that it was not forwarded. */
import type { Finding } from '#shared/findings';
import type { Found, Remark } from './backlog';
import type { Conversation } from './conversation';
import { findingMade, frameReceived, junkReceived, type Effect } from './effects';
import type { Leg } from './leg';

const noFindings: readonly Finding[] = [];
const notPassed: Finding = { code: 'relay.notPassed' };

/** `passes`: the connection forwards data of one leg to the other. */
export function recordLate(
  conversation: Conversation,
  { leg, one: { item, at } }: Found,
  passes: boolean,
): readonly Effect[] {
  if (item.kind === 'overflow') return [];
  if (item.kind === 'remark') return [remarkCame(conversation, leg, item, at)];
  const left = passes && leg.takeUnpassed(item.bytes).length > 0 ? [notPassed] : noFindings;
  if (item.kind === 'junk') {
    const findings = [...item.findings, ...left];
    return [junkReceived(conversation, leg, { bytes: item.bytes, findings }, at)];
  }
  const { message, findings: reading } = leg.read(item);
  return [frameReceived(conversation, leg, item, message, [...item.findings, ...reading, ...left], at)];
}

/** After a gap the start of the next frame is unknown. */
export function remarkCame(
  conversation: Conversation,
  leg: Leg,
  { finding, isGap }: Remark,
  at: number,
): Effect {
  leg.hasLostFraming ||= isGap;
  return findingMade(conversation, finding, at);
}
