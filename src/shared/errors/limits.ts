/** Limits of sales while an error is active that does not stop the machine. They follow from the titles of the codes [field]. */
import type { Words } from '../words';
import { lookupErrorCode } from './codes';
import { partOf } from './parts';

const words = (en: string, zh: string): Words => ({ en, zh });

/** `codes` match a whole code without its prefix. The texts end the sentence "Can sell, but …". */
const rows: readonly (readonly [codes: RegExp, limit: Words])[] = [
  [/^EC_4$/, words('not with the payment device', '不能用支付设备付款')],
  [/^(?:EC_6|INT_1|EC_7)$/, words('not with online payment', '不能线上支付')],
  [/^HOPPER_2$/, words('gives no change in coins', '不能找零')],
  [/^(?:5D00|5DFF|6100|7100|7300)$/, words('perhaps no hot drinks', '热饮可能无法制作')],
  [/^5B00$/, words('perhaps not until the drip tray is back', '装回接水盘前可能不出货')],
  [/^5600$/, words('not until the cup is taken out', '取走杯子前不出货')],
  [/^770\d$/, words('perhaps no coffee', '咖啡可能无法制作')],
  [/^79\d\d$/, words('perhaps no tea', '茶饮可能无法制作')],
  [/^0EE0$/, words('perhaps without cup lids', '可能不能出杯盖')],
];

/** Parts whose number is that of a canister or mixer. */
const numbered: readonly (readonly [codes: RegExp, first: number, limit: (n: number) => Words])[] = [
  [/^0[89A-F]..$/, 0x08, (n) => words(`not drinks with canister ${n}`, `用到料盒 ${n} 的饮品无法制作`)],
  [/^0[0-5]..$/, 0x00, (n) => words(`not drinks with mixer ${n}`, `用到搅拌器 ${n} 的饮品无法制作`)],
];

/** The limit of an error that does not stop sales; `null`: unknown, and so is the part. */
export function limitOf(code: string): Words | null {
  const name = (lookupErrorCode(code)?.id ?? code.trim().toUpperCase()).replace(/^(?:ERROR|WARNING):/, '');
  const row = rows.find(([codes]) => codes.test(name));
  if (row !== undefined) return row[1];
  const part = partOf(name);
  if (part === null) return null;
  const one = numbered.find(([codes]) => codes.test(name));
  if (one !== undefined) return one[2](parseInt(name.slice(0, 2), 16) - one[1] + 1);
  return words(
    `perhaps not drinks that need the ${part.en.replace(/^[A-Z](?=[a-z ])/, (first) => first.toLowerCase())}`,
    `用到${part.zh}的饮品可能无法制作`,
  );
}
