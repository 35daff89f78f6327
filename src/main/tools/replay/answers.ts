/** Pairs the received frames of one connection with the recorded frames of the same subject. */
import type { Direction, FrameEntry } from '#shared/model/frame';
import type { ReplayRow } from '#shared/model/replay';
import { decodeText } from '../../core/protocol/text';
import { readJson } from '../../core/protocol/json';
import { compare, identityOf, type CameNow, type Renamed } from './compare';
import { rewriteBody, type Rewriting } from './rewrite';
import { recordedIn, shownNow, type Rows } from './rows';

/** Unpaired frames kept; beyond this limit the oldest are given up. */
const mostWaiting = 200;

/** A recorded answer and the time limit for its counterpart. */
interface Expected {
  readonly entry: FrameEntry;
  readonly key: string;
  readonly dueAt: number;
  row: ReplayRow;
}
/** A received frame without a recorded counterpart so far. */
interface Unpaired {
  readonly frame: CameNow;
  readonly key: string;
  readonly row: ReplayRow;
}

export class Answers {
  readonly #conn: number;
  readonly #rows: Rows;
  readonly #rewriting: Rewriting;
  readonly #renamed: () => readonly Renamed[];
  #expected: Expected[] = [];
  #unpaired: Unpaired[] = [];

  constructor(conn: number, rows: Rows, rewriting: Rewriting, renamed: () => readonly Renamed[]) {
    this.#conn = conn;
    this.#rows = rows;
    this.#rewriting = rewriting;
    this.#renamed = renamed;
  }

  /** When each awaited answer counts as missing, ms since 1970. */
  get dues(): readonly number[] {
    return this.#expected.flatMap(({ dueAt, row }) => (row.outcome === 'missing' ? [] : [dueAt]));
  }

  /** Call for a recorded answer. Its counterpart may have arrived already. */
  expect(entry: FrameEntry, dueAt: number): void {
    const { text } = decodeText(rewriteBody(entry, this.#rewriting).body);
    const key = keyOf(readJson(text).json, entry.dir);
    const found = this.#unpaired.findIndex((one) => one.key === key);
    const [there] = found < 0 ? [] : this.#unpaired.splice(found, 1);
    if (there !== undefined) return this.#pair({ ...there.row, ...recordedIn(entry) }, entry, there.frame);
    const row = this.#rows.make('answer', this.#conn, entry);
    this.#expected.push({ entry, key, dueAt, row });
    this.#rows.answer(row, null);
    if (this.#expected.length > mostWaiting) this.#expected.splice(0, 1).forEach((one) => this.#missing(one));
  }

  /** `dir`: the direction of the frames that the other side sends. */
  came(frame: CameNow, dir: Direction): void {
    const key = keyOf(frame.json, dir);
    const found = this.#expected.findIndex((one) => one.key === key);
    const [expected] = found < 0 ? [] : this.#expected.splice(found, 1);
    if (expected !== undefined) return this.#pair(expected.row, expected.entry, frame);
    const made = this.#rows.make('answer', this.#conn, null);
    const row = { ...made, cmd: commandIn(frame.json), now: shownNow(frame) };
    this.#unpaired.push({ frame, key, row });
    this.#rows.answer(row, null);
    if (this.#unpaired.length > mostWaiting) this.#unpaired.splice(0, 1).forEach((one) => this.#extra(one));
  }

  /** Whether no answer is awaited. Answers due by `now` are marked missing, and can still arrive late. */
  areThere(now: number): boolean {
    let are = true;
    for (const one of this.#expected)
      if (now >= one.dueAt) this.#missing(one);
      else if (one.row.outcome !== 'missing') are = false;
    return are;
  }

  /** The connection has ended: no more frames arrive. */
  end(): void {
    for (const one of this.#expected.splice(0)) this.#missing(one);
    for (const one of this.#unpaired.splice(0)) this.#extra(one);
  }

  #pair(row: ReplayRow, entry: FrameEntry, frame: CameNow): void {
    const compared = compare(entry, frame, this.#rewriting, this.#renamed());
    this.#rows.answer({ ...row, now: shownNow(frame), ...compared }, row.outcome);
  }

  #missing(one: Expected): void {
    const { outcome } = one.row;
    if (outcome === 'missing') return;
    one.row = { ...one.row, outcome: 'missing' };
    this.#rows.answer(one.row, outcome);
  }

  #extra({ row }: Unpaired): void {
    this.#rows.answer({ ...row, outcome: 'extra' }, row.outcome);
  }
}

export function commandIn(json: CameNow['json']): string | null {
  const cmd = json?.['cmd'];
  return typeof cmd === 'string' ? cmd.trim().toLowerCase() : null;
}

function keyOf(json: CameNow['json'], dir: Direction): string {
  const cmd = commandIn(json);
  return `${cmd ?? ''}\n${identityOf(json, cmd, dir)}`;
}
