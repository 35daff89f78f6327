/** What a frame means, in a few words, from its command and the beginning of its body. */
import type { FrameRow, JsonObject, JsonValue } from '#shared/model/frame';
import { readAmount } from '#shared/materials';
import { tasteWords } from './fieldWords';
import { visible } from './visible';
import type { Words } from './words';

/** A body as a list line has it: `whole` false when it goes on. */
interface Body {
  readonly json: JsonObject;
  readonly whole: boolean;
  readonly text: string;
}
type Meaning = (words: Words, body: Body, row: FrameRow) => string | null;

/** The text of the list's command column. */
export function entryName({ t }: Words, { kind, cmd }: FrameRow): string {
  return kind === 'frame' ? (cmd === null ? t('frames.noCmd') : visible(cmd)) : t(`frames.kind.${kind}`);
}

/** "past: 10:00:03 – 10:20:00": with their days where that is not today. */
export function pastSpanText(
  words: Words,
  { from, to }: { readonly from: number | null; readonly to: number },
  now: number,
): string {
  const today = words.date(now);
  const moment = (at: number): string => {
    const [date, time] = [words.date(at), words.clock(at).slice(0, 8)];
    return date === today ? time : `${date} ${time}`;
  };
  return from === null
    ? words.t('frames.pastUntil', { to: moment(to) })
    : words.t('frames.past', { from: moment(from), to: moment(to) });
}

export const endText = (address: string, port: number): string =>
  address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;

/** `null`: nothing beyond the command's own name, or a command nobody knows. */
export function frameMeaning(words: Words, row: FrameRow): string | null {
  const meaning = meaningOf(words, row);
  return meaning === null ? null : visible(meaning);
}

function meaningOf(words: Words, row: FrameRow): string | null {
  const { peer, reason } = row;
  if (peer !== undefined)
    return words.t('phrase.opened', {
      from: endText(peer.remoteAddress, peer.remotePort),
      port: peer.localPort,
    });
  if (reason !== undefined) return words.t(`close.${reason}`);
  if (row.kind === 'finding') return row.findings.map(words.finding).join(' ');
  if (row.cmd === null) return null;
  const meaning = Object.hasOwn(meanings, row.cmd) ? meanings[row.cmd] : undefined;
  return meaning?.(words, parse(row.text), row) ?? words.command(row.cmd);
}

