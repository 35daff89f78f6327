/** Members shared by several messages. */
import {
  flag,
  integer,
  text,
  texts,
  toInteger,
  toText,
  word,
  type Field,
  type Names,
  type Source,
  type Values,
} from './field';
import { isLongNumber, shortNumber } from './longest';

/** Members allowed in every message. android pads some bodies [field]. */
export const everywhere = ['cmd', 'padding'] as const;

/**
 * Parses a machine's `yyyyMMddHHmmss` or `yyyy-MM-dd HH:mm:ss` to ms. The time zone is this computer's, as in the time sent to machines.
 * `null`: not a valid time.
 */
export function wireMoment(written: string): number | null {
  const trimmed = written.trim();
  const plain = trimmed.length === 14 ? trimmed : withoutSigns(trimmed);
  if (plain === null) return null;
  const month = digits(plain, 4, 6);
  const day = digits(plain, 6, 8);
  const [hour, minute] = [digits(plain, 8, 10), digits(plain, 10, 12)];
  const moment = new Date(digits(plain, 0, 4), month - 1, day, hour, minute, digits(plain, 12, 14));
  return moment.getMonth() === month - 1 && moment.getDate() === day ? moment.getTime() : null;
}

function withoutSigns(written: string): string | null {
  const parts = /^(\d{4})-?(\d\d)-?(\d\d)[ T]?(\d\d):?(\d\d):?(\d\d)$/.exec(written);
  return parts === null ? null : parts.slice(1).join('');
}

/** A number in a text, character by character: a pattern takes many times as long, and every status report has a time. NaN: not only digits. */
function digits(written: string, from: number, to: number): number {
  let number = 0;
  for (let at = from; at < to; at += 1) {
    const digit = written.charCodeAt(at) - 48;
    number = digit >= 0 && digit <= 9 ? number * 10 + digit : NaN;
  }
  return number;
}

export const yyyyMMddHHmmss = { unit: 'yyyyMMddHHmmss' } as const satisfies Values;
const money = { unit: 'fen', range: { min: 0, max: null } } as const satisfies Values;

/**
 * The machine's number: whole and above 0, because neither program connects with another number [field3]. Digits as text count too [ours].
 * Checked in every message; required where the document requires it.
 */
export const vmcNo = (source: Source): Field<number | null, never, never> => ({
  ...integer('vmc_no', { judged: true }),
  read: (value) => {
    const number = toInteger(value);
    return number === null || number < 1 ? null : number;
  },
  source,
});

const number = text('order_no', { secrecy: 'order' });
export const orderNo: typeof number = {
  ...number,
  read: (value) => {
    const read = toText(value);
    return read !== null && typeof value === 'string' && isLongNumber(value) ? shortNumber(read) : read;
  },
};
export const productId = integer('product_id', { range: { min: 1, max: null } });
export const payTypes = ['wx_pub', 'alipay', 'fastcode'] as const;
export const payType = text('paytype', { values: payTypes });
export const isPaid = flag('paydone');
export const qrType = text('qr_type', { values: ['all', 'wx_pub', 'alipay'] });
export const sessionId = text('session_id');

export const price = (spelling: string | Names): Field<number | null, 'price', never> =>
  integer(spelling, { means: 'price', ...money });

export const fastcode = integer('fastcode', { unit: 'digits' });

export const status = word('status', {
  values: ['clearerror', 'cupblock', 'dooropen', 'doorclose', 'supply', 'machinelock'],
});

/** Amounts by material id, as received: texts, with 9999 and 100000 as sentinels [field]. */
export const supply = texts(['supply', 'supplys', 'supplies'], {
  unit: 'materialId',
  each: { means: 'supplyAmount', type: 'text', unit: 'none' },
});
