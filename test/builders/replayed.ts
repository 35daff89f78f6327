/** A recording, a clock that a test moves, and a peer that answers by a rule. */
import { messageOf } from '#shared/messages/read';
import type { Direction, FrameEntry, Head, JsonObject } from '#shared/model/frame';
import { replayRules, type ReplayRow } from '#shared/model/replay';
import type { CameNow } from '../../src/main/tools/replay/compare';
import { ReplayRun, type Recorded, type ReplayOptions } from '../../src/main/tools/replay/run';
import type { Timing } from '../../src/main/tools/replay/waker';
import { FrameDecoder } from '../../src/main/core/protocol/frame';
import { frame } from './frames';

export interface Said {
  readonly id?: number;
  /** ms since 1970 */
  readonly at?: number;
  readonly conn?: number;
  readonly head?: Head;
  readonly sequence?: number;
}

/** A recorded frame. A text `body` is exactly the text on the wire. */
export function said(
  dir: Direction,
  body: JsonObject | string,
  { id = 1, at = 0, conn = 1, head = 'decimal', sequence = 0 }: Said = {},
): FrameEntry {
  return asRecorded(dir, frame(body, head, sequence), { id, at, conn });
}

export function asRecorded(
  dir: Direction,
  bytes: Uint8Array,
  { id = 1, at = 0, conn = 1 }: Said,
): FrameEntry {
  const decoder = new FrameDecoder();
  const [one] = [...decoder.push(bytes), ...decoder.end()];
  if (one?.kind !== 'frame') throw new Error('no frame');
  const { head, sequence, bodyStart, text, json } = one;
  const { message } = messageOf(json, dir);
  return {
    kind: 'frame',
    id,
    at,
    conn,
    vmcNo: 33_232,
    dir,
    head,
    sequence,
    bytes: one.bytes,
    bodyStart,
    text,
    message,
    findings: [],
  };
}

export const ended = (id: number, at: number, conn = 1): Recorded => ({
  entry: { kind: 'closed', id, at, conn, vmcNo: 33_232, reason: 'machineClosed' },
  isChosen: false,
});

/** A clock that advances when no task is ready. */
class TestTiming implements Timing {
  #now = 1_000_000;
  #timers: { at: number; ring: () => void }[] = [];
  /** ms by which each read advances the clock, and by which timers ring too early, as Node's do. */
  drift = { perLook: 0, early: 0 };
  now = (): number => (this.#now += this.drift.perLook);
  after = (ms: number, ring: () => void): (() => void) => {
    const timer = { at: this.#now + ms, ring };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((one) => one !== timer);
    };
  };

  /** Runs timers until the promise settles. */
  async through<T>(work: Promise<T>): Promise<T> {
    const state = { isOver: false };
    const end = (): void => {
      state.isOver = true;
    };
    work.then(end, end);
    for (;;) {
      for (let turn = 0; turn < 5; turn += 1) await new Promise((done) => setImmediate(done));
      if (state.isOver) return work;
      const [next] = this.#timers.toSorted((a, b) => a.at - b.at);
      if (next === undefined) throw new Error('nothing is waited for, and it is not over');
      this.#timers = this.#timers.filter((one) => one !== next);
      this.#now = Math.max(this.#now, next.at - this.drift.early);
      next.ring();
    }
  }
}

/** The peer's answers to a frame, each after this many ms. */
export type Answering = (
  body: JsonObject,
) => readonly { readonly body: JsonObject; readonly after: number; readonly head?: Head }[];

interface Sent {
  readonly at: number;
  readonly conn: number;
  readonly bytes: Uint8Array;
  readonly body: JsonObject;
  readonly sequence: number | null;
}

export interface Played {
  readonly timing: TestTiming;
  readonly run: ReplayRun;
  readonly sent: readonly Sent[];
  /** The latest version of each row. */
  readonly rows: ReadonlyMap<number, ReplayRow>;
  /** Connections in the order of opening; `null` after the end. */
  readonly links: readonly { readonly hears: { closed: (detail: string) => void }; isEnded: boolean }[];
}

export function played(
  entries: readonly (FrameEntry | Recorded)[],
  answering: Answering,
  options: Partial<ReplayOptions> = {},
): Played {
  const timing = new TestTiming();
  const sent: Sent[] = [];
  const rows = new Map<number, ReplayRow>();
  const links: { hears: { closed: (detail: string) => void }; isEnded: boolean }[] = [];
  const page = entries.map((one): Recorded => ('entry' in one ? one : { entry: one, isChosen: true }));
  const run = new ReplayRun({
    role: 'machine',
    pace: 1,
    rules: new Set(replayRules),
    vmcNo: null,
    salt: 'salt',
    codeOf: () => null,
    pages: (async function* () {
      await Promise.resolve();
      yield page;
    })(),
    open: (hears) => {
      const link = { hears, isEnded: false };
      const conn = links.push(link);
      return Promise.resolve({
        send: ({ bytes }) => {
          const items = new FrameDecoder().push(bytes);
          for (const item of items) {
            if (item.kind !== 'frame') continue;
            const body = item.json ?? {};
            sent.push({ at: timing.now(), conn, bytes, body, sequence: item.sequence });
            for (const answer of answering(body))
              timing.after(answer.after, () => hears.came(came(answer.body, timing.now(), answer.head)));
          }
          return Promise.resolve(null);
        },
        end: () => void (link.isEnded = true),
      });
    },
    timing,
    onRow: (row) => rows.set(row.id, row),
    onProgress: () => undefined,
    ...options,
  });
  return { timing, run, sent, rows, links };
}

export const came = (body: JsonObject, at: number, head: Head = 'decimal'): CameNow => ({
  at,
  head,
  text: JSON.stringify(body),
  json: body,
});
