/** The facts of an entry that filters test. */
import type { Finding } from '../../findings';
import type { Direction, Entry, Head, JsonObject } from '../../model/frame';

export interface FilterFacts {
  /** The entry's number; `null`: it has none. */
  readonly id: number | null;
  /** Whole ms since 1970. */
  readonly at: number;
  readonly conn: number;
  readonly vmcNo: number | null;
  /** The machine's name given by a person. */
  readonly vmcName: string | null;
  readonly kind: Entry['kind'];
  /** `null`: the entry has no bytes. */
  readonly dir: Direction | null;
  readonly head: Head | null;
  readonly sequence: number | null;
  /** Without outer blanks. */
  readonly cmd: string | null;
  /** Bytes on the wire including the head; 0 for entries without bytes. */
  readonly size: number;
  /** The whole body as received; junk: its bytes as Latin-1; otherwise empty. */
  readonly text: string;
  readonly findings: readonly Finding[];
  /** The body's object, only used if the cheaper facts do not decide. */
  readonly body: () => JsonObject | null;
  /** A person's mark and note on the entry. */
  readonly mark: string | null;
  readonly note: string | null;
}
