import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useEffect, useEffectEvent, useRef } from 'react';
import { productNumbers } from '#shared/commands/kit/products';
import type { Platform } from '#shared/model/machine';
import { productWords } from '../../../../text/orderWords';
import { useWords } from '../../../../text/useWords';
import { moveOnEnter } from '../../../../ui/cellKeys';
import { changeOf } from './priceChanges';
import { pasteRows, type PriceColumn, type PriceLists, type PriceRow, type ReadRow } from './priceRows';
import type { PricedProducts } from './products';
import classes from './Ask.module.css';

interface PriceTableProps {
  readonly vmcNo: number;
  readonly platform: Platform | null;
  readonly rows: readonly PriceRow[];
  /** The parsed rows. */
  readonly read: readonly ReadRow[];
  readonly products: PricedProducts;
  readonly priceLabel: string;
  readonly columns: readonly PriceColumn[];
  /** Someone has changed the rows. */
  readonly isBegun: boolean;
  readonly onType: (rows: readonly PriceRow[]) => void;
  /** The rows that are left. */
  readonly onRemove: (rows: readonly PriceRow[]) => void;
  /** Spreadsheet cells were pasted; tooMuch: more than allowed. */
  readonly onPasted: (rows: readonly PriceRow[] | { readonly lists: PriceLists } | 'tooMuch') => void;
}

/** Typed prices, each with its error or its change beside it. */
export function PriceTable({
  vmcNo,
  rows,
  read,
  platform,
  products,
  priceLabel,
  columns,
  isBegun,
  onType,
  onRemove,
  onPasted,
}: PriceTableProps) {
  const words = useWords();
  const { t } = words;
  const label = (column: PriceColumn): string =>
    column === 'price' ? priceLabel : t(`command.setPrices.form.${column}`);
  const currentOf = ({ product }: PriceRow): string => {
    const now = products.prices.get(Number(product));
    return now === undefined ? '' : words.yuan(now);
  };
  const set = (at: number, column: PriceColumn, value: string): void =>
    onType(rows.map((row, i) => (i === at ? { ...row, [column]: value } : row)));
  // The known products may arrive after the dialog has opened, with the focus on the empty product.
  const firstOf: PriceColumn = rows[0]?.product === '' ? 'product' : 'price';
  const table = useRef<HTMLTableElement>(null);
  const moveTo = useEffectEvent((column: PriceColumn) => {
    const cells = table.current?.querySelectorAll<HTMLInputElement>('[data-first-row] input');
    const focused = [...(cells ?? [])].find((cell) => cell === document.activeElement);
    if (!isBegun && focused !== undefined) cells?.[columns.indexOf(column)]?.focus();
  });
  useEffect(() => moveTo(firstOf), [firstOf]);
  return (
    <div className={classes['scroll']}>
      <table ref={table} className={classes['prices']} aria-label={t('command.setPrices.form.table')}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col" data-column={column}>
                {label(column)}
              </th>
            ))}
            <th scope="col">{t('command.setPrices.form.now')}</th>
            <th scope="col">{t('command.setPrices.form.change')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => {
            const { problem = null } = read[at] ?? {};
            const bad = problem === 'twice' ? 'product' : problem === 'fen' ? 'price' : problem;
            const last = at === rows.length - 1;
            return (
              // Only their position distinguishes rows.
              // oxlint-disable-next-line react/no-array-index-key
              <tr key={at} data-wrong={problem ?? undefined} data-first-row={at === 0 || undefined}>
                {columns.map((column) => (
                  <td key={column} data-column={column}>
                    <input
                      aria-label={t('command.setPrices.form.cell', { column: label(column), row: at + 1 })}
                      aria-invalid={bad === column || undefined}
                      data-autofocus={(at === 0 && column === firstOf) || undefined}
                      inputMode="decimal"
                      autoComplete="off"
                      maxLength={200}
                      value={row[column]}
                      onChange={(event) => set(at, column, event.currentTarget.value)}
                      onKeyDown={moveOnEnter}
                      onPaste={(event) => {
                        const pasted = pasteRows(
                          rows,
                          at,
                          column,
                          event.clipboardData.getData('text/plain'),
                          vmcNo,
                          isBegun,
                          new Set(products.known.map(({ productId }) => productId)),
                        );
                        if (pasted === null) return;
                        event.preventDefault();
                        onPasted(pasted);
                      }}
                    />
                  </td>
                ))}
                <td className={classes['rowNow']}>{currentOf(row)}</td>
                <td className={classes['rowNote']}>
                  <RowNote row={row} read={read[at]} platform={platform} products={products} />
                  {!last && (
                    <ActionIcon
                      aria-label={t('command.setPrices.form.remove', { row: at + 1 })}
                      onClick={() => onRemove(rows.filter((_, i) => i !== at))}
                    >
                      <IconX size={13} />
                    </ActionIcon>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

interface RowNoteProps extends Pick<PriceTableProps, 'platform' | 'products'> {
  readonly row: PriceRow;
  readonly read: ReadRow | undefined;
}

/** The error of a row; otherwise its product and its change. */
function RowNote({ row, read, platform, products: { known, prices, unproved } }: RowNoteProps) {
  const words = useWords();
  const { t } = words;
  const { price = null, problem = null } = read ?? {};
  if (problem !== null)
    return (
      <span className={classes['wrong']}>
        {t(`command.setPrices.form.bad.${problem}`, {
          product: row.product.trim(),
          ...productNumbers(platform),
        })}
      </span>
    );
  const number = Number(row.product);
  const change = price === null ? null : changeOf(price, prices);
  const sent = unproved.get(number);
  const product = known.find(({ productId }) => productId === number);
  const name =
    product && productWords(words, { productName: product.name?.value ?? null, productId: number });
  const from = product?.price?.from;
  return (
    <span className="dim">
      {name}
      {name !== undefined && change !== null && ' · '}
      {change?.kind === 'changed' && (
        <strong>
          {words.yuan(change.from)} → {words.yuan(change.to)}
        </strong>
      )}
      {change?.kind === 'same' && t('command.setPrices.form.same')}
      {change?.kind === 'unknown' && t('command.setPrices.form.unknown')}
      {from !== undefined && ` · ${t(`products.from.${from}`)}`}
      {sent !== undefined && (
        <>
          {' '}
          ·{' '}
          {t('command.setPrices.form.unproved', {
            amount: words.yuan(sent.price),
            at: words.dateTime(sent.at),
          })}
        </>
      )}
    </span>
  );
}
