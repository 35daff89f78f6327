/** Every command of both directions with its members: docs/protocol.md, "Machine to server" and "Server to machine". */
import type { Direction } from '../model/frame';
import { valuesOf, type MeaningName, type Range } from './fields';

/** Who says so: the vendor's document, or what was seen of real machines. */
export type Source = 'doc' | 'field';

export interface FieldRow {
  /** Every spelling on the wire, the usual one first; case and `_` aside they are one name. */
  readonly names: readonly [string, ...string[]];
  /** Members whose names vary. */
  readonly pattern?: RegExp;
  readonly means: MeaningName;
  readonly source: Source;
  /** What each member of an object, or each element of a list, means. */
  readonly each?: Inner;
}
interface Inner {
  readonly means: MeaningName;
  /** What the elements of that one mean, by their place. */
  readonly places?: readonly Place[];
}
interface Place {
  readonly means: MeaningName;
  /** Where it is another one than everywhere else. */
  readonly range?: Range;
}

export interface MessageRow {
  readonly names: readonly [string, ...string[]];
  readonly dirs: readonly Direction[];
  readonly source: Source;
  readonly fields: readonly FieldRow[];
}

const field =
  (source: Source) =>
  (means: MeaningName, ...names: readonly [string, ...string[]]): FieldRow => ({ names, means, source });
const doc = field('doc');
const seen = field('field');

/** The source is where `vmc_no` stands in this message. */
const say = (
  dirs: readonly Direction[],
  source: Source,
  names: readonly [string, ...string[]],
  ...fields: readonly FieldRow[]
): MessageRow => ({ names, dirs, source, fields });

const from = ['in'] as const;
const to = ['out'] as const;
const both = ['in', 'out'] as const;

const vmcNo = doc('vmcNo', 'vmc_no');
const ownNumber = seen('vmcNo', 'vmc_no');
const orderNo = doc('orderNo', 'order_no');
const knownOrder = seen('orderNo', 'order_no');
const supply: FieldRow = {
  ...seen('supply', 'supply', 'supplys', 'supplies'),
  each: { means: 'supplyAmount' },
};
const drink = (source: ReturnType<typeof field>): readonly FieldRow[] => [
  source('productId', 'product_id'),
  source('fastcode', 'fastcode'),
  source('isPaid', 'paydone'),
  source('payType', 'paytype'),
];

export const messages: readonly MessageRow[] = [
  say(both, 'doc', ['hb'], vmcNo),
  say(
    from,
    'doc',
    ['login'],
    vmcNo,
    doc('loginDate', 'timestamp'),
    doc('sign', 'sign'),
    doc('version', 'version'),
    doc('driverVersion', 'linuxDriverVersion'),
    seen('ioVersion', 'io_version'),
    seen('model', 'vmc_model'),
    seen('loginCount', 'login_count'),
    seen('compId', 'comp_id'),
    { ...seen('boardVersion', '*version*'), pattern: /version/i },
  ),
  say(
    to,
    'doc',
    ['login_r'],
    vmcNo,
    doc('serverTime', 'date_time'),
    doc('ret', 'ret'),
    seen('carrierCode', 'carrier_code'),
    seen('serverList', 'server_list'),
  ),
  say(
    from,
    'doc',
    ['machinestatus'],
    vmcNo,
    doc('status', 'status'),
    supply,
    seen('isLocked', 'islock', 'locked'),
    seen('statusTime', 'time', 'datetime', 'timestamp'),
  ),
  say(
    from,
    'doc',
    ['error'],
    vmcNo,
    doc('errorTime', 'datetime'),
    doc('errorCode', 'error_code'),
    doc('errorDescription', 'error_description'),
    doc('isSet', 'isSet'),
    doc('isFatal', 'is_fatal_error'),
    doc('isPersistent', 'is_persistence_error', 'is_pessistance_error', 'is_persistance_error'),
  ),
  say(to, 'field', ['error_r'], ownNumber),
  say(
    from,
    'doc',
    ['qrcode'],
    vmcNo,
    doc('qrType', 'qr_type'),
    doc('productId', 'product_id'),
    doc('price', 'Amount', 'product_amount'),
    orderNo,
  ),
  say(to, 'doc', ['qrcode_r'], vmcNo, doc('qrType', 'qr_type'), doc('qrCode', 'qrcode'), orderNo),
  say(
    from,
    'doc',
    ['productdone'],
    vmcNo,
    doc('productName', 'ProductName'),
    doc('productId', 'ProductId'),
    doc('price', 'ProductAmount', 'Amount'),
    doc('payType', 'PayType'),
    doc('isMade', 'isok'),
    orderNo,
    seen('orderTime', 'timestamp'),
    seen('nameKey', 'nameKey'),
    seen('resendTimes', 'order_resend_times'),
    seen('orderUploaded', 'order_uploaded'),
    seen('failReason', 'failreason'),
  ),
  say(to, 'field', ['productdone_r'], ownNumber, knownOrder, seen('orderTaken', 'isOk')),
  say(from, 'field', ['checkorder'], ownNumber, knownOrder, seen('productId', 'product_id')),
  say(
    to,
    'field',
    ['checkorder_r'],
    ownNumber,
    knownOrder,
    seen('productId', 'product_id'),
    seen('price', 'Amount'),
    seen('payType', 'paytype'),
    seen('isPaid', 'paydone'),
  ),
  say(
    from,
    'field',
    ['rinsingrecord'],
    ownNumber,
    seen('recordId', 'c_uid'),
    seen('isRinsed', 'isok'),
    seen('rinsingCode', 'rinsing_code'),
    seen('recordTime', 'timestamp'),
  ),
  say(to, 'field', ['rinsingrecord_r'], seen('recordId', 'c_uid'), ownNumber),
  say(from, 'field', ['paydone_r', 'pay_done_r'], ownNumber, knownOrder),
  say(both, 'field', ['statusquery'], ownNumber, seen('status', 'status'), supply),
  say(from, 'field', ['statusquery_r'], ownNumber, seen('status', 'status'), supply),
  say(both, 'field', ['querysupplies'], ownNumber, seen('status', 'status'), supply),
  say(from, 'field', ['querysupplies_r'], ownNumber, seen('status', 'status'), supply),
  say(from, 'field', ['feedrecord'], ownNumber),
  say(to, 'field', ['feedrecord_r'], ownNumber),
  say(from, 'field', ['upordrecipe'], ownNumber),
  say(to, 'field', ['upordrecipe_r'], ownNumber),
  say(
    to,
    'doc',
    ['pay_done'],
    vmcNo,
    doc('price', 'product_amount'),
    orderNo,
    doc('isPaid', 'paydone'),
    doc('payType', 'paytype'),
  ),
  say(to, 'doc', ['products'], vmcNo, ...drink(doc)),
  say(to, 'doc', ['reboot'], vmcNo),
  say(to, 'doc', ['opendoor', 'door open'], vmcNo),
  say(to, 'doc', ['rinsing'], vmcNo),
  say(to, 'doc', ['priceset'], vmcNo, {
    ...doc('priceList', 'price'),
    each: {
      means: 'priceRow',
      // From 100 [field].
      places: [
        { means: 'productId', range: { min: 100, max: null } },
        { means: 'price' },
        { means: 'priceType' },
      ],
    },
  }),
  say(to, 'doc', ['discount'], vmcNo, doc('discount', 'discount')),
  say(
    to,
    'doc',
    ['upgrade'],
    vmcNo,
    doc('upgradeDir', 'dir'),
    seen('upgradeType', 'type'),
    seen('sessionId', 'session_id'),
  ),
  // Of android's operations only `products` brings members of its own.
  say(
    to,
    'field',
    ['remote'],
    ownNumber,
    seen('operation', 'operation'),
    seen('sessionId', 'session_id'),
    ...drink(seen),
  ),
];