const meanings: Readonly<Record<string, Meaning>> = {
  hb: ({ t }, _body, { dir }) => (dir === 'out' ? t('message.hb.answered') : null),
  login: ({ t }, { json }) => {
    const version = text(json['version']);
    return version === null ? null : t('message.login.version', { version });
  },
  login_r: ({ t }, { json }) => {
    const ret = text(json['ret']);
    if (ret === null) return null;
    return ret === '0' ? t('message.login_r.accepted') : t('message.login_r.refused', { ret });
  },
  machinestatus: status,
  statusquery_r: status,
  querysupplies_r: status,
  error: (words, { json }) => {
    const code = text(json['errorcode']);
    if (code === null) return null;
    const params = { what: words.errorPhrase(code), code };
    // As the machine's state reads it: set unless it says that it is not.
    return isFalse(json['isset'])
      ? words.t('message.error.cleared', params)
      : words.t('message.error.set', params);
  },
  clearwarning: (words, { json }) => {
    const code = text(json['errorcode']);
    return code === null
      ? null
      : words.t('message.clearwarning.over', { what: words.errorPhrase(code), code });
  },
  qrcode: (words, { json }) => {
    const what = price(words, json['amount'] ?? json['productamount']);
    return what === null ? null : ofOrder(words, words.t('message.qrcode.price', { what }), json);
  },
  qrcode_r: (words, { json }) => {
    const kind = text(json['qrtype']);
    const what = qrTypes.find((known) => known === kind?.toLowerCase());
    return kind === null
      ? null
      : ofOrder(
          words,
          words.t('message.qrcode_r.payType', {
            what: what === undefined ? kind : words.t(`field.qrType.value.${what}`),
          }),
          json,
        );
  },
  pay_done: (words, { json }) => {
    const orderNo = order(json);
    const what = price(words, json['productamount'] ?? json['amount']);
    return orderNo === null || what === null ? null : paid(words, 'pay_done', json, orderNo, what);
  },
  paydone_r: (words, { json }) => orderSentence(words, 'paydone_r', json),
  pay_done_r: (words, { json }) => orderSentence(words, 'pay_done_r', json),
  productdone: (words, { json }) => {
    const { t } = words;
    const what = text(json['productname']) ?? product(words, json['productid']);
    if (what === null) return null;
    const amount = price(words, json['productamount'] ?? json['amount']);
    if (isTrue(json['isok'])) {
      const made = t('message.productdone.made', { what });
      return amount === null ? made : t('phrase.and', { a: made, b: amount });
    }
    const why = text(json['failreason']);
    return why === null
      ? t('message.productdone.failed', { what })
      : t('message.productdone.failedWhy', { what, why: words.errorPhrase(why) });
  },
  productdone_r: (words, { json }) => orderSentence(words, 'productdone_r', json),
  checkorder: (words, { json }) => orderSentence(words, 'checkorder', json),
  checkorder_r: (words, { json }) => {
    const orderNo = order(json);
    const what = price(words, json['amount']);
    return orderNo === null || what === null ? null : paid(words, 'checkorder_r', json, orderNo, what);
  },
  rinsingrecord: ({ t }, { json }) =>
    json['isok'] === undefined
      ? null
      : t(isTrue(json['isok']) ? 'message.rinsingrecord.rinsed' : 'message.rinsingrecord.failed'),
  products: make,
  priceset: ({ t }, { json, whole, text: body }) => {
    const list = json['price'];
    if (Array.isArray(list)) return t('message.priceset.prices', { count: list.length });
    const begun = [...body.matchAll(/\[\s*\d/g)].length;
    return whole || begun === 0 ? null : t('message.priceset.pricesMore', { n: begun - 1 });
  },
  discount: ({ t }, { json }) => {
    const percent = text(json['discount']);
    return percent === null ? null : t('message.discount.percent', { percent });
  },
  upgrade: ({ t }, { json }) => {
    const where = text(json['dir']);
    return where === null ? null : t('message.upgrade.from', { where });
  },
  remote: (words, body) => {
    const operation = text(body.json['operation']);
    if (operation === null) return null;
    const plain = operation === 'products' ? make(words, body) : words.command(operation);
    return words.t('message.remote.operation', { operation: plain ?? operation });
  },
};

function status(words: Words, { json, text: body }: Body): string | null {
  const { t } = words;
  const written = text(json['status']);
  const word = written?.toLowerCase() ?? '';
  if (word === 'machinelock') {
    const lock = json['islock'] ?? json['locked'];
    if (isTrue(lock)) return t('message.machinestatus.locked');
    if (isFalse(lock)) return t('message.machinestatus.unlocked');
  }
  if (word === 'supply' || (written === null && json['supply'] !== undefined)) {
    const what = supplies(words, json, body);
    if (what !== '') return t('message.machinestatus.supplies', { what });
  }
  return isStatusWord(word) ? t(`message.machinestatus.is.${word}`) : written;
}

/** Materials that have a name, with the amounts that are one. */
function supplies(words: Words, json: JsonObject, body: string): string {
  const nested = json['supply'] ?? json['supplys'] ?? json['supplies'];
  const found =
    typeof nested === 'object' && nested !== null
      ? (nested as JsonObject)
      : Object.fromEntries(members(body, false));
  const amounts = Object.entries(found).flatMap(([id, value]): string[] => {
    const amount = text(value);
    if (!/^\d+$/.test(id) || amount === null || readAmount(amount).kind !== 'amount') return [];
    return [words.t('message.machinestatus.amountOf', { what: words.material(id), amount })];
  });
  return amounts.length === 0 ? '' : amounts.reduce((a, b) => words.t('phrase.and', { a, b }));
}

function make(words: Words, { json }: Body): string | null {
  const what = product(words, json['productid']);
  if (what === null) return null;
  const taste = tasteWords(words, text(json['fastcode']) ?? '');
  return taste === null
    ? words.t('message.products.drink', { what })
    : words.t('message.products.drinkTaste', { what, taste });
}

function paid(
  { t }: Words,
  cmd: 'pay_done' | 'checkorder_r',
  json: JsonObject,
  orderNo: string,
  what: string,
): string {
  return t(`message.${cmd}.${isTrue(json['paydone']) ? 'paid' : 'notPaid'}`, { orderNo, what });
}

function ofOrder(words: Words, what: string, json: JsonObject): string {
  const orderNo = order(json);
  return orderNo === null ? what : words.t('phrase.forOrder', { what, orderNo });
}

function orderSentence(
  { t }: Words,
  cmd: 'paydone_r' | 'pay_done_r' | 'productdone_r' | 'checkorder',
  json: JsonObject,
): string | null {
  const orderNo = order(json);
  return orderNo === null ? null : t(`message.${cmd}.order`, { orderNo });
}

/** The last characters of a long one: those tell orders apart, and the line has room for no more. */
function order(json: JsonObject): string | null {
  const orderNo = text(json['orderno']);
  return orderNo === null || orderNo.length <= 12 ? orderNo : `…${orderNo.slice(-6)}`;
}

function price(words: Words, value: JsonValue | undefined): string | null {
  const fen = text(value);
  return fen === null || !/^-?\d+$/.test(fen) ? null : words.yuan(Number(fen));
}

function product(words: Words, value: JsonValue | undefined): string | null {
  const id = text(value);
  return id === null ? null : words.t('machine.product', { id });
}

const qrTypes = ['all', 'wx_pub', 'alipay'] as const;
const statusWords = ['clearerror', 'cupblock', 'dooropen', 'doorclose', 'supply', 'machinelock'] as const;
function isStatusWord(word: string): word is (typeof statusWords)[number] {
  return (statusWords as readonly string[]).includes(word);
}

function text(value: JsonValue | undefined): string | null {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

function isFalse(value: JsonValue | undefined): boolean {
  return value === false || value === 0 || (typeof value === 'string' && /^\s*(?:false|0)\s*$/i.test(value));
}

function isTrue(value: JsonValue | undefined): boolean {
  return value === true || value === 1 || (typeof value === 'string' && /^\s*(?:true|1)\s*$/i.test(value));
}

/** A list line carries the beginning of a body only, so a long one may not parse: then its members are looked for one by one. */
function parse(body: string): Body {
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value === 'object' && value !== null)
      return { json: folded(Object.entries(value)), whole: true, text: body };
  } catch {
    // Cut off, or with a mistake.
  }
  return { json: folded(members(body, true)), whole: false, text: body };
}

/** As the protocol's reader takes them: `ProductId` and `product_id` are one name. */
const folded = (entries: readonly (readonly [string, JsonValue])[]): JsonObject =>
  Object.fromEntries(entries.map(([name, value]) => [name.replace(/[_\s-]/g, '').toLowerCase(), value]));

const piece =
  /([{[])|([}\]])|"(\w+)"\s*:\s*(?:"([^"\\]*)"|(true|false|-?\d+(?:\.\d+)?))|"(?:[^"\\]|\\[^])*"?/g;
/** In their order: of two with one name the later counts, as for every reader of JSON. `outer`: without what is held by others. */
function members(body: string, outer: boolean): readonly (readonly [string, JsonValue])[] {
  const found: (readonly [string, JsonValue])[] = [];
  // The second half of an object that was cut in two has no brace in front.
  let depth = body.trimStart().startsWith('{') ? 0 : 1;
  for (const [, open, close, name, string, literal] of body.matchAll(piece)) {
    if (open !== undefined) depth += 1;
    else if (close !== undefined) depth -= 1;
    else if (name !== undefined && (!outer || depth === 1)) found.push([name, string ?? (literal as string)]);
  }
  return found;
}
