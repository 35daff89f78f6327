/** What comes too late for anything to be done about it is still recorded, with that it went no further. */
import type { Finding } from '#shared/findings';
import type { Found, Remark } from './backlog';
import type { Conversation } from './conversation';
import { findingMade, frameCame, junkCame, type Effect } from './effects';
import type { Leg } from './leg';

const noFindings: readonly Finding[] = [];
const notPassed: Finding = { code: 'relay.notPassed' };

/** `passes`: what comes on one leg of the connection leaves by the other. */
export function comeTooLate(
  conversation: Conversation,
  { leg, one: { item, at } }: Found,
  passes: boolean,
): readonly Effect[] {
  if (item.kind === 'overflow') return [];
  if (item.kind === 'remark') return [remarkCame(conversation, leg, item, at)];
  const left = passes && leg.takeUnpassed(item.bytes).length > 0 ? [notPassed] : noFindings;
  if (item.kind === 'junk') {
    const findings = [...item.findings, ...left];
    return [junkCame(conversation, leg, { bytes: item.bytes, findings }, at)];
  }
  const { message, findings: reading } = leg.read(item);
  return [frameCame(conversation, leg, item, message, [...item.findings, ...reading, ...left], at)];
}

/** Where the next frame begins is not known after a gap. */
export function remarkCame(
  conversation: Conversation,
  leg: Leg,
  { finding, isGap }: Remark,
  at: number,
): Effect {
  leg.isAstray ||= isGap;
  return findingMade(conversation, finding, at);
}
