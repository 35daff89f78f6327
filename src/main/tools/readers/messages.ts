/** Calls of the process that reads one file of a stranger. */
import type { FetchedContent } from '#shared/model/fetched';
import type { ReadOwnErrors } from '../../core/lists/ownErrorsFile';
import type { ReadProducts } from '../../core/lists/ownProductsFile';
import type { ReadSequences } from '../../core/lists/sequencesFile';
import type { Table } from '../../core/lists/readTable';

/** By which cells of a line are known: as headings of a registry, or as amounts and words of any table. */
type TableKind = 'registry' | 'cells';

/** Of a list of a workshop's own. */
export interface ListArgs {
  readonly file: string;
  /** Keys of the entries that there are. */
  readonly known: readonly string[];
}

/** Lists of a workshop's own, with the first refusals (`refusedShown`). */
export interface ListCalls {
  errors: { args: ListArgs; result: ReadOwnErrors };
  products: { args: ListArgs; result: ReadProducts };
  sequences: { args: ListArgs; result: ReadSequences };
}

export interface ReaderCalls extends ListCalls {
  /** Of a file that a machine sent. */
  content: { args: { readonly file: string }; result: FetchedContent };
  /** Of a CSV file; `null`: it is no text. */
  table: { args: { readonly file: string; readonly kind: TableKind }; result: Table | null };
}
