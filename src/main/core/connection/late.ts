/** Data that arrives too late for any reaction, and the end of a connection. */
import type { Finding } from '#shared/findings';
import { closeReasons, type CloseReason } from '#shared/model/closeReasons';
import { ending, findingMade, frameReceived, junkReceived, type Conversation } from './conversation';
import type { Effect } from './effects';
import { acrossOf, sentLate } from './forwarding';
import { nextDecoded, type Found, type Remark } from './intake';
import type { Leg } from './leg';
import { send } from './sending';

const noFindings: readonly Finding[] = [];
const notPassed: Finding = { code: 'relay.notPassed' };

/** Without any further effect. Data that was not forwarded is marked, if the leg forwards its data. */
export function recordLate(
  conversation: Conversation,
  { leg, one: { item, at } }: Found<Leg>,
): readonly Effect[] {
  if (item.kind === 'overflow') return [];
  if (item.kind === 'remark') return [remarkCame(conversation, leg, item, at)];
  const isLeft = leg.across !== null && leg.takeUnpassed(item.bytes).length > 0;
  const left = isLeft ? [notPassed] : noFindings;
  if (item.kind === 'junk') {
    const findings = [...item.findings, ...left];
    return [junkReceived(conversation, leg.came, { bytes: item.bytes, findings }, at)];
  }
  const { message, findings: reading } = leg.read(item);
  return [frameReceived(conversation, leg.came, item, message, [...item.findings, ...reading, ...left], at)];
}

/** After a gap the start of the next frame is unknown. */
function remarkCame(conversation: Conversation, leg: Leg, { finding, isGap }: Remark, at: number): Effect {
  leg.hasLostFraming ||= isGap;
  return findingMade(conversation, finding, at);
}

/** The last effects of a connection. Held data was received before the end, so it is recorded before it. */
export function ended(
  legs: readonly Leg[],
  conversation: Conversation,
  reason: CloseReason,
  findings: readonly Finding[],
  now: number,
): readonly Effect[] {
  const effects: Effect[] = [];
  for (let found = nextDecoded(legs); found !== null; found = nextDecoded(legs))
    effects.push(...recordLate(conversation, found));
  const { inOrder } = closeReasons[reason];
  // A machine whose connection is closed in order still gets its pending answers.
  if (inOrder)
    for (const leg of legs)
      for (const { message, head } of leg.pendingAnswers)
        effects.push(send(conversation, leg, message, head, now));
  const lost = legs.reduce((sum, leg) => sum + endDelays(leg, conversation, inOrder, now, effects), 0);
  for (const finding of findings) effects.push(findingMade(conversation, finding, now));
  if (lost > 0)
    effects.push(findingMade(conversation, { code: 'relay.delayedAtEnd', params: { frames: lost } }, now));
  const frames = legs.reduce((sum, { held }) => sum + held.length, 0);
  if (frames > 0)
    effects.push(findingMade(conversation, { code: 'relay.heldAtEnd', params: { frames } }, now));
  effects.push(ending(conversation, reason, now), { type: 'close', reason, inOrder });
  return effects;
}

/** Sends delayed data now if the connection is closed in order. Returns the number of items that are lost. */
function endDelays(
  leg: Leg,
  conversation: Conversation,
  inOrder: boolean,
  now: number,
  effects: Effect[],
): number {
  const across = acrossOf(leg);
  const waiting = leg.delays?.takeAll() ?? [];
  if (!inOrder || across?.isOpen !== true) return waiting.length;
  for (const one of waiting) effects.push(sentLate(conversation, one, across, now));
  return 0;
}
