/** Every message that changes a machine's state. Other messages only count as received. */
import { restartsMachine } from '#shared/commands/kit/rows';
import type { FrameEntry } from '#shared/model/frame';
import type { ClearedBy } from '#shared/model/history';
import type { MachineState } from '#shared/model/machine';
import type { Message } from '#shared/model/message';
import type { Direction } from '#shared/model/wire';
import {
  onCheckorder,
  onCheckorderAnswer,
  onPayDone,
  onPaydoneAnswer,
  onQrcode,
  onQrcodeAnswer,
} from './payments';
import { onClearwarning, onError } from './errors';
import { onDiscount, onPriceset } from './prices';
import { onHb } from './hb';
import { onLogin, onLoginAnswer } from './login';
import { onMachinestatus, onQuerysuppliesAnswer, onStatusqueryAnswer } from './status';
import { restart, type Changes } from './on';
import { onProductdone, onProducts, onRemote, onUpordrecipe } from './drinks';
import { onRinsingrecord } from './rinsingrecord';
import { onUpgrade } from './upgrade';

const all = [
  onHb,
  onLogin,
  onLoginAnswer,
  onMachinestatus,
  onStatusqueryAnswer,
  onQuerysuppliesAnswer,
  onError,
  onClearwarning,
  onQrcode,
  onQrcodeAnswer,
  onCheckorder,
  onCheckorderAnswer,
  onPayDone,
  onPaydoneAnswer,
  onProductdone,
  onProducts,
  onRemote,
  onRinsingrecord,
  onUpordrecipe,
  onDiscount,
  onPriceset,
  onUpgrade,
];

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
