/** Messages to a machine to start from, as its platform takes them (docs/protocol.md, "Server to machine"). */
import type { JsonObject } from '../model/json';
import type { Platform } from '../model/machine';
import type { ServerMessage } from '../model/message';
import { commands, type WireContext } from './commands';

export interface Template {
  /** `cmd`, with the operation where it is the same for several: `remote reboot`. */
  readonly id: string;
  readonly cmd: string;
  readonly body: JsonObject;
}

const orderNo = '0';
const productId = 801;

/** `null`: the platform is not known; the document's form. Times are this computer's. */
export function templates(vmcNo: number, platform: Platform | null, now: Date): readonly Template[] {
  const context: WireContext = {
    vmcNo,
    platform,
    sessionId: '1',
    upgradeDir: 'http://192.168.1.20:12345/',
    upgradeType: platform === 'android' ? 'app' : null,
  };
  const { openDoor, makeDrink, rinse, reboot, setPrices, setDiscount } = commands;
  const { answerQr, payResult, queryStatus, querySupplies, upgrade } = commands;
  const door = (spelling: 'opendoor' | 'door open'): readonly ServerMessage[] =>
    openDoor.wire({ spelling }, context);
  const told: readonly ServerMessage[] = [
    ...queryStatus.wire({}, context),
    ...querySupplies.wire({}, context),
    ...door('opendoor'),
    ...(platform === 'android' ? [] : door('door open')),
    ...makeDrink.wire({ productId, strength: 2, milk: 2, sugar: 2 }, context),
    ...rinse.wire({}, context),
    ...reboot.wire({}, context),
    ...setPrices.wire({ prices: [{ productId, price: 1000, type: 0 }] }, context),
    ...setDiscount.wire({ percent: 100 }, context),
    ...payResult.wire({ orderNo, amount: 1000, paid: false, payType: 'wx_pub' }, context),
    ...upgrade.wire({ packageId: '' }, context),
  ];
  const answers: readonly ServerMessage[] = [
    { cmd: 'hb', vmc_no: vmcNo },
    { cmd: 'login_r', vmc_no: vmcNo, date_time: dateTime(now), ret: 0 },
    { cmd: 'error_r', vmc_no: vmcNo },
    ...answerQr.wire({ orderNo, qrType: 'wx_pub', qrCode: 'CREMA TEST' }, context),
    { cmd: 'productdone_r', vmc_no: vmcNo, order_no: orderNo, isOk: true },
    {
      cmd: 'checkorder_r',
      vmc_no: vmcNo,
      order_no: orderNo,
      product_id: productId,
      Amount: 1000,
      paytype: 'wx_pub',
      paydone: false,
    },
    { cmd: 'rinsingrecord_r', c_uid: '0', vmc_no: vmcNo },
    { cmd: 'feedrecord_r', vmc_no: vmcNo },
    { cmd: 'upordrecipe_r', vmc_no: vmcNo },
  ];
  return [...told, ...answers].map((message) => {
    const body = message as JsonObject;
    const operation = body['operation'];
    const id = typeof operation === 'string' ? `${message.cmd} ${operation}` : message.cmd;
    return { id, cmd: message.cmd, body };
  });
}

/** [doc 3.2] */
function dateTime(now: Date): string {
  const pad = (value: number): string => String(value).padStart(2, '0');
  const date = [now.getFullYear(), pad(now.getMonth() + 1), pad(now.getDate())].join('-');
  return `${date} ${[now.getHours(), now.getMinutes(), now.getSeconds()].map(pad).join(':')}`;
}
