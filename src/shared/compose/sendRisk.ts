/** What a message written by hand may do to a machine or to money: the same as the command of its kind (shared/commands). */
import { commandNames, type CommandName } from '../commands/index';
import type { Risk } from '../commands/kit/row';
import { commandOf, rowOf } from '../commands/kit/rows';
import { wrapper } from '../commands/kit/wire';
import { messageRow } from '../messages/lookup';
import { objectOf, type JsonValue } from '../model/json';

/**
 * What no command of ours does: `refuses` a login (a linux machine then switches its network off until it is restarted [field]),
 * or has the machine keep a customer number or servers (`stores`, android [field]).
 */
export type LoginRisk = 'refuses' | 'stores';
/** `command`: the one of its kind, whose question is asked. `null`: Crema can't tell what the machine will do. */
export type SendRisk =
  | { readonly risk: Risk; readonly command: CommandName | null }
  | { readonly risk: LoginRisk; readonly command: null }
  | null;

export function riskOf(text: string): SendRisk {
  // A machine may take the first of two members with one name, or read what JSON.parse does not.
  if ((text.match(/"cmd"\s*:/gi) ?? []).length !== 1) return null;
  const body = objectOf(text);
  const cmd = wordOf(body?.['cmd']);
  if (body === null || cmd === null) return null;
  const operation = wordOf(body['operation']);
  const said = { ...body, cmd, ...(operation === null ? {} : { operation }) };
  const name = commandOf(said) ?? commandNames.find((one) => rowOf(one).like(said)) ?? null;
  if (name !== null) return { risk: rowOf(name).risk, command: name };
  // An operation that none of ours is.
  if (cmd === wrapper) return null;
  if (cmd === 'login_r') return { risk: riskOfLogin(body), command: null };
  return messageRow(cmd, 'out') === null ? null : { risk: 'none', command: null };
}

/** Names whatever their case: how machines compare them, nobody knows. */
function riskOfLogin(body: Readonly<Record<string, JsonValue>>): LoginRisk | 'none' {
  const members = Object.entries(body).map(([name, value]) => [name.toLowerCase(), value] as const);
  const rets = members.filter(([name]) => name === 'ret');
  if (rets.length === 0 || rets.some(([, ret]) => ret !== 0 && ret !== '0')) return 'refuses';
  return members.some(([name]) => name === 'carrier_code' || name === 'server_list') ? 'stores' : 'none';
}

const wordOf = (value: JsonValue | undefined): string | null =>
  typeof value === 'string' ? value.trim().toLowerCase() : null;
