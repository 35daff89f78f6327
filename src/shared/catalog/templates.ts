/** Messages to a machine to start from, as its platform takes them (docs/protocol.md, "Server to machine"). */
import { answerExamples } from '../messages/examples';
import type { JsonObject } from '../model/json';
import type { Platform } from '../model/machine';
import type { WireMessage } from '../model/message';
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
  const { payResult, queryStatus, querySupplies, upgrade } = commands;
  const door = (spelling: 'opendoor' | 'door open'): readonly WireMessage[] =>
    openDoor.wire({ spelling }, context);
  const told: readonly WireMessage[] = [
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
  return [...told, ...answerExamples(vmcNo, now.getTime())].map((message) => {
    const operation = message['operation'];
    const id = typeof operation === 'string' ? `${message.cmd} ${operation}` : message.cmd;
    return { id, cmd: message.cmd, body: message };
  });
}
