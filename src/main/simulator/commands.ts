/** Handles messages from the server: rows say what a machine makes of each (shared/messages, shared/commands). */
import { rowOf, commandOf } from '#shared/commands/kit/rows';
import { wrapper } from '#shared/commands/kit/wire';
import type { JsonObject } from '#shared/model/frame';
import type { VirtualMachine } from '#shared/virtualMachine';
import type { Cabinet } from './cabinet';
import type { Sales } from './sales';
import { handlerOf, settledBy } from './wire';

/** The parts of a machine that messages act on. */
export interface MachineControls {
  readonly cabinet: Cabinet;
  readonly sales: Sales;
  readonly rareSpelling: boolean;
  /** Power off and on; `then` runs when power is back. */
  reboot(then: () => void): void;
  /** Connects anew; `then` runs when it has logged in. */
  reconnect(then: () => void): void;
  loginAnswered(isAccepted: boolean): void;
  upgrade: VirtualMachine['upgrade'];
  /** Called when a command ended; `failReason` null: done. Only android reports it. */
  finished(message: JsonObject, failReason: string | null): void;
}

/** The interface that the rows use. */
function virtualMachine({ cabinet, sales, rareSpelling, ...controls }: MachineControls): VirtualMachine {
  return {
    vmcNo: cabinet.number,
    platform: cabinet.profile.platform,
    rareSpelling,
    soon: (ms, run) => void cabinet.soon(ms, run),
    restart: (then) => controls.reboot(then),
    reconnect: (then) => controls.reconnect(then),
    loginAnswered: (isAccepted) => controls.loginAnswered(isAccepted),
    openDoor: (ms) => cabinet.openDoor(ms),
    reportDoor: () => cabinet.reportDoor(),
    reportSupplies: () => cabinet.reportSupply(),
    brew: (productId, orderNo, ended) => sales.make(productId, orderNo, ended),
    setPrice: (productId, price) => cabinet.setPrice(productId, price),
    setDiscount: (percent) => cabinet.setDiscount(percent),
    isWaiting: (orderNo): orderNo is string => sales.isWaiting(orderNo),
    showQr: (orderNo) => sales.showQr(orderNo),
    settle: (orderNo, isPaid, payType) => sales.settle(orderNo, isPaid, payType),
    upgrade: (dir, type, ended) => controls.upgrade(dir, type, ended),
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
  const done = (failReason: string | null): void => controls.finished(message, failReason);
  const { operation } = message;
  const name = commandOf({ cmd, operation }, platform);
  if (name !== null) rowOf(name).virtual[platform]?.(virtualMachine(controls), message, done);
  else if (cmd === wrapper && platform === 'android') done('no such operation');
}
