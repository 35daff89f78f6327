/** Batches of a thread's live parts: when they are sent and what is in them. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { LiveBatch } from '#shared/contract/live';
import type { MachineRow } from '#shared/model/machine';
import { noRelayState } from '#shared/model/relay';
import { Publisher, type PublisherParts } from '../../../../../src/main/lib/live/publisher';
import { command, fault, order, row } from '../../../../builders/rows';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function begin(parts: Partial<PublisherParts> = {}) {
  const sent: LiveBatch[] = [];
  const publisher = new Publisher({
    values: () => ({ relay: () => noRelayState }),
    tables: { machines: { all: () => [row(1)] }, running: { all: () => [command(4)] } },
    send: (batch) => void sent.push(batch),
    ...parts,
  });
  return { publisher, sent };
}

it('a batch follows 100 ms after a change, and none without a change', () => {
  const { publisher, sent } = begin();
  vi.advanceTimersByTime(1_000);
  publisher.put('machines', [row(1)]);
  vi.advanceTimersByTime(50);
  publisher.changed('relay');
  vi.advanceTimersByTime(49);
  expect(sent).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(sent).toEqual([{ machines: { rows: [row(1)] }, relay: noRelayState }]);
  expect(vi.getTimerCount()).toBe(0);
});

it('a batch holds each value and each row of the news once, the newest', () => {
  let calling = 1;
  const { publisher, sent } = begin({ values: () => ({ relay: () => ({ ...noRelayState, calling }) }) });
  publisher.changed('relay');
  calling = 2;
  publisher.changed('relay');
  publisher.set('storm', null);
  publisher.add('faults', [fault(1), fault(2)]);
  publisher.add('faults', [fault(1, { times: 2 })]);
  publisher.add('orders', [order(3)]);
  publisher.add('runs', []);
  vi.advanceTimersByTime(200);
  expect(sent).toEqual([
    {
      relay: { ...noRelayState, calling: 2 },
      storm: null,
      faults: [fault(1, { times: 2 }), fault(2)],
      orders: [order(3)],
    },
  ]);
});

it('few rows are sent within 100 ms; after many, a table waits a second, and other parts do not', () => {
  const { publisher, sent } = begin();
  const put = (name: string, ...numbers: number[]): void =>
    publisher.put(
      'machines',
      numbers.map((vmcNo) => row(vmcNo, { name })),
    );
  /** Numbers and names of each batch's machines. */
  const named = (): readonly unknown[] =>
    sent.map(({ machines }) =>
      [
        ...(machines?.rows ?? []).map(({ vmcNo, name }) => [vmcNo, name]),
        ...(machines?.patches ?? []).map(([vmcNo, { name }]) => [vmcNo, name]),
      ].join(' '),
    );
  put('a', 1);
  vi.advanceTimersByTime(100);
  put('b', 1);
  vi.advanceTimersByTime(100);
  expect(named()).toEqual(['1,a', '1,b']);
  put('c', ...Array.from({ length: 51 }, (_, index) => index + 1));
  vi.advanceTimersByTime(100);
  put('d', 1, 2);
  publisher.put('running', [command(4)]);
  vi.advanceTimersByTime(800);
  put('e', 2);
  publisher.flush();
  const waiting = sent.splice(0);
  expect(waiting.flatMap(({ machines }) => machines ?? [])).toHaveLength(3);
  expect(waiting.flatMap(({ running }) => running?.rows ?? [])).toEqual([command(4)]);
  vi.advanceTimersByTime(200);
  expect(named().filter((text) => text !== '')).toEqual(['1,d 2,e']);
  // After that, few rows are fast again.
  put('f', 1);
  vi.advanceTimersByTime(100);
  expect(named().at(-1)).toBe('1,f');
  expect(vi.getTimerCount()).toBe(0);
});

it('touched rows count as changes, and a batch with many of them is followed by a pause', () => {
  let lastHeard = 0;
  const beats = vi.fn<(vmcNo: number) => MachineRow>((vmcNo) => row(vmcNo, { lastHeard }));
  const { publisher, sent } = begin({
    tables: { machines: { all: () => [], row: (vmcNo) => row(vmcNo), quiet: beats } },
  });
  const all = Array.from({ length: 200 }, (_, index) => index + 1);
  const counts = (): readonly number[] => sent.map(({ machines }) => machines?.touched?.keys.length ?? 0);
  for (; lastHeard < 3_000; lastHeard += 100) {
    for (const vmcNo of all) publisher.touched('machines', vmcNo);
    vi.advanceTimersByTime(100);
  }
  expect(sent[0]?.machines?.rows).toHaveLength(200);
  expect(counts().filter((count) => count > 0)).toEqual([200, 200]);
  expect(beats).toHaveBeenCalledTimes(400);
  publisher.stop();
});

it('a snapshot has everything that can be read, and nothing of it is sent again', () => {
  const { publisher, sent } = begin();
  publisher.put('machines', [row(1)]);
  expect(publisher.snapshot()).toEqual({ relay: noRelayState, machines: [row(1)], running: [command(4)] });
  vi.advanceTimersByTime(100);
  publisher.put('machines', [row(1)]);
  vi.advanceTimersByTime(100);
  expect(sent).toEqual([{}, {}]);
});

it('after the stop nothing is sent; chosen parts can still be taken', () => {
  const { publisher, sent } = begin();
  publisher.put('machines', [row(1)]);
  publisher.add('commands', [command(4)]);
  publisher.stop();
  publisher.remove('running', [4]);
  vi.advanceTimersByTime(10_000);
  expect(sent).toEqual([]);
  expect(publisher.take(['commands', 'running'])).toEqual({
    commands: [command(4)],
    running: { removed: [4] },
  });
  expect(publisher.take(['commands', 'running'])).toEqual({});
});

it('a table of another thread is refused', () => {
  const { publisher } = begin();
  expect(() => publisher.remove('openRuns', [1])).toThrow('another thread owns the table openRuns');
});
