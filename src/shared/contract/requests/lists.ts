/** Requests about lists in files: the workshop's own errors and products, the machine list, and tables. */
import { z } from 'zod';
import type { MachineConfig } from '../../model/machineSettings';
import type { OwnErrorsImport } from '../../model/ownErrorsImport';
import type { ProductsImport } from '../../model/ownProducts';
import type { RegistryPreview, TableFile } from '../../model/registry';
import { result, type RequestRows, nothing } from '../request';

export const listsRequests = {
  /** Asks for a place and writes the own entries of the catalogue there; `null`: no place was chosen. */
  exportOwnErrors: {
    thread: 'desktop',
    scope: 'app',
    audit: false,
    args: nothing,
    /** The name of the file. */
    result: result<string | null>(),
  },
  /** Asks for a place and writes the workshop's products there; `null`: no place was chosen. */
  exportProducts: {
    thread: 'desktop',
    scope: 'app',
    audit: false,
    args: nothing,
    /** The name of the file. */
    result: result<string | null>(),
  },
  /** Asks for a file of products and imports its entries; `null`: no file was chosen. */
  importProducts: {
    thread: 'desktop',
    scope: 'app',
    audit: 'own',
    args: nothing,
    result: result<ProductsImport | null>(),
  },
  /** Asks for a file of own catalogue entries and imports the valid ones; `null`: no file was chosen. */
  importOwnErrors: {
    thread: 'desktop',
    scope: 'app',
    audit: 'own',
    args: nothing,
    result: result<OwnErrorsImport | null>(),
  },
  /** Asks for a place and writes the data that people stored for machines there, as CSV; `null`: no place was chosen. */
  exportRegistry: {
    thread: 'desktop',
    scope: 'app',
    audit: false,
    args: z.strictObject({ language: z.enum(['en', 'zh-CN']) }),
    /** The name of the file, and the number of machines in it. */
    result: result<{ readonly file: string; readonly machines: number } | null>(),
  },
  /** Asks for a CSV file and returns the changes that it would make; nothing is changed yet. `null`: no file was chosen. */
  readRegistry: {
    thread: 'desktop',
    scope: 'app',
    audit: false,
    args: nothing,
    result: result<RegistryPreview | null>(),
  },
  /** Asks for a CSV file and returns its cells; nothing is changed. `null`: no file was chosen. */
  readTable: {
    thread: 'desktop',
    scope: 'app',
    audit: false,
    args: nothing,
    result: result<TableFile | null>(),
  },
  /** Asks for a place and writes the shown table there as CSV; `null`: no place was chosen. */
  saveTable: {
    thread: 'desktop',
    scope: 'app',
    audit: false,
    args: z.strictObject({
      name: z.string().regex(/^[\w-][\w.-]{0,79}\.csv$/),
      // Thousands of machines have a row each.
      rows: z.array(z.array(z.string().max(1_000)).max(40)).max(100_000),
    }),
    /** The name of the file. */
    result: result<string | null>(),
  },
  /** Makes the changes of the preview with that number. */
  takeRegistry: {
    thread: 'desktop',
    scope: 'app',
    audit: 'own',
    args: z.strictObject({ id: z.int().min(1) }),
    /** The number of changed machines, the file, and the new data of each, for the audit trail. */
    result: result<{
      readonly machines: number;
      readonly file: string;
      readonly changes: readonly { readonly vmcNo: number; readonly patch: Partial<MachineConfig> }[];
    }>(),
  },
} as const satisfies RequestRows;
