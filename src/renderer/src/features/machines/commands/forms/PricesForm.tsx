import { ActionIcon, Button, Group } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { commands } from '#shared/commands/index';
import { productNumbers } from '#shared/commands/kit/products';
import { priceMessages } from '#shared/commands/setPrices';
import type { Platform } from '#shared/model/machine';
import { useWords } from '../../../../text/useWords';
import { AskFoot } from './AskFoot';
import { createDrafts } from './drafts';
import {
  emptyRow,
  mostPrices,
  pasteRows,
  priceColumns,
  readRows,
  rowsOf,
  withEmptyEnd,
  type PriceColumn,
  type PriceRow,
} from './priceRows';
import { useSold, type Sold } from './sold';
import type { FormProps } from './types';
import classes from './Ask.module.css';

const useDraft = createDrafts<readonly PriceRow[]>();

export function PricesForm({ row, input, yes, onSend, onCancel, busy, error }: FormProps) {
  const { t } = useWords();
  const sold = useSold();
  const again = commands.setPrices.input.safeParse(input);
  const [rows, setRows, forget] = useDraft(
    `${row.vmcNo}`,
    [emptyRow],
    again.success ? withEmptyEnd(rowsOf(again.data.prices)) : null,
  );
  const change = (next: readonly PriceRow[]): void => setRows(withEmptyEnd(next));
  const read = readRows(rows, row.platform);
  const prices = read.flatMap(({ price }) => price ?? []);
  const wrong = read.filter(({ problem }) => problem !== null).length;
  const frames = priceMessages(row.vmcNo, prices).length;
  const free = prices.some(({ price }) => price === 0);
  const missing = sold.filter(({ productId }) => !rows.some(({ product }) => Number(product) === productId));
  const send = async (): Promise<void> => {
    if (await onSend({ prices: prices.map((price) => ({ ...price })) })) forget();
  };
  const ready = wrong === 0 && prices.length > 0 && prices.length <= mostPrices;
  return (
    <form
      className={classes['form']}
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) void send();
      }}
    >
      <p className="dim">
        {t('command.setPrices.form.paste')} {t('command.setPrices.form.typeNote')}
      </p>
      <PriceTable rows={rows} platform={row.platform} sold={sold} onChange={change} />
      <Group gap="xs">
        {missing.length > 0 && (
          <Button
            size="compact-xs"
            variant="default"
            onClick={() =>
              change([
                ...rows.slice(0, -1),
                ...missing.map(({ productId }) => ({ product: String(productId), price: '', type: '0' })),
              ])
            }
          >
            {t('command.setPrices.form.fill')}
          </Button>
        )}
        {rows.length > 1 && (
          <Button size="compact-xs" variant="default" onClick={() => change([])}>
            {t('command.setPrices.form.clear')}
          </Button>
        )}
      </Group>
      <p aria-live="polite">
        {prices.length === 0 && wrong === 0 && (
          <span className="dim">{t('command.setPrices.form.none')}</span>
        )}
        {prices.length > 0 && t('command.setPrices.form.ready', { count: prices.length })}
        {frames > 1 && `, ${t('command.setPrices.form.frames', { count: frames })}`}{' '}
        {wrong > 0 && (
          <span className={classes['wrong']}>{t('command.setPrices.form.wrong', { count: wrong })}</span>
        )}
        {prices.length > mostPrices && (
          <span className={classes['wrong']}>{t('command.setPrices.form.tooMany', { max: mostPrices })}</span>
        )}
        {free && <span className={classes['mind']}>{t('command.setPrices.form.free')}</span>}
      </p>
      {frames > 1 && row.platform !== 'android' && (
        <p className={classes['mind']}>{t('command.setPrices.form.cut')}</p>
      )}
      <AskFoot
        yes={yes ?? t('command.setPrices.send')}
        ready={ready}
        busy={busy}
        error={error}
        onCancel={onCancel}
      />
    </form>
  );
}

interface PriceTableProps {
  readonly platform: Platform | null;
  readonly rows: readonly PriceRow[];
  readonly sold: readonly Sold[];
  readonly onChange: (rows: readonly PriceRow[]) => void;
}

function PriceTable({ rows, platform, sold, onChange }: PriceTableProps) {
  const words = useWords();
  const { t } = words;
  const read = readRows(rows, platform);
  const set = (at: number, column: PriceColumn, value: string): void =>
    onChange(rows.map((row, i) => (i === at ? { ...row, [column]: value } : row)));
  return (
    <div className={classes['scroll']}>
      <table className={classes['prices']} aria-label={t('command.setPrices.form.table')}>
        <thead>
          <tr>
            {priceColumns.map((column) => (
              <th key={column} scope="col">
                {t(`command.setPrices.form.${column}`, { currency: words.currency })}
              </th>
            ))}
            <th aria-hidden />
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => {
            const problem = read[at]?.problem ?? null;
            const bad = problem === 'twice' ? 'product' : problem;
            const known = sold.find(({ productId }) => String(productId) === row.product.trim());
            const last = at === rows.length - 1;
            return (
              // Rows are told apart by their place alone.
              // oxlint-disable-next-line react/no-array-index-key
              <tr key={at} data-wrong={problem ?? undefined}>
                {priceColumns.map((column) => (
                  <td key={column}>
                    <input
                      aria-label={t('command.setPrices.form.cell', {
                        column: t(`command.setPrices.form.${column}`, { currency: words.currency }),
                        row: at + 1,
                      })}
                      aria-invalid={bad === column || undefined}
                      data-autofocus={(at === 0 && column === 'product') || undefined}
                      inputMode="decimal"
                      autoComplete="off"
                      maxLength={20}
                      placeholder={
                        column === 'price' && known?.amount != null ? (known.amount / 100).toFixed(2) : ''
                      }
                      value={row[column]}
                      onChange={(event) => set(at, column, event.currentTarget.value)}
                      onPaste={(event) => {
                        const pasted = pasteRows(rows, at, column, event.clipboardData.getData('text/plain'));
                        if (pasted === null) return;
                        event.preventDefault();
                        onChange(pasted);
                      }}
                    />
                  </td>
                ))}
                <td className={classes['rowNote']}>
                  {problem === null ? (
                    <span className="dim">{known?.name}</span>
                  ) : (
                    <span className={classes['wrong']}>
                      {t(`command.setPrices.form.bad.${problem}`, {
                        product: row.product.trim(),
                        ...productNumbers(platform),
                      })}
                    </span>
                  )}
                  {!last && (
                    <ActionIcon
                      aria-label={t('command.setPrices.form.remove', { row: at + 1 })}
                      onClick={() => onChange(rows.filter((_, i) => i !== at))}
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