/** android lengthens some bodies with it [field]. */
const everywhere: readonly FieldRow[] = [doc('cmd', 'cmd'), seen('padding', 'padding')];

const byName = new Map(messages.flatMap((row) => row.names.map((name) => [name, row] as const)));

/** Every command there is, in the order of the tables. */
export const commandWords: readonly string[] = messages.flatMap(({ names }) => names);

/** Whatever its case. */
export function messageRow(cmd: string): MessageRow | null {
  return byName.get(cmd.trim().toLowerCase()) ?? null;
}

export interface FieldMeaning {
  readonly means: MeaningName;
  readonly source: Source;
}

/** What a member means: `['Amount']`, `['supply', '10009']`, `['price', 0, 1]`; `null`: nobody knows. */
export function fieldMeaning(cmd: string | null, path: readonly (string | number)[]): FieldMeaning | null {
  const [name, ...inner] = path;
  if (typeof name !== 'string') return null;
  const row = fieldRow(cmd, name);
  if (row === null) return null;
  const { each, source } = row;
  if (inner.length === 0) return { means: row.means, source };
  if (each === undefined) return null;
  if (inner.length === 1) return { means: each.means, source };
  const place = inner[1];
  const means = inner.length === 2 && typeof place === 'number' ? each.places?.[place]?.means : undefined;
  return means === undefined ? null : { means, source };
}

/** The row of a member, with what it holds. */
export function fieldRow(cmd: string | null, name: string): FieldRow | null {
  const own = cmd === null ? null : messageRow(cmd);
  const rows = [...(own?.fields ?? []), ...everywhere, ...(own === null ? [ownNumber] : [])];
  const wanted = fold(name);
  return (
    rows.find(({ names }) => names.some((one) => one === name)) ??
    rows.find(({ names }) => names.some((one) => fold(one) === wanted)) ??
    rows.find(({ pattern }) => pattern?.test(name) === true) ??
    null
  );
}

/** The values with words of their own that a member may have in some message, each with its meaning; `null`: it has several. */
export function valuesOfMember(name: string): ReadonlyMap<string, MeaningName | null> {
  const wanted = fold(name);
  const found = new Map<string, MeaningName | null>();
  for (const { names, means } of messages.flatMap(({ fields }) => fields))
    if (names.some((one) => fold(one) === wanted))
      for (const value of valuesOf(means))
        found.set(value, (found.get(value) ?? means) === means ? means : null);
  return found;
}

/** As the protocol's reader takes them: `ProductId` and `product_id` are one name. */
function fold(name: string): string {
  return name.replace(/[_\s-]/g, '').toLowerCase();
}
