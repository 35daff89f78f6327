import { Button, Group, Radio } from '@mantine/core';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { commands } from '#shared/commands/index';
import { priceMessages } from '#shared/commands/setPrices';
import type { AppError } from '#shared/contract/errors';
import type { JsonObject } from '#shared/model/json';
import type { PerMachine } from '#shared/model/sequence';
import { request } from '../../../../bridge/request';
import { useCrema } from '../../../../store';
import { listed } from '../../../../text/phrases';
import { useWords } from '../../../../text/useWords';
import type { Words } from '../../../../text/words';
import { AskOnce } from '../../../../ui/AskOnce';
import { ErrorNote } from '../../../../ui/ErrorNote';
import { AskFoot } from './AskFoot';
import { createDrafts } from '../../../../ui/drafts';
import { listsOf, PerMachineSummary, readLists } from './PricesPerMachine';
import { PriceTable } from './PriceTable';
import { changeCounts, suspicionOf } from './priceChanges';
import {
  emptyRow,
  isEmptyTable,
  longestPasted,
  mostPasted,
  mostPrices,
  priceColumns,
  priceUnits,
  pricesFromCells,
  pricesPerMachine,
  readRows,
  bringsPrices,
  rowFor,
  rowsOf,
  unpricedOf,
  withEmptyEnd,
  withRows,
  type PriceLists,
  type PriceRow,
  type PriceUnit,
  type ReadPrices,
} from './priceRows';
import { useOffered, usePrices } from './products';
import { manyMachines, type FormProps } from './types';
import classes from './Ask.module.css';

interface Draft {
  /** `null`: nobody has changed them; the products whose prices are known. */
  readonly rows: readonly PriceRow[] | null;
  /** `null`: the prices were imported, and the user has not chosen their unit. */
  readonly unit: PriceUnit | null;
  /** The prices of a file with machine numbers, instead of the rows. */
  readonly lists?: PriceLists | null;
}
const useDraft = createDrafts<Draft>();

/** A change of more than one field, such as a paste. Ctrl+Z takes it back; the browser takes back what was typed after it. */
interface Change {
  readonly before: Draft;
  readonly after: Draft;
  readonly earlier: Change | null;
}

/** Choosing the unit of pasted prices changes no row. */
const hasSameRows = (a: Draft, b: Draft): boolean =>
  (a.lists ?? null) === (b.lists ?? null) && JSON.stringify(a.rows) === JSON.stringify(b.rows);
const noMachines: readonly number[] = [];

/** The draft of an input that was given before; `null`: none was. */
function earlierDraft(input: JsonObject | null, perMachine: PerMachine | undefined): Draft | null {
  if (perMachine !== undefined) return { rows: null, unit: 'yuan', lists: listsOf(perMachine) };
  const again = commands.setPrices.input.safeParse(input);
  return again.success ? { rows: withEmptyEnd(rowsOf(again.data.prices)), unit: 'yuan' } : null;
}

