/**
 * Marks and notes as packet comments. Comments of Crema itself (findings, close reasons, made-up data) begin with its name.
 * Every other comment in a file is a note.
 */
import { Buffer } from 'node:buffer';
import { directionOf, type NewEntry } from '#shared/model/frame';
import { oneLine } from '#shared/visible';
import { fin, rst, syn, type Endpoint, type Segment } from './segment';
import type { LateMark, ReadEntry } from './types';

type Mark = NonNullable<ReadEntry['mark']>;

const own = 'Crema: ';
const marked = `${own}★`;
/** Prefix of a note that begins like a comment of Crema itself. */
const noted = `${own}note: `;

/** The same limit as in the window. */
const longestNote = 1_000;

/** The beginning of the note, as a copy: a slice would make V8 keep the whole string. */
export const shortNote = (note: string): string =>
  note.length <= longestNote ? note : Buffer.from(note.slice(0, longestNote), 'utf16le').toString('utf16le');

/** Findings quote machines, and programs that show captures print comments as they are. */
export const ownComment = (text: string): string => `${own}${oneLine(text)}`;

/** `markWord`: the comment text of a marked packet. */
export function commentsOf(mark: Mark | null, markWord: string): readonly string[] {
  if (mark === null) return [];
  const note = mark.note.startsWith(own) ? `${noted}${mark.note}` : mark.note;
  return [...(mark.marked ? [`${marked} ${markWord}`] : []), ...(note === '' ? [] : [note])];
}

/** Merges two marks. */
export const joinedMarks = (mark: Mark, next: Mark): Mark => ({
  marked: mark.marked || next.marked,
  note: shortNote([mark.note, next.note].filter((note) => note !== '').join('\n')),
});

function markOf(comments: readonly string[]): Mark | null {
  const note = shortNote(
    comments
      .filter((comment) => !comment.startsWith(own) || comment.startsWith(noted))
      .map((comment) => (comment.startsWith(noted) ? comment.slice(noted.length) : comment))
      .join('\n'),
  );
  const isMarked = comments.some((comment) => comment.startsWith(marked));
  return isMarked || note !== '' ? { marked: isMarked, note } : null;
}

interface Waiting {
  readonly is: 'opened' | 'data' | 'closed';
  /** The sender; `null`: the packet carries no data. */
  readonly side: 0 | 1 | null;
  /** ms */
  readonly at: number;
  readonly mark: Mark;
}

/** Comments on the packets of one connection, until the entries of these packets arrive. */
export class Notes {
  readonly #ends: readonly [Endpoint, Endpoint];
  #machine: 0 | 1 = 0;
  #conn: number | null = null;
  #waiting: Waiting[] = [];

  constructor(ends: readonly [Endpoint, Endpoint]) {
    this.#ends = ends;
  }

  came({ flags, from, to }: Segment, side: 0 | 1, time: number, comments: readonly string[]): void {
    const mark = markOf(comments);
    if (mark === null) return;
    const is =
      (flags & syn) !== 0 ? 'opened' : (flags & (fin | rst)) !== 0 && to === from ? 'closed' : 'data';
    // A packet without data belongs to no frame: its comment goes to the next frame.
    this.#waiting.push({ is, side: to === from ? null : side, at: Math.floor(time / 1_000), mark });
  }

  /** The entry with the marks and notes of its packets. */
  put(entry: NewEntry): ReadEntry {
    this.#conn = entry.conn;
    if (entry.kind === 'opened') {
      const [{ address, port }] = this.#ends;
      const { remoteAddress, remotePort } = entry.peer;
      this.#machine = address === remoteAddress && port === remotePort ? 0 : 1;
    }
    if (this.#waiting.length === 0) return entry;
    const taken = this.#waiting.filter((one) => this.#isOf(one, entry));
    const [first, ...rest] = taken;
    if (first === undefined) return entry;
    this.#waiting = this.#waiting.filter((one) => !taken.includes(one));
    return { ...entry, mark: rest.reduce((all, one) => joinedMarks(all, one.mark), first.mark) };
  }

  /** Call after the last entry. `null`: no comment is left, or the connection has no entry. */
  end(): LateMark | null {
    const [first, ...rest] = this.#waiting.splice(0);
    if (first === undefined || this.#conn === null) return null;
    return { conn: this.#conn, mark: rest.reduce((all, one) => joinedMarks(all, one.mark), first.mark) };
  }

  #isOf({ is, side, at }: Waiting, entry: NewEntry): boolean {
    switch (entry.kind) {
      case 'opened':
        return is === 'opened';
      case 'closed':
        return true;
      case 'finding':
        return false;
      case 'frame':
      case 'junk': {
        const dir = entry.kind === 'frame' ? entry.dir : directionOf(entry);
        const sender = dir === 'in' ? this.#machine : other(this.#machine);
        return is === 'data' && (side ?? sender) === sender && at <= entry.at;
      }
    }
  }
}

const other = (side: 0 | 1): 0 | 1 => (side === 0 ? 1 : 0);
