import { useCallback } from 'react';
import type { OrderRecord } from '#shared/model/history';
import { useCrema } from '../../store';
import { useCurrencies } from '../../store/currencies';
import { isChosen, orderMatches, stageOf, yuanText, type OrderChoice } from '../../store/orders';
import { useWords } from '../../text/useWords';

/** Whether an order is chosen and found; `site`: its name is searched too. */
export function useOrderSearch(
  query: string,
  choice: OrderChoice,
): (order: OrderRecord, site?: string) => boolean {
  const { t } = useWords();
  const configs = useCrema((s) => s.configs);
  const currencies = useCurrencies();
  return useCallback(
    (order, site = '') =>
      isChosen(order, choice, currencies.own[order.vmcNo] ?? currencies.ofAll) &&
      (query === '' ||
        orderMatches(order, query, {
          name: [configs[order.vmcNo]?.name ?? '', site].join('\n'),
          stage: t(`orders.stage.${stageOf(order)}`),
          amount: order.amount === null ? '' : yuanText(order.amount),
        })),
    [query, choice, configs, currencies, t],
  );
}
