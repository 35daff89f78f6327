/** Feed data for windows, and windows that get none any more. */
import { EventEmitter } from 'node:events';
import type { WebContents } from 'electron';
import { afterEach, expect, it, vi } from 'vitest';
import type { AppFacts } from '#shared/contract/feed';
import { livePartsOf } from '#shared/contract/live';
import { Feed, type WholeSources } from '../../../../../src/main/desktop/ipc/feed';
import { initialLive } from '../../../../../src/renderer/src/store/live';
import { row } from '../../../../builders/rows';
import { noRows } from '../../../../builders/snapshot';

afterEach(() => vi.useRealTimers());

class Contents extends EventEmitter {
  readonly sent: string[] = [];
  isGone = false;
  hasCrashed = false;
  readonly id: number;

  constructor(id: number) {
    super();
    this.id = id;
  }

  isDestroyed(): boolean {
    return this.isGone;
  }

  isCrashed(): boolean {
    if (this.isGone) throw new Error('Object has been destroyed');
    return this.hasCrashed;
  }

  send(_channel: string, batch: string): void {
    // As in Electron, which writes the error to the terminal.
    if (this.isGone || this.hasCrashed) throw new Error('Render frame was disposed');
    this.sent.push(batch);
  }
}

it('a closed window, or a window whose page died, gets no data; the others do', () => {
  const feed = new Feed();
  const [good, dead, closed] = [new Contents(1), new Contents(2), new Contents(3)];
  for (const contents of [good, dead, closed]) feed.add(contents as unknown as WebContents);
  dead.hasCrashed = true;
  closed.isGone = true;
  feed.keyed('machines', { rows: [row(7)], removed: [] });
  feed.flush();
  expect([good.sent.length, dead.sent.length, closed.sent.length]).toEqual([1, 0, 0]);
  // The page is restarted, and takes a snapshot first.
  dead.hasCrashed = false;
  feed.keyed('machines', { rows: [], removed: [7] });
  feed.flush();
  expect([good.sent.length, dead.sent.length]).toEqual([2, 1]);
  closed.emit('destroyed');
  expect(feed.has(3)).toBe(false);
  feed.stop();
});

it('a watcher gets each value of a whole part, without any window', () => {
  const feed = new Feed();
  const seen: unknown[] = [];
  const values = {
    ...initialLive,
    crashes: [{ id: '1-window', what: 'window', at: 1, again: true }],
  } as const;
  const sources = Object.fromEntries(livePartsOf('whole').map((part) => [part, () => values[part]]));
  feed.open(sources as unknown as WholeSources, () => undefined);
  feed.watchWhole((part, value) => seen.push([part, value]));
  const parts: string[] = [];
  feed.watchWhole((part) => parts.push(part));
  feed.changed('crashes');
  feed.flush();
  feed.flush();
  expect(seen).toEqual([['crashes', values.crashes]]);
  expect(parts).toEqual(['crashes']);
});

/** Numbers and names of each batch's rows. */
const named = (contents: Contents): readonly unknown[] =>
  contents.sent.map((batch) =>
    (JSON.parse(batch) as { machines: { rows: { vmcNo: number; name: string }[] } }).machines.rows.map(
      ({ vmcNo, name }) => `${vmcNo} ${name}`,
    ),
  );

it('few rows are sent within 100 ms; after many, rows are collected for a second and sent with their newest values', () => {
  vi.useFakeTimers();
  const feed = new Feed();
  const window = new Contents(1);
  feed.add(window as unknown as WebContents);
  const say = (name: string, ...numbers: number[]): void =>
    feed.keyed('machines', { rows: numbers.map((vmcNo) => row(vmcNo, { name })), removed: [] });
  say('a', 1);
  vi.advanceTimersByTime(100);
  say('b', 1);
  vi.advanceTimersByTime(100);
  expect(named(window)).toEqual([['1 a'], ['1 b']]);
  const many = Array.from({ length: 51 }, (_, index) => index + 1);
  say('c', ...many);
  vi.advanceTimersByTime(100);
  expect(window.sent).toHaveLength(3);
  say('d', 1, 2);
  vi.advanceTimersByTime(800);
  say('e', 2);
  feed.flush();
  expect(window.sent).toHaveLength(3);
  vi.advanceTimersByTime(200);
  expect(named(window).slice(3)).toEqual([['1 d', '2 e']]);
  // After that, few rows are fast again.
  say('f', 1);
  vi.advanceTimersByTime(100);
  expect(named(window).slice(4)).toEqual([['1 f']]);
  feed.stop();
  expect(vi.getTimerCount()).toBe(0);
});

it('rows collected before a snapshot never undo it', () => {
  vi.useFakeTimers();
  const feed = new Feed();
  feed.open(
    Object.fromEntries(
      livePartsOf('whole').map((part) => [part, () => initialLive[part]]),
    ) as unknown as WholeSources,
    () => undefined,
  );
  const window = new Contents(1);
  feed.add(window as unknown as WebContents);
  const many = Array.from({ length: 51 }, (_, index) => row(index + 1));
  feed.keyed('machines', { rows: many, removed: [] });
  feed.flush();
  feed.keyed('machines', { rows: [{ ...row(1), name: 'old' }], removed: [] });
  feed.flush();
  expect(window.sent).toHaveLength(1);
  const { seq } = feed.snapshot({} as AppFacts, { ...noRows, machines: [row(1)] });
  expect(window.sent.map((batch) => (JSON.parse(batch) as { seq: number }).seq <= seq)).toEqual([true, true]);
  vi.advanceTimersByTime(10_000);
  expect(window.sent).toHaveLength(2);
  feed.stop();
});
