/** The registry: the settings of machines as a table, exported and imported as CSV. */
import type { MachineConfig } from './machineSettings';

/** Without photos, which are not text, and rehearsals, which are temporary. Verification codes are never part of it. */
export type RegistryKey = Exclude<
  keyof MachineConfig,
  'photo' | 'qrAnswers' | 'payDelay' | 'qrTemplate' | 'notices'
>;

/** Values of cells in a file. */
export interface RegistryChange {
  readonly key: RegistryKey;
  readonly from: string;
  readonly to: string;
}

export interface RegistryRow {
  /** Line of the file, from 1. */
  readonly line: number;
  readonly vmcNo: number;
  /** The machine is unknown: it has neither connected nor settings. */
  readonly isNew: boolean;
  readonly changes: readonly RegistryChange[];
}

/** Why a row was skipped. */
export type RowProblem =
  /** {value}: not a valid number. */
  | 'noNumber'
  /** {vmcNo, first}: first line with this number. */
  | 'numberTwice'
  /** {column, length, max} */
  | 'tooLong'
  /** {column, value, allowed} */
  | 'valueUnknown'
  /** {cells, columns} */
  | 'tooManyCells'
  /** Unbalanced quotation marks. */
  | 'broken';

export interface RegistryProblem {
  readonly line: number;
  readonly problem: RowProblem;
  readonly params: Readonly<Record<string, string | number>>;
}

/** The changes that a file would make. */
export interface RegistryPreview {
  readonly id: number;
  readonly file: string;
  /** Rows with changes, in the order of the file. */
  readonly rows: readonly RegistryRow[];
  readonly unchanged: number;
  /** In the order of the file. */
  readonly problems: readonly RegistryProblem[];
  /** Headings of unknown or repeated columns, whose content is ignored. */
  readonly unknown: readonly string[];
}

/** The cells of a CSV file, line by line. */
export interface TableFile {
  readonly fileName: string;
  readonly rows: readonly (readonly string[])[];
  /** Between two cells of a line. */
  readonly separator: string;
  /** Lines that cannot be parsed, counted from 1. */
  readonly broken: readonly number[];
}
