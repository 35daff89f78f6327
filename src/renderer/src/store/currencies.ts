import { useMemo } from 'react';
import { currencyOf } from '#shared/model/currency';
import { useCrema, type CremaState } from './index';

/** As a text: configurations change for many other reasons, and the whole window speaks in these. */
const own = ({ configs }: CremaState): string =>
  JSON.stringify(
    Object.entries(configs).flatMap(([vmcNo, { currency }]) => (currency === '' ? [] : [[vmcNo, currency]])),
  );

/** What amounts are shown in: of all machines, and of those that have a currency of their own. */
export function useCurrencies(): {
  readonly ofAll: string;
  readonly own: Readonly<Record<number, string>>;
} {
  const ofAll = useCrema(({ settings }) => currencyOf('', settings.currency));
  const ofEach = useCrema(own);
  return useMemo(
    () => ({
      ofAll,
      own: Object.fromEntries(JSON.parse(ofEach) as readonly (readonly [string, string])[]),
    }),
    [ofAll, ofEach],
  );
}
