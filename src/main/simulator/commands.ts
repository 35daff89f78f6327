/** What a machine does with what the server says: rows of commands say it themselves, answers to its records end them. */
import { rowOf, commandOf } from '#shared/commands/kit/rows';
import type { VirtualMachine } from '#shared/commands/kit/virtual';
import { wrapper } from '#shared/commands/kit/wire';
import type { JsonObject } from '#shared/model/frame';
import type { Cabinet } from './cabinet';
import { secondOf } from './clock';
import type { Shop } from './shop';

/** What commands reach beside cabinet and shop. */
export interface Servant {
  readonly cabinet: Cabinet;
  readonly shop: Shop;
  readonly doorCommand: 'opendoor' | 'door open';
  /** Power off and on; `then` runs when power is back. */
  reboot(then: () => void): void;
  upgrade(message: JsonObject): void;
  rinsingCode(): string;
  /** A command ended; `failReason` null: done. Only android tells anyone. */
  finished(message: JsonObject, failReason: string | null): void;
}

const text = (value: unknown): string | null =>
  typeof value === 'string' || typeof value === 'number' ? String(value).trim() : null;

/** Answers to what it said. */
const answers: ReadonlyMap<string, (servant: Servant, message: JsonObject) => void> = new Map([
  ['checkorder_r', ({ shop }, message) => shop.checked(message)],
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

/** The machine as the rows of commands know it. */
function virtualMachine({ cabinet, shop, doorCommand, ...servant }: Servant): VirtualMachine {
  return {
    vmcNo: cabinet.number,
    doorCommand,
    soon: (ms, run) => void cabinet.soon(ms, run),
    restart: (then) => servant.reboot(then),
    openDoor: (ms) => cabinet.openDoor(ms),
    reportDoor: () => cabinet.reportDoor(),
    reportSupplies: () => cabinet.reportSupply(),
    brew: (productId, ended) => shop.make(productId, ended),
    recordRinse: () => {
      const cUid = servant.rinsingCode();
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
    showQr: (message) => shop.qrAnswered(message),
    takePayment: (message) => shop.paid(message),
    upgrade: (message) => servant.upgrade(message),
    send: (body) => void cabinet.send(body),
  };
}

/** Unknown messages are left alone, as machines do; android reports an operation that it does not know. */
export function obey(servant: Servant, cmd: string, message: JsonObject): void {
  const { platform } = servant.cabinet.profile;
  const done = (failReason: string | null): void => servant.finished(message, failReason);
  const answer = answers.get(cmd);
  if (answer !== undefined) return answer(servant, message);
  const operation = text(message['operation']) ?? '';
  const name = commandOf({ cmd, operation }, platform);
  if (name !== null) rowOf(name).virtual[platform](virtualMachine(servant), message, done);
  else if (cmd === wrapper && platform === 'android') done('no such operation');
}