/** New prices as a table: typed, pasted from a spreadsheet, or read from a CSV file. */
export function PricesForm({
  row,
  input,
  yes,
  onSend,
  onCancel,
  busy,
  error,
  machines = noMachines,
  perMachine,
}: FormProps) {
  const { t, currency } = useWords();
  const { vmcNo, platform } = row;
  const products = usePrices(vmcNo);
  const { known, prices: knownPrices } = products;
  const [draft, setDraft, forget] = useDraft(
    `${vmcNo}`,
    { rows: null, unit: 'yuan' },
    earlierDraft(input, perMachine),
  );
  const { rows: changed, unit, lists = null } = draft;
  const [changes, setChanges] = useState<Change | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const offered = useOffered(known);
  const rows = changed ?? withEmptyEnd(offered.map(rowFor));
  const isBegun = changed !== null && !isEmptyTable(changed);
  const [notPasted, setNotPasted] = useState<'tooMuch' | 'perMachine' | null>(null);
  const type = (next: readonly PriceRow[]): void => setDraft({ rows: withEmptyEnd(next), unit });
  const change = (after: Draft): void => {
    setChanges({ before: draft, after, earlier: changes });
    setDraft(after);
    // The table makes way for the lists of the machines. Keys still belong to the form.
    if (after.lists) form.current?.focus();
  };
  const bring = (next: readonly PriceRow[] | { readonly lists: PriceLists } | 'tooMuch'): void => {
    const lacksMachines = typeof next === 'object' && 'lists' in next && machines.length === 0;
    setNotPasted(next === 'tooMuch' ? next : lacksMachines ? 'perMachine' : null);
    if (next === 'tooMuch' || lacksMachines) return;
    change(
      'lists' in next
        ? { rows, unit: null, lists: next.lists }
        : { rows: withEmptyEnd(next), unit: bringsPrices(rows, next) ? null : unit },
    );
  };
  const undo = (event: KeyboardEvent): void => {
    const isUndo = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === 'z';
    if (!isUndo || changes === null || !hasSameRows(draft, changes.after)) return;
    event.preventDefault();
    setDraft(changes.before);
    setChanges(changes.earlier);
  };
  useEffect(() => {
    if (lists === null && document.activeElement === form.current)
      form.current?.querySelector<HTMLElement>('[data-autofocus]')?.focus();
  }, [lists]);
  const read = readRows(rows, platform, unit);
  const prices = read.flatMap(({ price }) => price ?? []);
  const wrong = read.filter(({ problem }) => problem !== null).length;
  const suspicion = suspicionOf(prices, knownPrices);
  const missing = known.filter(({ productId }) => !rows.some(({ product }) => Number(product) === productId));
  const platforms = useCrema((s) => s.machines);
  const many =
    lists === null ? null : readLists(lists, machines, (one) => platforms.get(one)?.platform ?? null, unit);
  const ready =
    many !== null
      ? many.wrong.length === 0 && many.perMachine.length > 0 && !many.isTooLong
      : wrong === 0 && prices.length > 0 && prices.length <= mostPrices;
  const unitName = (one: PriceUnit): string =>
    one === 'yuan' ? currency : t('command.setPrices.form.fen', { currency });
  return (
    <div role="presentation" onKeyDown={undo}>
      <form
        ref={form}
        tabIndex={-1}
        className={classes['form']}
        onSubmit={(event) => {
          event.preventDefault();
          if (ready && many !== null) void onSend({}, [...many.perMachine]).then((done) => done && forget());
          else if (ready)
            void onSend({ prices: prices.map((price) => ({ ...price })) }).then((done) => done && forget());
        }}
      >
        <p className="dim">
          {[
            t('command.setPrices.form.paste'),
            ...(machines.length > 0 ? [t('command.setPrices.form.machineColumn')] : []),
            ...(platform === 'android' ? [] : [t('command.setPrices.form.typeNote')]),
          ].reduce((a, b) => t('packages.sentences', { a, b }))}
        </p>
        {many !== null && <PerMachineSummary lists={many} />}
        {many === null && (
          <PriceTable
            vmcNo={vmcNo}
            rows={rows}
            read={read}
            platform={platform}
            products={products}
            priceLabel={
              unit === null
                ? t('command.setPrices.form.price')
                : t('command.setPrices.form.priceIn', { unit: unitName(unit) })
            }
            columns={priceColumns(platform)}
            isBegun={isBegun}
            onType={type}
            onRemove={(next) => change({ rows: withEmptyEnd(next), unit })}
            onPasted={bring}
          />
        )}
        {notPasted !== null && (
          <p className={classes['wrong']} role="alert">
            {notPasted === 'tooMuch'
              ? t('command.setPrices.form.pastedTooMuch', { max: mostPasted, characters: longestPasted })
              : t('command.setPrices.form.perMachine', { file: t('command.setPrices.form.pasted') })}
          </p>
        )}
        <Tools
          fill={
            missing.length === 0 || lists !== null
              ? null
              : () => {
                  const added = missing.map(({ productId }) => rowFor(productId));
                  change({ rows: withEmptyEnd(withRows(rows, added)), unit });
                }
          }
          clear={
            isEmptyTable(rows) && lists === null ? null : () => change({ rows: [emptyRow], unit: 'yuan' })
          }
          isBegun={isBegun || lists !== null}
          vmcNo={vmcNo}
          onLists={machines.length > 0 ? (next) => change({ rows, unit: null, lists: next }) : null}
          onRead={(next) => {
            setNotPasted(null);
            change({ rows: withEmptyEnd(next), unit: bringsPrices([], next) ? null : unit });
          }}
        />
        {many === null && (
          <Summary
            lacksUnit={unit === null}
            prices={prices}
            wrong={wrong}
            unpriced={unpricedOf(rows, read)}
            frames={priceMessages(vmcNo, prices, platform).length}
            counts={changeCounts(prices, knownPrices)}
            mayBeCut={platform !== 'android'}
          />
        )}
        {suspicion !== null && unit !== null && (
          <p className={classes['mind']} role="status">
            {t(`command.setPrices.form.suspicious.${suspicion}`, { unit: unitName(unit) })}
          </p>
        )}
        <Radio.Group
          label={t('command.setPrices.form.unit')}
          value={unit}
          onChange={(value) =>
            setDraft({ rows, lists, unit: priceUnits.find((one) => one === value) ?? null })
          }
          error={unit === null ? t('command.setPrices.form.unitMissing') : null}
        >
          <Group gap="md" mt="xs">
            {priceUnits.map((one) => (
              <Radio
                key={one}
                size="xs"
                value={one}
                label={t(`command.setPrices.form.unitOf.${one}`, { unit: unitName(one) })}
              />
            ))}
          </Group>
        </Radio.Group>
        <AskFoot
          yes={yes ?? t('command.setPrices.send')}
          ready={ready}
          busy={busy}
          error={error}
          onCancel={onCancel}
        />
      </form>
    </div>
  );
}

