/** Messages to a machine to start from, as its platform takes them (docs/protocol.md, "Server to machine"). */
import type { JsonObject } from '../model/json';
import type { Platform } from '../model/machine';
import type { WireMessage } from '../model/message';
import { pairs } from './answers';
import { commandNames } from '../commands/index';
import { commandOf, rowOf } from '../commands/kit/rows';
import { messageId, type WireContext } from '../commands/kit/wire';

export interface Template {
  /** `cmd`, with the operation where it is the same for several: `remote reboot`. */
  readonly id: string;
  readonly cmd: string;
  readonly body: JsonObject;
}

/** `null`: the platform is not known; the document's form. Times are this computer's. */
export function templates(vmcNo: number, platform: Platform | null, now: Date): readonly Template[] {
  const all = [...commandBodies(vmcNo, platform), ...answerBodies(vmcNo, now)];
  const found = new Map<string, Template>();
  for (const body of all.toSorted((a, b) => placeOf(a) - placeOf(b))) {
    const id = messageId(body);
    // The same for several inputs.
    if (!found.has(id)) found.set(id, { id, cmd: body.cmd, body });
  }
  return [...found.values()];
}

/** Questions first, then what does something to a machine, then answers in the order of what they answer. */
function placeOf(body: WireMessage): number {
  const answered = pairs.findIndex(({ asks, answer }) => asks === 'in' && answer === body.cmd);
  if (answered >= 0) return 2 + answered;
  const name = commandOf(body);
  return name !== null && rowOf(name).risk === 'none' ? 0 : 1;
}

/** Every command, with its examples. */
function commandBodies(vmcNo: number, platform: Platform | null): readonly WireMessage[] {
  const context: WireContext = {
    vmcNo,
    platform,
    sessionId: '1',
    upgradeDir: 'http://192.168.1.20:12345/',
    upgradeType: platform === 'android' ? 'app' : null,
  };
  return commandNames.flatMap((name) =>
    rowOf(name).examples.flatMap((input) => rowOf(name).wire(input, context)),
  );
}

const orderNo = '0';

function answerBodies(vmcNo: number, now: Date): readonly WireMessage[] {
  return [
    { cmd: 'hb', vmc_no: vmcNo },
    { cmd: 'login_r', vmc_no: vmcNo, date_time: dateTime(now), ret: 0 },
    { cmd: 'error_r', vmc_no: vmcNo },
    { cmd: 'productdone_r', vmc_no: vmcNo, order_no: orderNo, isOk: true },
    {
      cmd: 'checkorder_r',
      vmc_no: vmcNo,
      order_no: orderNo,
      product_id: 801,
      Amount: 1000,
      paytype: 'wx_pub',
      paydone: false,
    },
    { cmd: 'rinsingrecord_r', c_uid: '0', vmc_no: vmcNo },
    { cmd: 'feedrecord_r', vmc_no: vmcNo },
    { cmd: 'upordrecipe_r', vmc_no: vmcNo },
  ];
}

/** [doc 3.2] */
function dateTime(now: Date): string {
  const pad = (value: number): string => String(value).padStart(2, '0');
  const date = [now.getFullYear(), pad(now.getMonth() + 1), pad(now.getDate())].join('-');
  return `${date} ${[now.getHours(), now.getMinutes(), now.getSeconds()].map(pad).join(':')}`;
}
