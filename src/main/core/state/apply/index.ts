/** Every message that changes a machine's state. Other messages only count as received. */
import { restartsMachine } from '#shared/commands/kit/rows';
import type { FrameEntry } from '#shared/model/frame';
import type { ClearedBy } from '#shared/model/history';
import type { MachineState } from '#shared/model/machine';
import type { Message } from '#shared/model/message';
import type { Direction } from '#shared/model/wire';
import { apply as checkorder } from './checkorder';
import { apply as checkorderReply } from './checkorder_r';
import { apply as clearwarning } from './clearwarning';
import { apply as discount } from './discount';
import { apply as error } from './error';
import { apply as hb } from './hb';
import { apply as login } from './login';
import { apply as loginAnswer } from './login_r';
import { apply as machinestatus } from './machinestatus';
import { restart, type Changes } from './on';
import { apply as payDone } from './pay_done';
import { apply as payDoneReply } from './paydone_r';
import { apply as priceset } from './priceset';
import { apply as productdone } from './productdone';
import { apply as products } from './products';
import { apply as qrcode } from './qrcode';
import { apply as qrcodeReply } from './qrcode_r';
import { apply as querysuppliesReply } from './querysupplies_r';
import { apply as remote } from './remote';
import { apply as rinsingrecord } from './rinsingrecord';
import { apply as statusqueryReply } from './statusquery_r';
import { apply as upgrade } from './upgrade';
import { apply as upordrecipe } from './upordrecipe';

const all = [
  hb,
  login,
  loginAnswer,
  machinestatus,
  statusqueryReply,
  querysuppliesReply,
  error,
  clearwarning,
  qrcode,
  qrcodeReply,
  checkorder,
  checkorderReply,
  payDone,
  payDoneReply,
  productdone,
  products,
  remote,
  rinsingrecord,
  upordrecipe,
  discount,
  priceset,
  upgrade,
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
