import { countOf, type OrderSum, type OrderSumKind } from '#shared/model/orderSums';
import { choiceOf, inOrder } from '../../store/orderTotals';
import { anyOrder, type OrderChoice } from '../../store/orders';
import { useWords } from '../../text/useWords';
import { sumName } from './sumName';
import classes from './Totals.module.css';

/** Lines of one table; whoever makes up products must not fill the window. */
const shown = 60;

interface SumTableProps {
  readonly kind: OrderSumKind;
  readonly sums: readonly OrderSum[];
  readonly choice: OrderChoice;
  readonly onChoose: (choice: OrderChoice) => void;
}

/** Sums of one kind, each with the way to its orders. */
export function SumTable({ kind, sums, choice, onChoose }: SumTableProps) {
  const words = useWords();
  const { t } = words;
  const lines = inOrder(kind, sums);
  const most = Math.max(1, ...lines.map((sum) => countOf(sum).count));
  const head = { days: 'day', products: 'product', payTypes: 'payType' } as const;
  const numbers = (count: number): string => (count === 0 ? '' : words.number(count));
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
            <th scope="col">{t('orderTotals.bucket.made')}</th>
            <th scope="col">{t('orderTotals.bucket.failed')}</th>
            <th scope="col">{t('orderTotals.bucket.unpaid')}</th>
            <th scope="col" title={t('orderTotals.openNote')}>
              {t('orderTotals.bucket.open')}
            </th>
            <th scope="col" title={t('orderTotals.freeNote')}>
              {t('orderTotals.bucket.free')}
            </th>
            <th scope="col" title={t('orderTotals.rehearsedNote')}>
              {t('orderTotals.rehearsed')}
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.slice(0, shown).map((sum) => {
            const name = sumName(words, kind, sum);
            const money = countOf(sum, 'made');
            const count = (bucket: keyof OrderSum['cells']): string => numbers(sum.cells[bucket].count);
            const rehearsed = countOf(sum, 'rehearsedMade', 'rehearsedOther').count;
            return (
              <tr key={`${sum.currency} ${sum.key}`}>
                <th scope="row">
                  <button
                    type="button"
                    title={t('orderTotals.only', { what: name })}
                    onClick={() => onChoose(choiceOf(kind, sum, { ...anyOrder, during: choice.during }))}
                  >
                    {name}
                  </button>
                  <span
                    className={classes['bar']}
                    style={{ width: `${(countOf(sum).count / most) * 100}%` }}
                    aria-hidden
                  />
                </th>
                <td>{money.count === 0 ? '' : words.yuan(money.amount)}</td>
                <td>{count('made')}</td>
                <td>{count('failed')}</td>
                <td>{count('unpaid')}</td>
                <td>{count('open')}</td>
                <td>{count('free')}</td>
                <td data-rehearsed>{numbers(rehearsed)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {lines.length > shown && (
        <p className="dim">{t('orderTotals.more', { count: lines.length - shown })}</p>
      )}
    </div>
  );
}
