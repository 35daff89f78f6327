/**
 * The entry after which an uplink continues. The broker's stream decides: the newest message of the
 * journal's subject names its last entry and has a mark of it (mark.ts). The place kept on this computer only distinguishes two cases:
 * - the stream is shorter than at the last acknowledgement: the broker lost its newest messages, and they are sent again
 * - the stream is as long, but messages are missing: its owner or a limit removed them, and they are not sent again
 */
import { z } from 'zod';

/** The last acknowledged message. `seq`: its number in the stream; `created`: when the stream was made. */
export const keptPlace = z.strictObject({
  journal: z.string(),
  entry: z.int().min(0),
  /** Of the entry; left out by an older Crema. */
  mark: z.string().default(''),
  seq: z.int().min(0),
  created: z.string(),
});
export type KeptPlace = z.infer<typeof keptPlace>;

/** An entry that the broker had. Number 0: none is known, because another program wrote the message. */
export interface SentEntry {
  readonly entry: number;
  readonly mark: string;
}

/** The state of the broker's stream. `newest`: of the journal's subject; `null`: none. */
export interface StreamFacts {
  readonly created: string;
  readonly lastSeq: number;
  readonly newest: ({ readonly seq: number } & SentEntry) | null;
}

export interface Position {
  /** The newest entry that need not be sent. */
  readonly entry: number;
  /** The number of the subject's newest message; the broker refuses the next message if it has another. 0: none. */
  readonly seq: number;
}

export function positionOf(journal: string, stream: StreamFacts, kept: KeptPlace | null): Position {
  const { newest, created, lastSeq } = stream;
  const isSame = kept?.journal === journal && kept.created === created;
  const isShorter = isSame && lastSeq < kept.seq;
  const inStream = newest?.entry ?? 0;
  return {
    entry: isSame && !isShorter ? Math.max(kept.entry, inStream) : inStream,
    seq: newest?.seq ?? 0,
  };
}
