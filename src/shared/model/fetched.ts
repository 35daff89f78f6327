/** Files that machines uploaded by HTTP on request (android's `upload`) [field]. */
import type { JsonObject } from './json';

/** The file types that Crema requests. It requests nothing else, because the machine would send any path. */
export const fetchTypes = ['log', 'recipe', 'product', 'eva', 'config'] as const;
export type FetchType = (typeof fetchTypes)[number];

/** The file that a command requests. The command's row has validated the input. */
export function askedFileOf({ type, day }: JsonObject): Pick<FetchedFile, 'type' | 'day'> {
  const known = fetchTypes.find((one) => one === type) ?? 'log';
  return { type: known, day: known === 'log' && typeof day === 'string' ? day : null };
}

/** Limit of bytes per file. */
export const largestFetched = 256 * 1024 * 1024;

/** The command that requested a file, and the secret part of its address. */
export interface ExpectedFile {
  /** Of the command. */
  readonly id: number;
  readonly vmcNo: number;
  readonly token: string;
  readonly type: FetchType;
  /** The day of a log, `yyyy-MM-dd`; `null`: another file. */
  readonly day: string | null;
  /** ms */
  readonly askedAt: number;
  /** Address of the machine's connection, then or now. Uploads from other addresses are refused. */
  readonly address: string;
}

/** A machine with requested files that connected from another address. */
export interface MovedMachine {
  readonly vmcNo: number;
  readonly address: string;
}

/** A complete file. */
export interface FetchedFile extends Omit<ExpectedFile, 'token' | 'address'> {
  /** ms */
  readonly at: number;
  readonly bytes: number;
  /** hex */
  readonly sha256: string;
  /** The machine's name for the file; '': none. */
  readonly fileName: string;
  readonly remoteAddress: string;
}

/** Why an upload was refused. */
export type UploadRefusal =
  | 'tooLarge'
  | 'noFile'
  | 'empty'
  | 'severalFiles'
  | 'malformed'
  | 'otherMachine'
  /** From an address that is not the machine's. */
  | 'notFromMachine'
  | 'broke'
  | 'notWritten';

export type Upload =
  | { readonly ok: true; readonly file: FetchedFile }
  | {
      readonly ok: false;
      readonly id: number;
      readonly vmcNo: number;
      readonly at: number;
      readonly remoteAddress: string;
      readonly bytes: number;
      readonly why: UploadRefusal;
      /** The system's message; ''. */
      readonly detail: string;
    };

/** A list of objects, with a column for each member. */
export interface FetchedTable {
  /** Its name in the file; ''. */
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** The displayable content of a file. */
export interface FetchedContent {
  readonly tables: readonly FetchedTable[];
  /** Content outside tables; ''. */
  readonly text: string;
  /** The content is truncated or partly unreadable. */
  readonly isCut: boolean;
  /** Of a ZIP: the files that were read. */
  readonly members: readonly string[];
}

/** Updates the address of a machine for the files that it has not sent yet. */
export function moveMachine(expected: Map<number, ExpectedFile>, { vmcNo, address }: MovedMachine): void {
  for (const [id, file] of expected) if (file.vmcNo === vmcNo) expected.set(id, { ...file, address });
}
