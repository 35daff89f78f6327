/** Every message that changes a machine's state. Other messages only count as received. */
import { restartsMachine } from '#shared/commands/kit/rows';
import type { FrameEntry } from '#shared/model/frame';
import type { ClearedBy } from '#shared/model/history';
import type { MachineState } from '#shared/model/machine';
import type { Message } from '#shared/model/message';
import type { Direction } from '#shared/model/wire';
import * as drinks from './drinks';
import * as errors from './errors';
import * as heartbeats from './hb';
import * as logins from './login';
import { restart, type Apply, type Changes } from './on';
import * as payments from './payments';
import * as prices from './prices';
import * as rinses from './rinsingrecord';
import * as reports from './status';
import * as upgrades from './upgrade';

const isEffect = (exported: unknown): exported is Apply =>
  typeof exported === 'object' && exported !== null && 'row' in exported;

/** Every effect that these files export. */
const all = [drinks, errors, heartbeats, logins, payments, prices, rinses, reports, upgrades].flatMap(
  (subject) => Object.values<unknown>(subject).filter(isEffect),
);

interface AnyApply {
  readonly changes: (machine: MachineState, body: Message['body'], entry: FrameEntry) => Changes;
  readonly clearedBy: (body: Message['body']) => ClearedBy;
}

const table = (direction: Direction): ReadonlyMap<string, AnyApply> =>
  new Map(
    all
      .filter(({ row }) => row.direction === direction)
      // Each function only receives bodies of its own row.
      .map((apply) => [apply.row.cmd, apply as unknown as AnyApply]),
  );
const fromMachines = table('in');
const toMachines = table('out');

const applyOf = ({ message: { from, body } }: FrameEntry): AnyApply | undefined =>
  (from === 'machine' ? fromMachines : toMachines).get(body.cmd);

/** A frame's changes to its machine. */
export function changesBy(machine: MachineState, entry: FrameEntry): Changes {
  const { from, body } = entry.message;
  const changes = applyOf(entry)?.changes(machine, body, entry) ?? null;
  // The rows of the commands define which frames restart the machine.
  return from === 'server' && restartsMachine(body, machine.platform)
    ? { ...restart(machine, body.cmd, entry), ...changes }
    : changes;
}

/** The cause that ended the errors that this frame ended. */
export const clearedBy = (entry: FrameEntry): ClearedBy =>
  applyOf(entry)?.clearedBy(entry.message.body) ?? 'clearerror';
