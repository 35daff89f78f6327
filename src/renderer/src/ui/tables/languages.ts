/** Columns that contain the same text in several languages, such as `names.en` and `names.zh`. */
import type { FetchedTable } from '#shared/model/fetched';

const inLanguage = /^(?<what>.+)[._-](?<language>[a-z]{2}(?:[-_][A-Za-z]{2,4})?)$/;

interface Translated {
  readonly what: string;
  readonly language: string;
}

/** By column: those that exist in other languages too. */
function translatedIn(columns: readonly string[]): ReadonlyMap<string, Translated> {
  const found = columns.flatMap((column) => {
    const { what = '', language = '' } = inLanguage.exec(column)?.groups ?? {};
    return language === '' ? [] : [{ column, what, language }];
  });
  const several = found.filter(({ column, what }) =>
    found.some((other) => other.what === what && other.column !== column),
  );
  return new Map(several.map(({ column, what, language }) => [column, { what, language }]));
}

/** In order of appearance. */
export const languagesOf = (tables: readonly FetchedTable[]): readonly string[] => [
  ...new Set(
    tables.flatMap(({ columns }) => [...translatedIn(columns).values()].map(({ language }) => language)),
  ),
];

/** Without columns in other languages; `null`: all languages. */
export function inOneLanguage(table: FetchedTable, language: string | null): FetchedTable {
  if (language === null) return table;
  const translated = translatedIn(table.columns);
  const kept = table.columns.flatMap((column, at) => {
    const mine = translated.get(column)?.language ?? language;
    return mine === language ? [at] : [];
  });
  if (kept.length === table.columns.length) return table;
  const only = (cells: readonly string[]): readonly string[] => kept.map((at) => cells[at] ?? '');
  return { ...table, columns: only(table.columns), rows: table.rows.map(only) };
}
