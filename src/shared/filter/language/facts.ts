/** The facts of an entry that filters test. */
import type { Finding } from '../../findings';
import type { Direction, Entry, Head, JsonObject, Peer } from '../../model/frame';
import type { AnswerState } from '../../model/timing';

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
  /** ms since the frame before on the connection; `null`: its first frame, or no frame. */
  readonly gap: number | null;
  /** ms from a question to its answer, at both; `null`: neither, or not answered so far. */
  readonly latency: number | null;
  /** `null`: the frame asks nothing. */
  readonly answered: AnswerState | null;
  /** The ends of the connection; `null`: no longer known. */
  readonly peer: Peer | null;
  /** A person's mark and note on the entry. */
  readonly mark: string | null;
  readonly note: string | null;
}
