/** The risk of a message written by hand for the machine or for money: that of the matching command (shared/commands). */
import { commandNames, type CommandName } from '../commands/index';
import type { Risk } from '../commands/kit/definition';
import { commandOf, riskOfMessage, riskOn, rowOf } from '../commands/kit/rows';
import { wrapper } from '../commands/kit/wire';
import { messages } from '../messages/index';
import type { MessageRisk } from '../messages/row';
import type { Platform } from '../model/machine';
import { objectOf, type JsonValue } from '../model/json';

/** `command`: the matching command, whose confirmation is shown. `null`: the effect is unknown. */
export type SendRisk =
  | { readonly risk: Risk; readonly command: CommandName | null }
  | { readonly risk: MessageRisk | 'none'; readonly command: null }
  | null;

/** `platform`: of the receiving machine; `null`: unknown. */
export function riskOf(text: string, platform: Platform | null = null): SendRisk {
  // A machine may use the first of two members with the same name, or accept text that JSON.parse refuses.
  if ((text.match(/"cmd"\s*:/gi) ?? []).length !== 1) return null;
  const body = objectOf(text);
  const cmd = wordOf(body?.['cmd']);
  if (body === null || cmd === null) return null;
  const operation = wordOf(body['operation']);
  const message = { ...body, cmd, ...(operation === null ? {} : { operation }) };
  const name =
    (platform === null ? null : commandOf(message, platform)) ??
    commandOf(message) ??
    commandNames.find((one) => rowOf(one).like(message)) ??
    null;
  if (name !== null)
    return { risk: riskOfMessage(message, platform) ?? riskOn(name, platform), command: name };
  // An unknown operation.
  if (cmd === wrapper) return null;
  const row = messages.find(({ direction, names }) => direction === 'out' && names.includes(cmd));
  if (row?.direction !== 'out') return null;
  const members = Object.entries(body).map(([member, value]) => [member.toLowerCase(), value] as const);
  const risk = row.risk(members);
  return risk === null ? null : { risk, command: null };
}

const wordOf = (value: JsonValue | undefined): string | null =>
  typeof value === 'string' ? value.trim().toLowerCase() : null;
