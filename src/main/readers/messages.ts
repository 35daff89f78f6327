/** Calls of the process that reads one file of a stranger. */
import type { FetchedContent } from '#shared/model/fetched';
import type { Table } from '../registry/readTable';

/** By which cells of a line are known: as headings of a registry, or as amounts and words of any table. */
type TableKind = 'registry' | 'cells';

export interface ReaderCalls {
  /** Of a file that a machine sent. */
  content: { args: { readonly file: string }; result: FetchedContent };
  /** Of a CSV file; `null`: it is no text. */
  table: { args: { readonly file: string; readonly kind: TableKind }; result: Table | null };
}
