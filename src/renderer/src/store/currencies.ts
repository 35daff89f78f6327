import { useMemo } from 'react';
import { currencyOf } from '#shared/model/currency';
import { useCrema, type CremaState } from './index';

/** Serialised, so that other changes of configurations do not render the whole window again. */
const own = ({ configs }: CremaState): string =>
  JSON.stringify(
    Object.entries(configs).flatMap(([vmcNo, { currency }]) => (currency === '' ? [] : [[vmcNo, currency]])),
  );

/** The currencies of amounts: the common one, and those of machines with their own. */
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
