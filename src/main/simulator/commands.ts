/** Handles messages from the server: a command's row defines what it does, and an answer acknowledges a record. */
import { rowOf, commandOf } from '#shared/commands/kit/rows';
import type { VirtualMachine } from '#shared/commands/kit/virtual';
import { wrapper } from '#shared/commands/kit/wire';
import type { JsonObject } from '#shared/model/frame';
import type { Cabinet } from './cabinet';
import { secondOf } from './clock';
import type { Sales } from './sales';

/** The parts of a machine that messages act on. */
export interface MachineControls {
  readonly cabinet: Cabinet;
  readonly sales: Sales;
  readonly doorCommand: 'opendoor' | 'door open';
  /** Power off and on; `then` runs when power is back. */
  reboot(then: () => void): void;
  upgrade(message: JsonObject): void;
  rinsingCode(): string;
  /** Called when a command ended; `failReason` null: done. Only android reports it. */
  finished(message: JsonObject, failReason: string | null): void;
}

const text = (value: unknown): string | null =>
  typeof value === 'string' || typeof value === 'number' ? String(value).trim() : null;

/** Answers of the server to messages of the machine. */
const answers: ReadonlyMap<string, (controls: MachineControls, message: JsonObject) => void> = new Map([
  ['checkorder_r', ({ sales }, message) => sales.checked(message)],
  [
    'productdone_r',
    ({ cabinet }, message) => cabinet.records.acknowledge('order', text(message['order_no'])),
  ],
  ['error_r', ({ cabinet }) => cabinet.records.acknowledge('error', null)],
  [
    'rinsingrecord_r',
    ({ cabinet }, message) => cabinet.records.acknowledge('rinsing', text(message['c_uid'])),
  ],
]);

/** The interface that the rows of commands use. */
function virtualMachine({ cabinet, sales, doorCommand, ...controls }: MachineControls): VirtualMachine {
  return {
    vmcNo: cabinet.number,
    doorCommand,
    soon: (ms, run) => void cabinet.soon(ms, run),
    restart: (then) => controls.reboot(then),
    openDoor: (ms) => cabinet.openDoor(ms),
    reportDoor: () => cabinet.reportDoor(),
    reportSupplies: () => cabinet.reportSupply(),
    brew: (productId, ended) => sales.make(productId, ended),
    recordRinse: () => {
      const cUid = controls.rinsingCode();
      cabinet.records.add('rinsing', cUid, {
        cmd: 'rinsingrecord',
        vmc_no: cabinet.number,
        c_uid: cUid,
        isok: true,
        rinsing_code: 'all',
        timestamp: secondOf(cabinet.clock.now()),
      });
    },
    setPrice: (productId, price) => cabinet.setPrice(productId, price),
    setDiscount: (percent) => {
      cabinet.discount = percent;
    },
    showQr: (message) => sales.qrAnswered(message),
    takePayment: (message) => sales.paid(message),
    upgrade: (message) => controls.upgrade(message),
    send: (body) => void cabinet.send(body),
  };
}

/** Ignores unknown messages, as machines do; android reports an unknown operation as failed. */
export function handleMessage(controls: MachineControls, cmd: string, message: JsonObject): void {
  const { platform } = controls.cabinet.profile;
  const done = (failReason: string | null): void => controls.finished(message, failReason);
  const answer = answers.get(cmd);
  if (answer !== undefined) return answer(controls, message);
  const operation = text(message['operation']) ?? '';
  const name = commandOf({ cmd, operation }, platform);
  if (name !== null) rowOf(name).virtual[platform](virtualMachine(controls), message, done);
  else if (cmd === wrapper && platform === 'android') done('no such operation');
}
