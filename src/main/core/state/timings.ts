/**
 * Times between the frames of a connection: the pause before a frame, and the time from a question to its answer.
 * The rows of `shared/messages` say which command answers which.
 */
import { answersTo, namesWithOrderNo, questionsOf } from '#shared/messages/lookup';
import { lateAfter } from '#shared/model/timing';
import type { Direction, Entry } from '#shared/model/frame';

export interface TimedEntry {
  readonly id: number;
  /** ms since 1970. */
  readonly at: number;
  readonly conn: number;
  readonly kind: Entry['kind'];
  readonly dir?: Direction | null;
  readonly cmd?: string | null;
  /** The body. Only asked of messages that carry an order number. */
  readonly bodyText: () => string;
}

/** An earlier frame that the entry answers. */
export interface Answered {
  readonly question: number;
  /** ms from the question to the answer. */
  readonly latency: number;
}

export interface Timing {
  /** ms since the frame before on the connection; `null`: the first one, or no frame. */
  readonly gap: number | null;
  readonly answered: Answered | null;
}

interface Question {
  readonly id: number;
  readonly at: number;
  readonly dir: Direction;
  readonly answers: readonly string[];
  readonly orderNo: string | null;
}

interface Connection {
  lastAt: number | null;
  /** Oldest first. */
  waiting: Question[];
}

/** Limits: questions of a connection that wait for their answer, and connections that are remembered. */
const mostWaiting = 64;
const mostConnections = 100_000;

const untimed: Timing = { gap: null, answered: null };

/** Takes the entries of a journal in order. */
export class Timings {
  readonly #connections = new Map<number, Connection>();

  next(entry: TimedEntry): Timing {
    const { at, conn, kind } = entry;
    if (kind === 'closed') this.#connections.delete(conn);
    if (kind !== 'frame') return untimed;
    let connection = this.#connections.get(conn);
    if (connection === undefined) this.#connections.set(conn, (connection = this.#begin()));
    const gap = connection.lastAt === null ? null : at - connection.lastAt;
    connection.lastAt = at;
    return { gap, answered: this.#answer(connection, entry) };
  }

  #begin(): Connection {
    if (this.#connections.size >= mostConnections)
      for (const oldest of this.#connections.keys()) {
        this.#connections.delete(oldest);
        break;
      }
    return { lastAt: null, waiting: [] };
  }

  #answer({ waiting }: Connection, { id, at, dir, cmd, bodyText }: TimedEntry): Answered | null {
    if (dir === null || dir === undefined || cmd === null || cmd === undefined) return null;
    const name = cmd.trim().toLowerCase();
    const answers = answersTo(dir, name);
    const mayAnswer = waiting.length > 0 && questionsOf(dir, name).length > 0;
    if (answers.length === 0 && !mayAnswer) return null;
    const orderNo = namesWithOrderNo.has(name) ? orderNoIn(bodyText()) : null;
    const place = mayAnswer ? questionOf(waiting, { at, dir, name, orderNo }) : -1;
    const [question] = place < 0 ? [] : waiting.splice(place, 1);
    if (answers.length > 0) {
      waiting.push({ id, at, dir, answers, orderNo });
      if (waiting.length > mostWaiting) waiting.shift();
    }
    return question === undefined ? null : { question: question.id, latency: at - question.at };
  }
}

/**
 * The place of the question that a frame answers; -1: none. Answers keep the order of their questions, so it is the oldest
 * one. A question that is late was probably lost; of those the newest counts.
 */
function questionOf(
  waiting: readonly Question[],
  answer: {
    readonly at: number;
    readonly dir: Direction;
    readonly name: string;
    readonly orderNo: string | null;
  },
): number {
  let newest = -1;
  for (const [place, { at, dir, answers, orderNo }] of waiting.entries()) {
    if (dir === answer.dir || !answers.includes(answer.name)) continue;
    // An answer with an order number belongs to that order.
    if (orderNo !== null && answer.orderNo !== null && orderNo !== answer.orderNo) continue;
    if (answer.at - at <= lateAfter) return place;
    newest = place;
  }
  return newest;
}

/** The order number in a body; `null`: none. */
export function orderNoIn(body: string): string | null {
  const found = /"order_?no"\s*:\s*(?:"([^"]*)"|(\d+))/i.exec(body);
  const text = (found?.[1] ?? found?.[2] ?? '').trim();
  return text === '' ? null : text;
}
