/** Order totals. Rows are read in parts, newest first, so that writes never wait for a long query. */
import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import type { Facts } from '#shared/contract/request';
import type { OrderCursor } from '#shared/model/history';
import {
  bucketOf,
  noCells,
  type OrderBucket,
  type OrderCell,
  type OrderSum,
  type OrderSumKind,
  type AllOrderSums,
  type OrderSumsQuery,
} from '#shared/model/orderSums';
import { boolOrNull, eachRow, numberOrNull, textOrNull, type Row } from '../store/columns';

export interface OrderSumsRequest
  extends OrderSumsQuery, Pick<Facts, 'rehearses' | 'currencies' | 'currency'> {
  /** Only older orders; `null`: starts with the newest. */
  readonly before: OrderCursor | null;
}

export interface PartialSums extends Omit<AllOrderSums, 'at'> {
  /** Where the next call continues; `null`: no orders remain. */
  readonly next: OrderCursor | null;
}

/** Maximum ms per call, and rows between checks of the time. */
const budget = 40;
const stride = 256;

export function orderSums(
  db: DatabaseSyncInstance,
  request: OrderSumsRequest,
  clock: () => number = () => performance.now(),
): PartialSums {
  const { rehearses, currencies, currency: usual } = request;
  const sums: Readonly<Record<OrderSumKind, Groups>> = {
    days: new Groups(),
    products: new Groups(),
    payTypes: new Groups(),
  };
  const dayOf = days();
  let unread = 0;
  let seen = 0;
  let next: OrderCursor | null = null;
  const begun = clock();
  for (const row of rowsOf(db, request)) {
    const at = Number(row['at']);
    seen += 1;
    if (row['readable'] !== 1) unread += 1;
    else {
      const payType = textOrNull(row['pay_type'])?.trim() ?? null;
      const outcome = {
        made: boolOrNull(row['made']),
        doneTimes: Number(row['done_times']),
        paid: boolOrNull(row['paid']),
        paidByServer: row['paid_by_server'] === 1,
        payType,
        isVirtual: row['virtual'] === 1,
      };
      const bucket = bucketOf(outcome, rehearses);
      const amount = numberOrNull(row['amount']) ?? 0;
      const currency = currencies[Number(row['vmc_no'])] ?? usual;
      const name = textOrNull(row['name'])?.trim() || null;
      sums.days.add({ key: String(dayOf(at)), name: null, currency, bucket, amount });
      sums.products.add({ key: productOf(row), name, currency, bucket, amount });
      sums.payTypes.add({ key: payType ?? '', name: null, currency, bucket, amount });
    }
    if (seen % stride === 0 && clock() - begun >= budget) {
      next = { at, entry: Number(row['id']) };
      break;
    }
  }
  const { days: byDay, products, payTypes } = sums;
  return { days: byDay.all, products: products.all, payTypes: payTypes.all, unread, next };
}

/** Skips damaged rows. The list reads whole rows and moves them aside. */
function rowsOf(
  db: DatabaseSyncInstance,
  { vmcNo, from, to, before }: Pick<OrderSumsRequest, 'vmcNo' | 'from' | 'to' | 'before'>,
): Iterable<Row> {
  const conditions: string[] = [];
  const values: number[] = [];
  const only = (condition: string, ...given: readonly number[]): void => {
    conditions.push(condition);
    values.push(...given);
  };
  if (vmcNo !== null) only('vmc_no = ?', vmcNo);
  if (from !== null) only('at >= ?', from);
  if (to !== null) only('at < ?', to);
  if (before !== null) only('(at, id) < (?, ?)', before.at, before.entry);
  const where = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
  const member = (path: string): string => `json_extract(kept, '$.${path}')`;
  const rows = db.prepare(
    `SELECT id, vmc_no, at, done_times, kept IS NOT NULL AS readable, ${member('done.value')} AS made,
         ${member('payment.value.paid')} AS paid, ${member('payType')} AS pay_type, ${member('amount')} AS amount,
         ${member('productId')} AS product, ${member('productName')} AS name,
         ${member('isVirtual')} AS virtual, ${member('paidByServer')} AS paid_by_server
       FROM (SELECT *, iif(json_valid(body), body, NULL) AS kept FROM orders ${where} ORDER BY at DESC, id DESC)`,
  );
  return eachRow(rows, ...values);
}

const productOf = ({ product }: Row): string => (typeof product === 'number' ? String(product) : '');

interface Counted extends Pick<OrderSum, 'key' | 'name' | 'currency'> {
  readonly bucket: OrderBucket;
  readonly amount: number;
}

class Groups {
  readonly #groups = new Map<string, Omit<OrderSum, 'cells'> & { cells: Record<OrderBucket, OrderCell> }>();

  add({ key, name, currency, bucket, amount }: Counted): void {
    const id = `${currency}\n${key}`;
    let group = this.#groups.get(id);
    if (group === undefined) {
      group = { key, name, currency, cells: { ...noCells } };
      this.#groups.set(id, group);
    } else if (group.name === null && name !== null) {
      group = { ...group, name };
      this.#groups.set(id, group);
    }
    const { count, amount: sum } = group.cells[bucket];
    group.cells[bucket] = { count: count + 1, amount: sum + amount };
  }

  get all(): readonly OrderSum[] {
    return [...this.#groups.values()];
  }
}

/** Start of the local day of a time. Rows are ordered, so most fall on the same day as the previous one. */
function days(): (at: number) => number {
  let [from, to] = [0, 0];
  return (at) => {
    if (at >= from && at < to) return from;
    const date = new Date(at);
    const [year, month, day] = [date.getFullYear(), date.getMonth(), date.getDate()];
    from = new Date(year, month, day).getTime();
    to = new Date(year, month, day + 1).getTime();
    return from;
  };
}
