import type { FetchedTable } from '#shared/model/fetched';
import { SegmentedControl } from '@mantine/core';
import { memo, useEffect, useId, useMemo, useState } from 'react';
import { useWords } from '../../text/useWords';
import { Boundary } from '../Boundary';
import { drawingSteps, drawnRows } from './drawnRows';
import { inOneLanguage, languagesOf } from './languages';
import { tableChanges } from './tableChanges';
import classes from './FileTables.module.css';

interface FileTablesProps {
  readonly tables: readonly FetchedTable[];
  /** Tables of the previous file of this kind, or of another machine's; `null`: there is none. */
  readonly earlier: readonly FetchedTable[] | null;
  /** The comparison is with another file, not with an earlier one. */
  readonly withOther?: boolean;
}

const all = '*';

/** Tables of a file, with the differences from the previous or another file. */
export function FileTables({ tables, earlier, withOther = false }: FileTablesProps) {
  const { t } = useWords();
  const [language, setLanguage] = useState(all);
  const label = useId();
  const languages = languagesOf(tables);
  const shown = languages.includes(language) ? language : null;
  const inShown = useMemo(() => tables.map((table) => inOneLanguage(table, shown)), [tables, shown]);
  const most = useMemo(() => drawnRows(inShown), [inShown]);
  const drawn = useStepwise(inShown, most);
  return (
    <>
      {languages.length > 1 && (
        <div className={classes['language']}>
          <span id={label} className="dim">
            {t('files.language')}
          </span>
          <SegmentedControl
            size="xs"
            aria-labelledby={label}
            value={shown ?? all}
            onChange={setLanguage}
            data={[{ value: all, label: t('files.allLanguages') }, ...languages]}
          />
        </div>
      )}
      {inShown.map((table, index) => (
        <Boundary key={table.title} where={`table ${table.title}`} of={tables[index]}>
          <Table
            table={table}
            drawn={drawn[index] ?? 0}
            most={most[index] ?? 0}
            before={earlier === null ? null : (counterpart(table.title, earlier) ?? earlier[index] ?? null)}
            withOther={withOther}
          />
        </Boundary>
      ))}
    </>
  );
}

/** Rows of each table to render now. Each task adds more, up to `most`, so that the window stays responsive. */
function useStepwise(tables: readonly FetchedTable[], most: readonly number[]): readonly number[] {
  const [{ of, steps }, setStep] = useState({ of: tables, steps: 1 });
  const now = of === tables ? steps : 1;
  const drawn = useMemo(() => drawnRows(tables, now), [tables, now]);
  const isDone = now >= drawingSteps || drawn.every((rows, index) => rows === most[index]);
  useEffect(() => {
    if (isDone) return;
    const timer = setTimeout(() => setStep({ of: tables, steps: now + 1 }));
    return () => clearTimeout(timer);
  }, [tables, now, isDone]);
  return drawn;
}

/** The table of the same name, otherwise of the same kind. */
function counterpart(title: string, tables: readonly FetchedTable[]): FetchedTable | undefined {
  const ending = /\.\w+$/.exec(title)?.[0];
  return (
    tables.find((other) => other.title === title) ??
    tables.find((other) => ending !== undefined && other.title.endsWith(ending))
  );
}

interface TableProps {
  readonly table: FetchedTable;
  /** Rows rendered now, and in the end. */
  readonly drawn: number;
  readonly most: number;
  readonly before: FetchedTable | null;
  readonly withOther: boolean;
}
const Table = memo(function Table({ table, drawn, most, before, withOther }: TableProps) {
  const { t } = useWords();
  const changes = useMemo(() => (before === null ? null : tableChanges(table, before)), [table, before]);
  const { columns, rows, title } = table;
  return (
    <section className={classes['table']}>
      <h3>{title === '' ? t('files.table') : title}</h3>
      {changes !== null && (
        <p className="dim" role="status">
          {changes.added.size + changes.changed.size + changes.gone === 0
            ? t(withOther ? 'files.sameAsOther' : 'files.same')
            : t(withOther ? 'files.unlikeOther' : 'files.changes', {
                added: changes.added.size,
                changed: changes.changed.size,
                gone: changes.gone,
              })}
        </p>
      )}
      <div
        className={classes['scroll']}
        // A scrollable element must be reachable by keyboard.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        role="region"
        aria-label={title === '' ? t('files.table') : title}
      >
        <table>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, drawn).map((row, place) => (
              // Rows have no other key.
              <Row
                // oxlint-disable-next-line react/no-array-index-key
                key={place}
                columns={columns}
                row={row}
                isAdded={changes?.added.has(place) === true}
                changed={changes?.changed.get(place)}
              />
            ))}
          </tbody>
        </table>
      </div>
      {rows.length > most && <p className="dim">{t('files.rowsCut', { count: most, all: rows.length })}</p>}
    </section>
  );
});

interface RowProps {
  readonly columns: readonly string[];
  readonly row: readonly string[];
  readonly isAdded: boolean;
  /** Values of the earlier row, by column. */
  readonly changed: ReadonlyMap<string, string> | undefined;
}
/** Memoised, so that existing rows do not render again with the next ones. */
const Row = memo(function Row({ columns, row, isAdded, changed }: RowProps) {
  const { t } = useWords();
  return (
    <tr data-added={isAdded || undefined}>
      {columns.map((column, index) => {
        const was = changed?.get(column);
        return (
          <td key={column} data-changed={was !== undefined || undefined}>
            {row[index]}
            {was !== undefined && <del>{was === '' ? t('files.empty') : was}</del>}
          </td>
        );
      })}
    </tr>
  );
});
