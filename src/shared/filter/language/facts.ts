/** What a filter looks at. */
import type { Finding } from '../../findings';
import type { Direction, Entry, Head, JsonObject } from '../../model/frame';

export interface FilterFacts {
  readonly id: number;
  /** Whole ms since 1970. */
  readonly at: number;
  readonly conn: number;
  readonly vmcNo: number | null;
  /** As a person called the machine. */
  readonly vmcName: string | null;
  readonly kind: Entry['kind'];
  /** `null`: the entry is no bytes. */
  readonly dir: Direction | null;
  readonly head: Head | null;
  readonly sequence: number | null;
  /** Without outer blanks. */
  readonly cmd: string | null;
  /** Bytes on the wire, head included; 0 of what is no bytes. */
  readonly size: number;
  /** The whole body as received; junk: its bytes as Latin-1; else empty. */
  readonly text: string;
  readonly findings: readonly Finding[];
  /** The body's object; asked for only when the cheaper facts have not decided. */
  readonly body: () => JsonObject | null;
  /** A person's mark and note on the entry. */
  readonly mark: string | null;
  readonly note: string | null;
}
