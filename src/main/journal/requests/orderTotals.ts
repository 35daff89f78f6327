/** Sums of all orders of a query: those that a screen shows, and all of them as a table. */
import type { Facts } from '#shared/contract/request';
import {
  inOrder,
  joinedSums,
  orderBuckets,
  shownSums,
  sumKinds,
  sumName,
  type AllOrderSums,
  type OrderSum,
  type OrderSumKind,
  type OrderSums,
  type OrderSumsQuery,
} from '#shared/model/orderSums';
import { csvText } from '../../core/captures/out/exportCsv';
import type { OrderSumsRequest, PartialSums } from '../queries/orderSums';
import type { JournalStore } from '../store/journalStore';

type TotalsQuery = OrderSumsQuery & Pick<Facts, 'now' | 'rehearses' | 'currencies' | 'currency'>;

export type OrderTableQuery = TotalsQuery & {
  /** The language of the dates. */
  readonly language: string;
  /** Texts by key (`text/orderWords.ts` of the window). */
  readonly words: Readonly<Record<string, string>>;
};

export const orderTotals = async (opened: () => JournalStore, query: TotalsQuery): Promise<OrderSums> =>
  shownSums(await allSums(opened, query));

export const orderTable = async (opened: () => JournalStore, query: OrderTableQuery): Promise<string> =>
  csvText(tableOf(await allSums(opened, query), query));

/** One part at a time: the thread writes entries and answers other questions in between. */
async function allSums(
  opened: () => JournalStore,
  { now: at, ...query }: TotalsQuery,
): Promise<AllOrderSums> {
  const parts: PartialSums[] = [];
  let before: OrderSumsRequest['before'] = null;
  do {
    if (before !== null) await new Promise((resolve) => setImmediate(resolve));
    const part: PartialSums = opened().orderSums({ ...query, before });
    parts.push(part);
    before = part.next;
  } while (before !== null);
  const all = (kind: OrderSumKind): readonly OrderSum[] => joinedSums(parts.flatMap((part) => part[kind]));
  const unread = parts.reduce((sum, part) => sum + part.unread, 0);
  return { days: all('days'), products: all('products'), payTypes: all('payTypes'), unread, at };
}

const amountText = (fen: number): string => (fen / 100).toFixed(2);
const isoDate = (at: number): string => new Date(at).toLocaleDateString('sv');

/** All sums with the texts of the screen, each line with its days; amounts as numbers, with the currency beside them. */
export function tableOf(
  sums: AllOrderSums,
  { from: start, language, words }: Pick<OrderTableQuery, 'from' | 'language' | 'words'>,
): string[][] {
  const word = (key: string): string => words[key] ?? key;
  const heads = orderBuckets.flatMap((bucket) => {
    const what = word(`bucket.${bucket}`);
    return [what, word('amountOf').replace('{{what}}', () => what)];
  });
  const date = new Intl.DateTimeFormat(language, { dateStyle: 'medium' });
  const texts = {
    date: (at: number) => date.format(at),
    product: (id: string) => word('product').replace('{{id}}', () => id),
    withCode: (text: string, code: string) =>
      word('withCode')
        .replace('{{text}}', () => text)
        .replace('{{code}}', () => code),
    payType: (type: string) => words[`payType.${type.toLowerCase()}`] ?? type,
    unsaid: word('unsaid'),
  };
  const lineOf = (kind: OrderSumKind, sum: OrderSum): string[] => {
    const cells = orderBuckets.flatMap((bucket) => {
      const { count, amount } = sum.cells[bucket];
      return [String(count), amountText(amount)];
    });
    const [from, to] = kind === 'days' ? [Number(sum.key), Number(sum.key)] : [start, sums.at];
    const days = [from === null ? '' : isoDate(from), isoDate(to)];
    return [word(`kind.${kind}`), sumName(texts, kind, sum), sum.currency, ...days, ...cells];
  };
  const names = ['title', 'orders', 'currency', 'from', 'to'].map((head) => word(`head.${head}`));
  const rows = sumKinds.flatMap((kind) => inOrder(kind, sums[kind]).map((sum) => lineOf(kind, sum)));
  return [[...names, ...heads], ...rows];
}
