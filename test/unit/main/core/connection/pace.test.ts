/** The send time of the next frame, to the millisecond. */
import { describe, expect, it } from 'vitest';
import type { Entry } from '#shared/model/frame';
import type { Platform } from '#shared/model/machine';
import { Pace, patience, pauseOf } from '../../../../../src/main/core/connection/pace';

const vmcNo = 7;

/** A clock that the test advances, and timers that fire only then. */
class Clocked {
  now = 1_000_000;
  /** Machines due for another check. */
  readonly asked: number[] = [];
  readonly timers: { readonly at: number; readonly run: () => void }[] = [];
  readonly pace = new Pace({
    now: () => this.now,
    later: (ms, run) => void this.timers.push({ at: this.now + ms, run }),
    goOn: (machine) => void this.asked.push(machine),
  });

  writes(conn = 1): this {
    const entry = { kind: 'frame', dir: 'out', conn, at: this.now } as Entry;
    this.pace.onEntry(entry, vmcNo);
    return this;
  }

  hears(): this {
    this.pace.onEntry({ kind: 'frame', dir: 'in', conn: 1, at: this.now } as Entry, vmcNo);
    return this;
  }

  closes(conn: number): this {
    this.pace.onEntry({ kind: 'closed', conn, at: this.now } as Entry, vmcNo);
    return this;
  }

  after(ms: number): this {
    const end = this.now + ms;
    for (let due = this.#due(end); due !== undefined; due = this.#due(end)) {
      this.now = due.at;
      due.run();
    }
    this.now = end;
    return this;
  }

  allows(platform: Platform | null = 'linux'): boolean {
    return this.pace.allows(vmcNo, platform);
  }

  #due(end: number): (typeof this.timers)[number] | undefined {
    const first = this.timers.toSorted((a, b) => a.at - b.at).find(({ at }) => at <= end);
    if (first !== undefined) this.timers.splice(this.timers.indexOf(first), 1);
    return first;
  }
}

it('the pauses are those of the two programs; an unknown program has the shorter', () => {
  expect([pauseOf('linux'), pauseOf('android'), pauseOf(null), patience]).toEqual([500, 1_000, 500, 10_000]);
});

it('without an earlier frame: immediately', () => {
  expect(new Clocked().allows()).toBe(true);
  expect(new Clocked().hears().allows()).toBe(true);
});

describe.each([
  ['linux', 500],
  ['android', 1_000],
  [null, 500],
] as const)('%s', (platform, pause) => {
  it('a frame may follow the last one after exactly the pause', () => {
    const book = new Clocked().writes();
    expect(book.allows(platform)).toBe(false);
    book.now += pause - 1;
    expect(book.allows(platform)).toBe(false);
    book.now += 1;
    expect(book.allows(platform)).toBe(true);
  });
});

it('a clock that was set back by a millisecond does not delay frames', () => {
  const book = new Clocked().writes();
  book.now -= 1;
  expect(book.allows()).toBe(true);
});

it('the end of its own connection ends the pause, another one does not', () => {
  const book = new Clocked().writes(2);
  expect(book.closes(1).allows()).toBe(false);
  expect(book.closes(2).allows()).toBe(true);
});

it('callers should ask again once after the pause', () => {
  const book = new Clocked().writes().after(200);
  expect([book.allows(), book.allows()]).toEqual([false, false]);
  expect(book.timers.map(({ at }) => at - book.now)).toEqual([300]);
  expect(book.after(299).asked).toEqual([]);
  expect(book.after(1).asked).toEqual([vmcNo]);
  expect(book.allows()).toBe(true);
  expect(book.timers).toEqual([]);
});

describe('patience', () => {
  /** A machine that gets a reply every 100 ms while a frame waits from now on. */
  const busy = (ms: number): Clocked => {
    const book = new Clocked().writes();
    expect(book.allows()).toBe(false);
    for (let gone = 0; gone < ms; gone += 100) {
      book.now += 100;
      book.writes();
      expect(book.allows()).toBe(false);
    }
    return book;
  };

  it('ends after ten seconds: a frame is sent between two answers', () => {
    const book = busy(9_900);
    book.now += 99;
    expect(book.allows()).toBe(false);
    book.now += 1;
    expect(book.allows()).toBe(true);
  });

  it('never lets a frame share a millisecond with an answer', () => {
    const book = busy(9_900);
    book.now += 100;
    book.writes();
    expect(book.allows()).toBe(false);
    book.now += 1;
    expect(book.allows()).toBe(true);
  });

  it('begins again for the next waiting frame', () => {
    const book = busy(9_900);
    book.now += 100;
    expect(book.allows()).toBe(true);
    book.writes();
    book.now += 100;
    expect(book.allows()).toBe(false);
  });
});

it('a turn is a pause after the last frame, and is extended when another is written meanwhile', async () => {
  const book = new Clocked().writes().after(100);
  let isOver = false;
  const turn = book.pace.turn(vmcNo, 'linux').then(() => (isOver = true));
  const goesOn = () => new Promise((resolve) => setImmediate(resolve));
  book.writes().after(400);
  await goesOn();
  book.after(99);
  await goesOn();
  expect(isOver).toBe(false);
  book.after(1);
  await turn;
  expect(book.now).toBe(1_000_000 + 600);
});
