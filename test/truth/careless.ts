/**
 * A careless proof rule for each command: it accepts a similar message as proof. The truth run must detect every such rule.
 */
import { commandNames, type CommandName } from '#shared/commands/index';
import type { CommandRow } from '#shared/commands/kit/row';
import { rowOf } from '#shared/commands/kit/rows';
import { confirmed, type Verdict } from '#shared/commands/kit/verdict';
import type { MachineMessage } from '#shared/model/message';

type Rules = Partial<Pick<CommandRow, 'judge' | 'onTransfer' | 'onUpload' | 'notice'>>;
type Says = (body: MachineMessage) => boolean;

/** Accepts any message with this property as proof. */
const believes = (step: string, says: Says): Rules => ({
  judge: (heard): readonly Verdict[] =>
    heard.kind === 'message' && says(heard.body) ? [confirmed(step)] : [],
});
const named =
  (...names: readonly string[]): Says =>
  ({ cmd }) =>
    names.includes(cmd);

/** `null`: no rule ever proves it, so there is no rule to break. */
const careless: Readonly<Record<CommandName, Rules | null>> = {
  openDoor: believes('doorOpened', (body) => body.cmd === 'machinestatus' && body.status === 'dooropen'),
  makeDrink: believes('drinkMade', named('productdone')),
  rinse: believes('rinsed', named('rinsingrecord')),
  reboot: believes('loggedIn', named('login')),
  restartPart: { ...believes('loggedIn', named('login')), notice: () => 'done' },
  sync: believes('allReported', named('login', 'machinestatus')),
  upgrade: believes('versionConfirmed', named('login')),
  setPrices: believes('amountSeen', named('qrcode', 'login')),
  setDiscount: believes('amountSeen', named('qrcode', 'login')),
  lockProducts: { ...believes('menuListed', named('hb')) },
  unlockProducts: { ...believes('menuListed', named('hb')) },
  refill: believes('sumReported', named('feedrecord', 'machinestatus')),
  queryStatus: believes('statusReported', named('machinestatus')),
  querySupplies: believes('suppliesReported', named('machinestatus')),
  fetchFile: believes('fileArrived', named('hb')),
  payResult: believes('acknowledged', named('paydone_r', 'productdone', 'hb')),
  answerQr: null,
};

/** Commands with a rule that can be broken. */
export const breakable = commandNames.filter((name) => careless[name] !== null);

/** Runs `work` while the command has its careless rule. */
export async function carelessly<T>(name: CommandName, work: () => Promise<T>): Promise<T> {
  const row = rowOf(name) as CommandRow & Record<string, unknown>;
  const before = { ...row };
  Object.assign(row, careless[name]);
  try {
    return await work();
  } finally {
    Object.assign(row, before);
  }
}
