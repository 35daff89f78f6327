/** Batches for windows, windows that get none any more, and main's copy of the live data. */
import { EventEmitter } from 'node:events';
import type { WebContents } from 'electron';
import { afterEach, expect, it, vi } from 'vitest';
import type { AppFacts } from '#shared/contract/feed';
import { emptyReplica } from '#shared/contract/replica';
import { noRelayState } from '#shared/model/relay';
import { Feed } from '../../../../../src/main/desktop/ipc/feed';
import { frame, machineState, row } from '../../../../builders/rows';
import { valueSources } from '../../../../builders/snapshot';

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

const added = (feed: Feed, id: number): Contents => {
  const contents = new Contents(id);
  feed.add(contents as unknown as WebContents);
  return contents;
};
const batches = ({ sent }: Contents): readonly unknown[] => sent.map((text) => JSON.parse(text) as unknown);
const crash = { id: '1-window', what: 'window', at: 1, again: true } as const;

it('a closed window, or a window whose page died, gets no data; the others do', () => {
  const feed = new Feed();
  const [good, dead, closed] = [added(feed, 1), added(feed, 2), added(feed, 3)];
  dead.hasCrashed = true;
  closed.isGone = true;
  feed.forward({ machines: { rows: [row(7)] } });
  expect([good.sent.length, dead.sent.length, closed.sent.length]).toEqual([1, 0, 0]);
  // The page is restarted, and takes a snapshot first.
  dead.hasCrashed = false;
  feed.forward({ machines: { removed: [7] } });
  expect([good.sent.length, dead.sent.length]).toEqual([2, 1]);
  closed.emit('destroyed');
  expect(feed.has(3)).toBe(false);
  feed.stop();
});

it('a watcher gets each value, without any window', () => {
  vi.useFakeTimers();
  const feed = new Feed();
  const seen: unknown[] = [];
  feed.open(valueSources({ crashes: () => [crash] }), () => undefined);
  feed.watch((part, value) => seen.push([part, value]));
  const parts: string[] = [];
  feed.watch((part) => parts.push(part));
  feed.changed('crashes');
  vi.advanceTimersByTime(300);
  feed.forward({ storm: null, faults: [] });
  expect(seen).toEqual([
    ['crashes', [crash]],
    ['storm', null],
  ]);
  expect(parts).toEqual(['crashes', 'storm']);
});

it('a batch of another thread is forwarded at once, with the changes of main so far', () => {
  vi.useFakeTimers();
  const feed = new Feed();
  feed.open(valueSources({ crashes: () => [crash] }), () => undefined);
  const window = added(feed, 1);
  feed.changed('crashes');
  feed.forward({ machines: { patches: [[7, { name: 'Lobby' }]] } });
  feed.forward({});
  vi.advanceTimersByTime(1_000);
  expect(batches(window)).toEqual([
    { seq: 1, crashes: [crash], machines: { patches: [[7, { name: 'Lobby' }]] } },
  ]);
  expect(vi.getTimerCount()).toBe(0);
});

it('the detail and the frames of one window reach this window only', () => {
  const feed = new Feed();
  const [first, second] = [added(feed, 1), added(feed, 2)];
  const detail = { state: machineState(7) };
  const frames = { token: 3, rows: [frame(5)], skipped: 0, named: [], gone: [] };
  feed.forward({}, [{ window: 1, detail }]);
  feed.forward({ storm: null }, [{ window: 2, frames }]);
  expect(batches(first)).toEqual([
    { seq: 1, detail },
    { seq: 2, storm: null },
  ]);
  expect(batches(second)).toEqual([{ seq: 2, storm: null, frames }]);
});

it('a snapshot has all batches up to its number, and values that changed without a report', () => {
  vi.useFakeTimers();
  let sequences = emptyReplica.sequences;
  const feed = new Feed();
  feed.open(valueSources({ crashes: () => [crash], sequences: () => sequences }), () => undefined);
  const window = added(feed, 1);
  feed.forward({ machines: { rows: [row(1), row(2)] }, relay: { ...noRelayState, calling: 2 } });
  feed.forward({ machines: { removed: [2], patches: [[1, { name: 'Lobby' }]] } });
  feed.changed('crashes');
  sequences = { ...sequences, aside: 'old.json' };
  const snapshot = feed.snapshot({ appVersion: '1' } as AppFacts);
  expect(snapshot).toMatchObject({
    appVersion: '1',
    seq: 3,
    machines: [row(1, { name: 'Lobby' })],
    relay: { ...noRelayState, calling: 2 },
    crashes: [crash],
    sequences,
  });
  expect(batches(window).at(-1)).toEqual({ seq: 3, crashes: [crash] });
  vi.advanceTimersByTime(10_000);
  expect(window.sent).toHaveLength(3);
});

it('the rows of a thread that was started again replace those of the dead one', () => {
  const feed = new Feed();
  feed.open(valueSources(), () => undefined);
  feed.forward({ machines: { rows: [row(1), row(2)] }, storm: { at: 5, machines: 9 } as never });
  const window = added(feed, 1);
  feed.replace({ machines: [row(2, { online: false }), row(3)], dials: [] });
  expect(batches(window)).toEqual([
    { seq: 2, machines: { rows: [row(2, { online: false }), row(3)], removed: [1] }, dials: [] },
  ]);
  expect(feed.rows('machines').map(({ vmcNo }) => vmcNo)).toEqual([2, 3]);
  expect([feed.row('machines', 3), feed.row('machines', 1)]).toEqual([row(3), undefined]);
  expect(feed.value('storm')).toMatchObject({ at: 5 });
});
