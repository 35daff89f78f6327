/** Converts a body's object to a typed message. */
import type { JsonObject, JsonValue } from '../model/json';
import type { MachineMessage, Message, ServerMessage, UnknownMessage } from '../model/message';
import type { Direction } from '../model/wire';
import { messages } from './index';
import { toText } from './field';
import { vmcNo } from './common';
import { invalid, memberOf, missing, planOf, readBody, type Plan, type ReaderFinding } from './reader';

export interface Read<M> {
  readonly message: M;
  readonly findings: readonly ReaderFinding[];
}

const plansOf = (wanted: Direction): ReadonlyMap<string, Plan> =>
  new Map(
    messages
      .filter(({ direction }) => direction === wanted)
      .flatMap((row) => {
        const plan = planOf(row);
        return row.names.map((name) => [name, plan] as const);
      }),
  );
const fromMachines = plansOf('in');
const toMachines = plansOf('out');

const none: readonly ReaderFinding[] = [];
const unreadable: Read<UnknownMessage> = {
  message: { cmd: 'unknown', name: null, vmcNo: null },
  findings: none,
};

/**
 * Reads a message of a machine (`in`) or a server (`out`). Findings: `field.missing` and `field.invalid` for required members (and for a bad
 * `vmc_no` everywhere), `field.unknown` for members without a row, `cmd.unknown`. `null` (an unreadable body) becomes an unknown message
 * without findings.
 */
export function readMessage(json: JsonObject | null, direction: 'in'): Read<MachineMessage>;
export function readMessage(json: JsonObject | null, direction: 'out'): Read<ServerMessage>;
export function readMessage(
  json: JsonObject | null,
  direction: Direction,
): Read<MachineMessage | ServerMessage> {
  if (json === null) return unreadable;
  const cmd = memberOf(json, 'cmd');
  const known = direction === 'in' ? fromMachines : toMachines;
  let plan = typeof cmd === 'string' ? known.get(cmd) : undefined;
  let name: string | null = null;
  if (plan === undefined) {
    name = toText(cmd ?? null);
    plan = name === null ? undefined : known.get(name.toLowerCase());
  }
  const findings: ReaderFinding[] = [];
  const message =
    plan === undefined
      ? readUnknown(json, cmd, name, findings)
      : // The plan belongs to the row with this `cmd`, so the body has the type BodyOf.
        (readBody(plan, json, findings) as MachineMessage | ServerMessage);
  return { message, findings: findings.length === 0 ? none : findings };
}

const number = vmcNo('field');

function readUnknown(
  json: JsonObject,
  cmd: JsonValue | undefined,
  name: string | null,
  findings: ReaderFinding[],
): UnknownMessage {
  if (name !== null) findings.push({ code: 'cmd.unknown', params: { cmd: name.slice(0, 60) } });
  else findings.push(cmd === undefined ? missing('cmd') : invalid('cmd', cmd));
  const value = memberOf(json, 'vmc_no');
  const read = value === undefined ? null : number.read(value);
  if (value !== undefined && read === null) findings.push(invalid('vmc_no', value));
  return { cmd: 'unknown', name, vmcNo: read };
}

/** The same, with the sender in the message. */
export function messageOf(
  json: JsonObject | null,
  direction: Direction,
): { readonly message: Message; readonly findings: readonly ReaderFinding[] } {
  if (direction === 'in') {
    const { message: body, findings } = readMessage(json, direction);
    return { message: { from: 'machine', body }, findings };
  }
  const { message: body, findings } = readMessage(json, direction);
  return { message: { from: 'server', body }, findings };
}
