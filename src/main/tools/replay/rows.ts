/** Reports a row for each sent frame and for each received or missing answer. */
import { Buffer } from 'node:buffer';
import { numberOf, type FrameEntry, type Head, type JunkEntry } from '#shared/model/frame';
import { cmdOfMessage } from '#shared/model/message';
import { noReplayCounts, type ReplayCounts, type ReplayOutcome, type ReplayRow } from '#shared/model/replay';
import { readJson } from '../../core/protocol/json';
import { decodeText } from '../../core/protocol/text';
import type { CameNow } from './compare';

/** Characters of a body in a row. */
const mostText = 2_000;

export type Sendable = FrameEntry | JunkEntry;

export class Rows {
  readonly #report: (row: ReplayRow) => void;
  readonly #counts = { ...noReplayCounts };
  #last = 0;
  /** The step of the last sent frame. */
  step = 0;

  /** `report` receives each version of a row. */
  constructor(report: (row: ReplayRow) => void) {
    this.#report = report;
  }

  /** Counts of answers by outcome. */
  get counts(): ReplayCounts {
    return { ...this.#counts };
  }

  get last(): number {
    return this.#last;
  }

  make(kind: ReplayRow['kind'], conn: number, entry: Sendable | null): ReplayRow {
    this.#last += 1;
    const nothing = { cmd: null, entry: null, recorded: null, now: null };
    const base = { id: this.#last, kind, step: this.step, conn, ...nothing };
    const recorded = entry === null ? {} : recordedIn(entry);
    return { ...base, ...recorded, outcome: 'waiting', differences: [], notes: [] };
  }

  sent(row: ReplayRow): void {
    this.#report(row);
  }

  /** `before`: the outcome last reported; `null`: none. */
  answer(row: ReplayRow, before: ReplayOutcome | null): void {
    if (before !== null) this.#counts[before] -= 1;
    this.#counts[row.outcome] += 1;
    this.#report(row);
  }
}

/** The recorded half of a row. */
export function recordedIn(entry: Sendable): Pick<ReplayRow, 'cmd' | 'entry' | 'recorded'> {
  const isFrame = entry.kind === 'frame';
  const text = isFrame ? entry.text : Buffer.from(entry.bytes).toString('latin1');
  const cmd = isFrame ? cmdOfMessage(entry.message) : null;
  return { cmd, entry: numberOf(entry), recorded: { at: entry.at, text: cut(text) } };
}

export const shownNow = ({ at, text }: Pick<CameNow, 'at' | 'text'>): ReplayRow['now'] => ({
  at,
  text: cut(text),
});

const cut = (text: string): string => text.slice(0, mostText);

/** The frame as its receiver reads it. */
export function asRead(bytes: Uint8Array, bodyStart: number, head: Head | null, at: number): CameNow {
  const { text } = decodeText(bytes.subarray(bodyStart));
  return { at, head, text, json: readJson(text).json };
}
