import type { FetchedTable } from '#shared/model/fetched';
import { useWords } from '../../../text/useWords';
import { tableChanges } from './tableChanges';
import classes from './Files.module.css';

interface FileTablesProps {
  readonly tables: readonly FetchedTable[];
  /** Of the file of this kind that was fetched before; `null`: there is none. */
  readonly earlier: readonly FetchedTable[] | null;
}

/** Tables out of a file, with what is otherwise than when it was fetched before. */
export function FileTables({ tables, earlier }: FileTablesProps) {
  return tables.map((table, index) => (
    <Table
      key={table.title}
      table={table}
      before={
        earlier === null
          ? null
          : (earlier.find(({ title }) => title === table.title) ?? earlier[index] ?? null)
      }
    />
  ));
}

/** Rows that are drawn: a menu has some dozens. */
const mostRows = 500;

interface TableProps {
  readonly table: FetchedTable;
  readonly before: FetchedTable | null;
}
function Table({ table, before }: TableProps) {
  const { t } = useWords();
  const changes = before === null ? null : tableChanges(table, before);
  const { columns, rows, title } = table;
  return (
    <section className={classes['table']}>
      <h3>{title === '' ? t('files.table') : title}</h3>
      {changes !== null && (
        <p className="dim" role="status">
          {changes.added.size + changes.changed.size + changes.gone === 0
            ? t('files.same')
            : t('files.changes', {
                added: changes.added.size,
                changed: changes.changed.size,
                gone: changes.gone,
              })}
        </p>
      )}
      <div
        className={classes['scroll']}
        // What scrolls must be reached by the keyboard.
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
            {rows.slice(0, mostRows).map((row, place) => (
              // Nothing else tells two rows of a file apart.
              // oxlint-disable-next-line react/no-array-index-key
              <tr key={place} data-added={changes?.added.has(place) || undefined}>
                {columns.map((column, index) => {
                  const was = changes?.changed.get(place)?.get(column);
                  return (
                    <td key={column} data-changed={was !== undefined || undefined}>
                      {row[index]}
                      {was !== undefined && <del>{was === '' ? t('files.empty') : was}</del>}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rows.length > mostRows && (
        <p className="dim">{t('files.rowsCut', { count: mostRows, all: rows.length })}</p>
      )}
    </section>
  );
}
