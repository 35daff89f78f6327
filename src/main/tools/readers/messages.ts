/** Calls of the process that reads one untrusted file. */
import type { FetchedContent } from '#shared/model/fetched';
import type { ReadOwnErrors } from '../../core/lists/ownErrorsFile';
import type { ReadProducts } from '../../core/lists/ownProductsFile';
import type { ReadSequences } from '../../core/lists/sequencesFile';
import type { Overfull, Table } from '../../core/lists/readTable';

/** Error code of a file with more bytes than the limit. */
export const tooMuch = 'TOO_MUCH';

/** How columns are recognised: by the headings of a machine list, or by the amounts and texts of any table. */
type TableKind = 'registry' | 'cells';

/** Arguments for reading one of the user's own lists. */
export interface ListArgs {
  readonly file: string;
  /** Keys of the existing entries. */
  readonly known: readonly string[];
}

/** The user's own lists, with the first refusals (`refusedShown`). */
export interface ListCalls {
  errors: { args: ListArgs; result: ReadOwnErrors };
  products: { args: ListArgs; result: ReadProducts };
  sequences: { args: ListArgs; result: ReadSequences };
}

export interface ReaderCalls extends ListCalls {
  /** Reads a file that a machine uploaded. */
  content: { args: { readonly file: string }; result: FetchedContent };
  /** Reads a CSV file; `null`: the file is not text. */
  table: { args: { readonly file: string; readonly kind: TableKind }; result: Table | Overfull | null };
}
