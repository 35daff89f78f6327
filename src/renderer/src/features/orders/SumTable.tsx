import {
  countOf,
  type OrderBucket,
  type OrderSum,
  type OrderSumKind,
  type OrderSums,
  type SumList,
} from '#shared/model/orderSums';
import { choiceOf } from '../../store/orderTotals';
import type { OrderChoice } from '../../store/orders';
import { useWords } from '../../text/useWords';
import { Boundary } from '../../ui/Boundary';
import { sumName } from '../../text/orderWords';
import classes from './Totals.module.css';

const columnNames = ['made', 'failed', 'unpaid', 'open', 'free', 'rehearsed'] as const;
export type Column = (typeof columnNames)[number];
const bucketsOf = (column: Column): readonly [OrderBucket, ...OrderBucket[]] =>
  column === 'rehearsed' ? ['rehearsedMade', 'rehearsedOther'] : [column];
const notes: Readonly<
  Partial<Record<Column, 'orderTotals.openNote' | 'orderTotals.freeNote' | 'orderTotals.rehearsedNote'>>
> = {
  open: 'orderTotals.openNote',
  free: 'orderTotals.freeNote',
  rehearsed: 'orderTotals.rehearsedNote',
};

/** The columns with any orders: beside a list there is no space for empty ones. */
export const columnsOf = (totals: OrderSums['totals']): readonly Column[] =>
  columnNames.filter(
    (column) => column === 'made' || totals.some((sum) => countOf(sum, ...bucketsOf(column)).count > 0),
  );

interface SumTableProps {
  readonly columns: readonly Column[];
  readonly kind: OrderSumKind;
  readonly sums: SumList;
  /** There are orders in several currencies: each line names its own. */
  readonly several: boolean;
  readonly choice: OrderChoice;
  /** The span of the sums; `null`: all orders. */
  readonly during: OrderChoice['during'];
  readonly onChoose: (choice: OrderChoice) => void;
}

/** Sums of one kind, each with a link to its orders. */
export function SumTable({
  kind,
  sums: { lines, left },
  several,
  columns,
  choice,
  during,
  onChoose,
}: SumTableProps) {
  const { t } = useWords();
  const most = Math.max(1, ...lines.map((sum) => countOf(sum).count));
  const head = { days: 'day', products: 'product', payTypes: 'payType' } as const;
  return (
    <div className={classes['kind']}>
      <h3>{t(`orderTotals.${kind}`)}</h3>
      <table>
        <thead>
          <tr>
            <th scope="col">{t(`orderTotals.${head[kind]}`)}</th>
            <th scope="col" title={t('orderTotals.moneyNote')}>
              {t('orderTotals.money')}
            </th>
            {columns.map((column) => (
              <th key={column} scope="col" title={notes[column] === undefined ? '' : t(notes[column])}>
                {t(column === 'rehearsed' ? 'orderTotals.rehearsed' : `orderTotals.bucket.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((sum) => (
            <Boundary
              key={`${sum.currency} ${sum.key}`}
              as="tableRow"
              where={`totals: ${kind} ${sum.key}`}
              of={sum}
            >
              <SumRow
                kind={kind}
                sum={sum}
                columns={columns}
                several={several}
                most={most}
                onChoose={() =>
                  onChoose(choiceOf(kind, sum, { chosen: choice.during, summed: during }, several))
                }
              />
            </Boundary>
          ))}
        </tbody>
      </table>
      {left > 0 && <p className="dim">{t('orderTotals.more', { count: left })}</p>}
    </div>
  );
}

interface SumRowProps extends Pick<SumTableProps, 'kind' | 'columns' | 'several'> {
  readonly sum: OrderSum;
  /** Orders of the largest line. */
  readonly most: number;
  readonly onChoose: () => void;
}
function SumRow({ kind, sum, columns, several, most, onChoose }: SumRowProps) {
  const words = useWords();
  const alone = sumName(words, kind, sum);
  const name = several ? `${alone} · ${sum.currency}` : alone;
  const money = countOf(sum, 'made');
  const numbers = (count: number): string => (count === 0 ? '' : words.number(count));
  return (
    <tr>
      <th scope="row">
        <button type="button" title={words.t('orderTotals.only', { what: name })} onClick={onChoose}>
          {name}
        </button>
        <span
          className={classes['bar']}
          style={{ width: `${(countOf(sum).count / most) * 100}%` }}
          aria-hidden
        />
      </th>
      <td>{money.count === 0 ? '' : words.amountIn(sum.currency, money.amount)}</td>
      {columns.map((column) => (
        <td key={column} data-rehearsed={column === 'rehearsed' || undefined}>
          {numbers(countOf(sum, ...bucketsOf(column)).count)}
        </td>
      ))}
    </tr>
  );
}