interface ToolsProps {
  readonly vmcNo: number;
  /** There is input that a file would replace. */
  readonly isBegun: boolean;
  /** `null`: there is nothing to fill in or clear. */
  readonly fill: (() => void) | null;
  readonly clear: (() => void) | null;
  /** The rows of a file, which replace those of the table. */
  readonly onRead: (rows: readonly PriceRow[]) => void;
  /** The prices per machine of a file; `null`: not possible here. */
  readonly onLists: ((lists: PriceLists) => void) | null;
}
function Tools({ vmcNo, isBegun, fill, clear, onRead, onLists }: ToolsProps) {
  const words = useWords();
  const { t } = words;
  const [error, setError] = useState<AppError | null>(null);
  const [notices, setNotices] = useState<readonly string[]>([]);
  const readFile = async (): Promise<void> => {
    const reply = await request('readTable', undefined);
    setError(reply.ok ? null : reply.error);
    if (!reply.ok || reply.value === null) return;
    const { fileName, rows, separator, broken } = reply.value;
    const read = pricesFromCells(rows, { separator, vmcNo });
    const lists = vmcNo === manyMachines ? pricesPerMachine(rows, separator) : null;
    if (lists !== null && onLists === null) {
      setNotices([t('command.setPrices.form.perMachine', { file: fileName })]);
      return;
    }
    setNotices(readWords(words, fileName, broken, lists === null ? read : { ...read, others: null }));
    if (lists === null) onRead(read.rows);
    else onLists?.(lists);
  };
  return (
    <>
      <Group gap="xs">
        {isBegun ? (
          <AskOnce
            size="compact-xs"
            label={t('command.setPrices.form.file')}
            question={t('command.setPrices.form.fileAsk')}
            onYes={() => void readFile()}
          />
        ) : (
          <Button size="compact-xs" variant="default" onClick={() => void readFile()}>
            {t('command.setPrices.form.file')}
          </Button>
        )}
        {fill !== null && (
          <Button size="compact-xs" variant="default" onClick={fill}>
            {t('command.setPrices.form.fill')}
          </Button>
        )}
        {clear !== null && (
          <Button size="compact-xs" variant="default" onClick={clear}>
            {t('command.setPrices.form.clear')}
          </Button>
        )}
      </Group>
      {notices.length > 0 && <p role="status">{notices.join(' ')}</p>}
      <ErrorNote error={error} />
    </>
  );
}

/** Lines of a file that were read, and those that were not. */
function readWords(
  words: Words,
  file: string,
  broken: readonly number[],
  { ignored, others }: ReadPrices,
): readonly string[] {
  const { t } = words;
  return [
    broken.length === 0
      ? t('command.setPrices.form.fileRead', { file })
      : t('command.setPrices.form.fileBroken', { file, lines: listed(words, broken.map(String)) }),
    ...(ignored.length === 0
      ? []
      : [t('command.setPrices.form.ignored', { columns: listed(words, ignored) })]),
    ...(others === null ? [] : [t('command.setPrices.form.otherMachines', { count: others })]),
  ];
}

interface SummaryProps {
  /** The field of the unit says so: no price is read yet. */
  readonly lacksUnit: boolean;
  readonly prices: readonly { readonly price: number }[];
  readonly wrong: number;
  /** Products without a price. */
  readonly unpriced: number;
  readonly frames: number;
  readonly counts: ReturnType<typeof changeCounts>;
  /** A machine may restart before it has received all prices. */
  readonly mayBeCut: boolean;
}
function Summary({ lacksUnit, prices, wrong, unpriced, frames, counts, mayBeCut }: SummaryProps) {
  const { t } = useWords();
  return (
    <>
      <p aria-live="polite">
        {!lacksUnit && prices.length === 0 && wrong === 0 && unpriced === 0 && (
          <span className="dim">{t('command.setPrices.form.none')}</span>
        )}
        {prices.length > 0 &&
          t('command.setPrices.form.counts', {
            prices: t('command.setPrices.form.ready', { count: prices.length }),
            frames: t('command.setPrices.form.frames', { count: frames }),
            ...counts,
          })}{' '}
        {wrong > 0 && (
          <span className={classes['wrong']}>{t('command.setPrices.form.wrong', { count: wrong })}</span>
        )}{' '}
        {unpriced > 0 && (
          <span className="dim">{t('command.setPrices.form.unpriced', { count: unpriced })}</span>
        )}{' '}
        {prices.length > mostPrices && (
          <span className={classes['wrong']}>{t('command.setPrices.form.tooMany', { max: mostPrices })}</span>
        )}{' '}
        {prices.some(({ price }) => price === 0) && (
          <span className={classes['mind']}>{t('command.setPrices.form.free')}</span>
        )}
      </p>
      {frames > 1 && mayBeCut && <p className={classes['mind']}>{t('command.setPrices.form.cut')}</p>}
    </>
  );
}
