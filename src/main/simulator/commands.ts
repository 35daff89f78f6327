/** What a machine does with what the server says (docs/protocol.md, "Server to machine"), by platform. */
import type { JsonObject } from '#shared/model/frame';
import type { Platform } from '#shared/model/machine';
import type { Cabinet } from './cabinet';
import { secondOf } from './clock';
import type { Shop } from './shop';

/** What commands reach beside cabinet and shop. */
export interface Servant {
  readonly cabinet: Cabinet;
  readonly shop: Shop;
  /** How this machine spells "open the door": the document itself is of two minds [doc 3.9]. */
  readonly doorCommand: 'opendoor' | 'door open';
  /** Power off and on; `then` runs when power is back. */
  reboot(then: () => void): void;
  upgrade(message: JsonObject): void;
  rinsingCode(): string;
  /** A command ended; `failReason` null: done. Only android tells anyone. */
  finished(message: JsonObject, failReason: string | null): void;
}

type Obey = (servant: Servant, message: JsonObject) => void;
type Table = Readonly<Record<string, Obey>>;

const text = (value: unknown): string | null =>
  typeof value === 'string' || typeof value === 'number' ? String(value).trim() : null;

const answers: Table = {
  qrcode_r: ({ shop }, message) => shop.qrAnswered(message),
  pay_done: ({ shop }, message) => shop.paid(message),
  checkorder_r: ({ shop }, message) => shop.checked(message),
  productdone_r: ({ cabinet }, message) => cabinet.records.acknowledge('order', text(message['order_no'])),
  error_r: ({ cabinet }) => cabinet.records.acknowledge('error', null),
  rinsingrecord_r: ({ cabinet }, message) => cabinet.records.acknowledge('rinsing', text(message['c_uid'])),
};

const makeDrink: Obey = (servant, message) =>
  servant.shop.make(Number(message['product_id']), (failReason) => servant.finished(message, failReason));

const restart: Obey = (servant, message) => servant.reboot(() => servant.finished(message, null));

const openDoor: Obey = (servant, message) =>
  void servant.cabinet.soon(1_000, () => {
    servant.cabinet.openDoor(30_000);
    servant.finished(message, null);
  });

const rinse: Obey = (servant, message) =>
  void servant.cabinet.soon(10_000, () => {
    const { cabinet } = servant;
    if (cabinet.profile.platform === 'linux') return; // says nothing about it
    const cUid = servant.rinsingCode();
    cabinet.records.add('rinsing', cUid, {
      cmd: 'rinsingrecord',
      vmc_no: cabinet.number,
      c_uid: cUid,
      isok: true,
      rinsing_code: 'all',
      timestamp: secondOf(cabinet.clock.now()),
    });
    servant.finished(message, null);
  });

/** Rows of product, fen and type; applying them restarts the machine [field]. */
const setPrices: Obey = (servant, message) => {
  const rows: readonly unknown[] = Array.isArray(message['price']) ? message['price'] : [];
  for (const row of rows) {
    if (!Array.isArray(row)) continue;
    const [product, price] = row.map(Number);
    if (product !== undefined && price !== undefined && product >= 100 && price >= 0) {
      servant.cabinet.setPrice(product, price);
    }
  }
  restart(servant, message);
};

const setDiscount: Obey = (servant, message) => {
  const percent = Number(message['discount']);
  if (!(percent >= 1 && percent <= 100)) return servant.finished(message, 'discount out of range');
  servant.cabinet.discount = percent;
  restart(servant, message);
};

const tellStatus: Obey = (servant, message) => {
  servant.cabinet.reportDoor();
  servant.finished(message, null);
};

const tellSupplies: Obey = (servant, message) => {
  servant.cabinet.reportSupply();
  servant.finished(message, null);
};

const both: Table = {
  ...answers,
  priceset: setPrices,
  discount: setDiscount,
  upgrade: (servant, message) => servant.upgrade(message),
};

const linux: Table = {
  ...both,
  products: makeDrink,
  reboot: restart,
  rinsing: rinse,
  statusquery: tellStatus,
  querysupplies: tellSupplies,
};

/** Of `remote` [field]. */
const operations: Table = {
  products: makeDrink,
  reboot: restart,
  opendoor: openDoor,
  rinsing: rinse,
  supplys: tellSupplies,
  sync: (servant, message) => {
    servant.cabinet.reportDoor();
    tellSupplies(servant, message);
  },
};

const android: Table = {
  ...both,
  remote: (servant, message) => {
    const operation = text(message['operation']) ?? '';
    if (!Object.hasOwn(operations, operation)) servant.finished(message, 'no such operation');
    else operations[operation]?.(servant, message);
  },
};

const tables: Readonly<Record<Platform, Table>> = { linux, android };

/** Unknown commands are left alone, as machines do. */
export function obey(servant: Servant, cmd: string, message: JsonObject): void {
  const { platform } = servant.cabinet.profile;
  const table = tables[platform];
  if (platform === 'linux' && cmd === servant.doorCommand) openDoor(servant, message);
  else if (Object.hasOwn(table, cmd)) table[cmd]?.(servant, message);
}
