/** The reason to refuse relay settings: the relay has no target, would connect to itself, or has an invalid rule. */
import type { AppError } from '#shared/contract/errors';
import { everyFrame, frameTest } from '#shared/filter/frames';
import type { DialTarget } from '#shared/model/dial';
import { longestDelay, type RelaySettings } from '#shared/model/relay';
import { kindOf, readPath } from '#shared/relayChange';
import { encodeFrame, wireText } from '../../core/protocol/encode';
import { readJson } from '../../core/protocol/json';

/** `isSelf`: Crema listens for machines at this address. */
export function relayRefusal(
  { isOn, upstream, ofMachines, rules }: RelaySettings,
  isSelf: (target: DialTarget) => boolean,
): AppError | null {
  if (isOn && upstream === null && ofMachines.length === 0) return { code: 'relayNowhere', params: {} };
  const self = [upstream, ...ofMachines].find((target) => target !== null && isSelf(target));
  if (self !== undefined && self !== null)
    return { code: 'relaySelf', params: { host: self.host, port: self.port } };
  for (const { id: rule, filter, does, answer, change, ms } of rules) {
    const test = frameTest({ ...everyFrame, text: filter }, 0);
    if (!test.ok) return { code: 'relayFilter', params: { rule, at: test.error.at } };
    if (does === 'rewrite' && (change === undefined || readPath(change.member) === null))
      return { code: 'relayMember', params: { rule } };
    if (does === 'rewrite' && change !== undefined && kindOf(change.value) === null)
      return { code: 'relayValue', params: { rule } };
    if (does === 'delay' && ms === undefined)
      return { code: 'relayDelay', params: { rule, max: longestDelay } };
    if (does !== 'answer' || answer === '') continue;
    const { json } = readJson(answer);
    if (typeof json?.['cmd'] !== 'string') return { code: 'relayAnswer', params: { rule } };
    const encoded = encodeFrame(wireText(json), 'decimal');
    if (!encoded.ok) return { code: 'frameTooLong', params: { bytes: encoded.bytes } };
  }
  return null;
}
