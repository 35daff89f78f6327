import { commands } from '#shared/commands/index';
import type { Price } from '#shared/commands/setPrices';
import { longestPerMachine } from '#shared/limits';
import type { Platform } from '#shared/model/machine';
import type { PerMachine } from '#shared/model/sequence';
import { labelled, listed } from '../../../../text/phrases';
import { useWords } from '../../../../text/useWords';
import classes from './Ask.module.css';
import { mostPrices, readRows, rowsOf, type PriceLists, type PriceRow, type PriceUnit } from './priceRows';

interface ReadLists {
  readonly perMachine: PerMachine;
  /** By machine: its lines of the file, and those of them that could be read. */
  readonly own: readonly {
    readonly vmcNo: number;
    readonly lines: number;
    readonly prices: readonly Price[];
  }[];
  /** Rows that are wrong or have no price, such as "33001: 801"; without a machine number: ''. */
  readonly wrong: readonly string[];
  /** Machines without lines. */
  readonly without: readonly number[];
  /** Lines for machines that were not selected. */
  readonly others: number;
  readonly isFree: boolean;
  /** More than one run may have. */
  readonly isTooLong: boolean;
}

/** The lists that gave this input. Entries without prices are not in it. */
export const listsOf = (perMachine: PerMachine): PriceLists =>
  new Map(
    perMachine.flatMap(({ machines, input }) => {
      const read = commands.setPrices.input.safeParse(input);
      const rows = read.success ? rowsOf(read.data.prices) : [];
      return machines.map((vmcNo): readonly [number, readonly PriceRow[]] => [vmcNo, rows]);
    }),
  );

/** The lists of the selected machines. Equal lists share an entry. */
export function readLists(
  lists: PriceLists,
  machines: readonly number[],
  platformOf: (vmcNo: number) => Platform | null,
  unit: PriceUnit | null,
): ReadLists {
  const wrong = (lists.get(Number.NaN) ?? []).map(() => '');
  const byPrices = new Map<string, { machines: number[]; prices: Price[] }>();
  const own: ReadLists['own'][number][] = [];
  for (const vmcNo of machines) {
    const rows = lists.get(vmcNo);
    if (rows === undefined) continue;
    const read = readRows(rows, platformOf(vmcNo), unit);
    const prices = read.flatMap(({ price }) => price ?? []);
    const bad = rows.filter(
      (_, at) => read[at]?.problem !== null || (unit !== null && read[at].price === null),
    );
    wrong.push(...bad.map(({ product }) => `${vmcNo} · ${product}`));
    if (prices.length > mostPrices) wrong.push(`${vmcNo}`);
    own.push({ vmcNo, lines: rows.length, prices });
    if (prices.length === 0) continue;
    const key = JSON.stringify(prices);
    const same = byPrices.get(key);
    if (same === undefined) byPrices.set(key, { machines: [vmcNo], prices });
    else same.machines.push(vmcNo);
  }
  const chosen = new Set(machines);
  const perMachine = [...byPrices.values()].map(({ machines: numbers, prices }) => ({
    machines: numbers,
    input: { prices },
  }));
  return {
    perMachine,
    own,
    wrong,
    without: machines.filter((vmcNo) => !lists.has(vmcNo)),
    others: [...lists].reduce(
      (sum, [vmcNo, rows]) => (chosen.has(vmcNo) || Number.isNaN(vmcNo) ? sum : sum + rows.length),
      0,
    ),
    isFree: [...byPrices.values()].some(({ prices }) => prices.some(({ price }) => price === 0)),
    isTooLong: JSON.stringify(perMachine).length > longestPerMachine,
  };
}

/** The prices for each machine, and the lines that are wrong or not used. */
export function PerMachineSummary({ lists }: { readonly lists: ReadLists }) {
  const words = useWords();
  const { t } = words;
  const { own, wrong, without, others, isFree, isTooLong } = lists;
  return (
    <>
      <ul className={classes['lists']}>
        {own.map(({ vmcNo, lines, prices }) => (
          <li key={vmcNo}>
            <strong>{vmcNo}</strong>{' '}
            {prices.length === 0
              ? t('command.setPrices.form.ready', { count: lines })
              : listed(
                  words,
                  prices.map(({ productId, price }) => labelled(words, String(productId), words.yuan(price))),
                )}
          </li>
        ))}
      </ul>
      {without.length > 0 && (
        <p>{t('command.setPrices.form.noLines', { machines: listed(words, without.map(String)) })}</p>
      )}
      {others > 0 && <p className="dim">{t('command.setPrices.form.otherMachines', { count: others })}</p>}
      {wrong.length > 0 && (
        <p className={classes['wrong']} role="alert">
          {t('command.setPrices.form.wrong', { count: wrong.length })}{' '}
          {listed(words, wrong.filter(Boolean).slice(0, 10))}
        </p>
      )}
      {isTooLong && (
        <p className={classes['wrong']} role="alert">
          {t('command.setPrices.form.perMachineTooLong')}
        </p>
      )}
      {isFree && <p className={classes['mind']}>{t('command.setPrices.form.free')}</p>}
    </>
  );
}
