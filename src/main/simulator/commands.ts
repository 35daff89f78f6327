/** Handles messages from the server: rows say what a machine makes of each (shared/messages, shared/commands). */
import { rowOf, commandOf } from '#shared/commands/kit/rows';
import { wrapper } from '#shared/commands/kit/wire';
import { questionsOf } from '#shared/messages/lookup';
import type { JsonObject } from '#shared/model/frame';
import type { Answering } from '#shared/model/simulator';
import type { VirtualMachine } from '#shared/virtualMachine';
import { answerAs } from './answering';
import type { Cabinet } from './cabinet';
import type { Sales } from './sales';
import { handlerOf, settledBy } from './wire';

/** The parts of a machine that messages act on. */
export interface MachineControls {
  readonly cabinet: Cabinet;
  readonly sales: Sales;
  readonly rareSpelling: boolean;
  /** How it answers commands, now. */
  readonly answering: () => Answering;
  readonly reboot: VirtualMachine['restart'];
  readonly reconnect: VirtualMachine['reconnect'];
  readonly loginAnswered: VirtualMachine['loginAnswered'];
  readonly upgrade: VirtualMachine['upgrade'];
  readonly sendFile: VirtualMachine['sendFile'];
  /** Whether it takes a command; `failReason` null: it does. Only android reports it. */
  readonly notify: (message: JsonObject, failReason: string | null) => void;
  /** After `ms` of real time; a restart does not forget it. */
  readonly later: (ms: number, run: () => void) => void;
}

/** The interface that the rows use. */
function virtualMachine({ cabinet, sales, rareSpelling, ...controls }: MachineControls): VirtualMachine {
  return {
    vmcNo: cabinet.number,
    platform: cabinet.profile.platform,
    rareSpelling,
    soon: (ms, run) => void cabinet.soon(ms, run),
    does: (ms, act) => (ms === 0 ? act(true) : void cabinet.soon(ms, () => act(true))),
    restart: controls.reboot,
    reconnect: controls.reconnect,
    loginAnswered: controls.loginAnswered,
    openDoor: (ms) => cabinet.openDoor(ms),
    reportDoor: () => cabinet.reportDoor(),
    reportSupplies: () => cabinet.reportSupply(),
    brew: (productId, orderNo, works) => sales.make(productId, orderNo, works),
    rinse: (works, toldLater) => cabinet.rinse(works, toldLater),
    refill: (changes) => cabinet.refill(changes),
    lock: (productIds, isLocked) => cabinet.lock(productIds, isLocked),
    setPrice: (productId, price) => cabinet.setPrice(productId, price),
    setDiscount: (percent) => cabinet.setDiscount(percent),
    isWaiting: (orderNo): orderNo is string => sales.isWaiting(orderNo),
    showQr: (orderNo) => sales.showQr(orderNo),
    settle: (orderNo, isPaid, payType, works) => sales.settle(orderNo, isPaid, payType, works),
    upgrade: controls.upgrade,
    sendFile: controls.sendFile,
    tell: (what, facts) => void cabinet.tell(what, facts),
    send: (body) => void cabinet.say({ vmc_no: cabinet.number, ...body }),
  };
}

/** Ignores unknown messages, as machines do; android reports an unknown operation as failed. */
export function handleMessage(controls: MachineControls, cmd: string, message: JsonObject): void {
  const { profile, records } = controls.cabinet;
  const { platform } = profile;
  if (settledBy(cmd) !== null) return records.acknowledge(cmd, message);
  const handler = handlerOf(cmd);
  if (handler !== null) return handler(virtualMachine(controls), message);
  const notify = (failReason: string | null): void => controls.notify(message, failReason);
  const { operation } = message;
  const name = commandOf({ cmd, operation }, platform);
  const row = name === null ? null : rowOf(name);
  const obeys = row?.virtual[platform] ?? null;
  if (row !== null && obeys !== null) {
    const awaited = row.stages[platform].map(({ within }) => within);
    const vm = virtualMachine(controls);
    // What answers a question of its own is no order.
    const way = questionsOf('out', cmd).length > 0 ? 'truly' : controls.answering();
    answerAs(way, { obeys, vm, message, notify, awaited, later: controls.later });
  } else if (cmd === wrapper && platform === 'android') notify('no such operation');
}
