/** The registry: what people chose for machines, as a table that goes out and comes in as CSV. */
import type { MachineConfig } from './machineConfig';

/** A photo is no text, and a rehearsal is of the day; verification codes are no part of it at all. */
export type RegistryKey = Exclude<
  keyof MachineConfig,
  'photo' | 'qrAnswers' | 'payDelay' | 'qrTemplate' | 'notices'
>;

/** Cells as they stand in a file. */
export interface RegistryChange {
  readonly key: RegistryKey;
  readonly from: string;
  readonly to: string;
}

export interface RegistryRow {
  /** Of the file, from 1. */
  readonly line: number;
  readonly vmcNo: number;
  /** Crema has neither heard of it nor been told anything of it. */
  readonly isNew: boolean;
  readonly changes: readonly RegistryChange[];
}

/** Why a row is left out. */
export type RowProblem =
  /** {value}: the number is none. */
  | 'noNumber'
  /** {vmcNo, first}: the line that has it too. */
  | 'numberTwice'
  /** {column, length, max} */
  | 'tooLong'
  /** {column, value, allowed} */
  | 'valueUnknown'
  /** {cells, columns} */
  | 'tooManyCells'
  /** Quotation marks that don't go together. */
  | 'broken';

export interface RegistryProblem {
  readonly line: number;
  readonly problem: RowProblem;
  readonly params: Readonly<Record<string, string | number>>;
}

/** What a file would change. */
export interface RegistryPreview {
  readonly id: number;
  readonly file: string;
  /** Those that something would change for, in the order of the file. */
  readonly rows: readonly RegistryRow[];
  readonly unchanged: number;
  /** In the order of the file. */
  readonly problems: readonly RegistryProblem[];
  /** Headings of columns that are none of ours or repeat one; what stands in them is passed over. */
  readonly unknown: readonly string[];
}

/** A CSV file as it is: its cells, line by line. */
export interface TableFile {
  readonly fileName: string;
  readonly rows: readonly (readonly string[])[];
  /** Lines that can't be taken apart, counted from 1. */
  readonly broken: readonly number[];
}
