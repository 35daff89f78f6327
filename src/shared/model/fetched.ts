/** What machines were asked to hand over, and sent by HTTP (android's `upload`) [field]. */

import type { JsonObject } from './json';

/** What may be asked for. Nothing else ever is: the machine would hand out any path. */
export const fetchTypes = ['log', 'recipe', 'product', 'eva', 'config'] as const;
export type FetchType = (typeof fetchTypes)[number];

/** What a command asks for: its row has checked its input. */
export function askedFileOf({ type, day }: JsonObject): Pick<FetchedFile, 'type' | 'day'> {
  const known = fetchTypes.find((one) => one === type) ?? 'log';
  return { type: known, day: known === 'log' && typeof day === 'string' ? day : null };
}

/** Bytes that are taken of one file. */
export const largestFetched = 256 * 1024 * 1024;

/** Which command a file is the answer to, and what of its address nobody can guess. */
export interface ExpectedFile {
  /** Of the command. */
  readonly id: number;
  readonly vmcNo: number;
  readonly token: string;
  readonly type: FetchType;
  /** Of a log, `yyyy-MM-dd`; `null`: of anything else. */
  readonly day: string | null;
  /** ms */
  readonly askedAt: number;
  /** Of the machine's connection, then or now: nobody else may send the file. */
  readonly address: string;
}

/** A machine that is asked for files connected from another address. */
export interface MovedMachine {
  readonly vmcNo: number;
  readonly address: string;
}

/** A file that came whole. */
export interface FetchedFile extends Omit<ExpectedFile, 'token' | 'address'> {
  /** ms */
  readonly at: number;
  readonly bytes: number;
  /** hex */
  readonly sha256: string;
  /** As the machine called it; '': it gave no name. */
  readonly fileName: string;
  readonly remoteAddress: string;
}

/** Why what came was not taken. */
export type UploadRefusal =
  | 'tooLarge'
  | 'noFile'
  | 'empty'
  | 'severalFiles'
  | 'malformed'
  | 'otherMachine'
  /** It came from another address than the machine's. */
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
      /** What the system said of it; ''. */
      readonly detail: string;
    };

/** A list of objects, with a column for each member of any. */
export interface FetchedTable {
  /** What it is called in its file; ''. */
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** What of a file can be shown. */
export interface FetchedContent {
  readonly tables: readonly FetchedTable[];
  /** What is no table; ''. */
  readonly text: string;
  /** More is in it: it is too long to be shown whole, or some of it can't be read. */
  readonly isCut: boolean;
  /** Of a ZIP, those that were looked at. */
  readonly members: readonly string[];
}
