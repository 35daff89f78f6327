/**
 * What the members of messages mean, each meaning once: several members of several messages share one. The words are in
 * locales/<language>/messages.ts under `field.<name>`.
 */

/** What a value is written as. The machine may write numbers as texts and the reverse. */
export type FieldType = 'text' | 'integer' | 'flag' | 'object' | 'list';
/** What a number counts in, or how a text is written. The words: `fieldUnit.<unit>`. */
export type FieldUnit =
  | 'fen'
  | 'percent'
  | 'yyyyMMdd'
  | 'yyyyMMddHHmmss'
  | 'dateTime' // yyyy-MM-dd HH:mm:ss
  | 'md5'
  | 'url'
  | 'digits' // three digits 0-5: strength, milk, sugar
  | 'none' // the unit is not on the wire
  | 'materialId';

/** The least and the greatest number; `null`: no limit is known. */
export interface Range {
  readonly min: number;
  readonly max: number | null;
}

interface Meaning {
  readonly type: FieldType;
  readonly unit?: FieldUnit;
  readonly range?: Range;
  /** Values that have words of their own, in lower case. */
  readonly values?: readonly string[];
}

const flag = { type: 'flag', values: ['true', 'false'] } as const;
const text = { type: 'text' } as const;
const integer = { type: 'integer' } as const;

export const meanings = {
  cmd: text,
  vmcNo: integer,
  padding: text,
  // login
  loginDate: { type: 'text', unit: 'yyyyMMdd' },
  sign: { type: 'text', unit: 'md5' },
  version: text,
  driverVersion: text,
  ioVersion: text,
  model: text,
  loginCount: integer,
  compId: text,
  boardVersion: text,
  serverTime: { type: 'text', unit: 'dateTime' },
  ret: { type: 'integer', values: ['0', '1', '2', '3'], range: { min: 0, max: 3 } },
  carrierCode: text,
  serverList: text,
  // machinestatus
  status: {
    type: 'text',
    values: ['clearerror', 'cupblock', 'dooropen', 'doorclose', 'supply', 'machinelock'],
  },
  supply: { type: 'object', unit: 'materialId' },
  supplyAmount: { type: 'text', unit: 'none' },
  isLocked: flag,
  statusTime: { type: 'text', unit: 'yyyyMMddHHmmss' },
  // error
  errorCode: text,
  errorDescription: text,
  isSet: flag,
  isFatal: flag,
  isPersistent: flag,
  /** The document's example has a date alone; machines send the time of day too [field]. */
  errorTime: text,
  // orders
  qrType: { type: 'text', values: ['all', 'wx_pub', 'alipay'] },
  qrCode: text,
  productId: { type: 'integer', range: { min: 1, max: null } },
  productName: text,
  nameKey: text,
  price: { type: 'integer', unit: 'fen', range: { min: 0, max: null } },
  orderNo: text,
  payType: { type: 'text', values: ['wx_pub', 'alipay', 'fastcode'] },
  isMade: flag,
  orderTime: { type: 'text', unit: 'yyyyMMddHHmmss' },
  resendTimes: integer,
  orderUploaded: flag,
  failReason: text,
  orderTaken: flag,
  isPaid: flag,
  fastcode: { type: 'integer', unit: 'digits' },
  // rinsing
  recordId: text,
  isRinsed: flag,
  rinsingCode: text,
  recordTime: { type: 'text', unit: 'yyyyMMddHHmmss' },
  // what is asked of a machine
  operation: { type: 'text', values: ['reboot', 'opendoor', 'rinsing', 'products', 'supplys', 'sync'] },
  sessionId: text,
  priceList: { type: 'list' },
  priceRow: { type: 'list' },
  /** What each stands for, nobody says [doc 3.9]. */
  priceType: { type: 'integer', range: { min: 0, max: 3 } },
  /** [doc 3.9] */
  discount: { type: 'integer', unit: 'percent', range: { min: 1, max: 100 } },
  upgradeDir: { type: 'text', unit: 'url' },
  upgradeType: { type: 'text', values: ['app', 'menu', 'recipe', 'io', 'ice'] },
} as const satisfies Readonly<Record<string, Meaning>>;

export type MeaningName = keyof typeof meanings;
export const meaningNames = Object.keys(meanings) as readonly MeaningName[];

/** How a value of a unit is written, blanks around it aside: those that have one form. */
export const forms = {
  yyyyMMdd: /^\d{8}$/,
  yyyyMMddHHmmss: /^\d{14}$/,
  dateTime: /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/,
  url: /^https?:\/\/\S/i,
  digits: /^[0-5]{1,3}$/, // a number has no zeros in front
} as const satisfies Readonly<Partial<Record<FieldUnit, RegExp>>>;
export type FormUnit = keyof typeof forms;
/** How values of that meaning are written; `null`: in no one form. */
export function formOf(name: MeaningName): FormUnit | null {
  const unit = unitOf(name);
  return unit !== null && unit in forms ? (unit as FormUnit) : null;
}

export const rangeOf = (name: MeaningName): Range | null => (meanings[name] as Meaning).range ?? null;
export const unitOf = (name: MeaningName): FieldUnit | null => (meanings[name] as Meaning).unit ?? null;
export const valuesOf = (name: MeaningName): readonly string[] => (meanings[name] as Meaning).values ?? [];
