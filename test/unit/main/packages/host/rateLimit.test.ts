import { describe, expect, test } from 'vitest';
import { RateLimit } from '../../../../../src/main/packages/host/rateLimit';
import { FakeClock } from '../../../../builders/simulatedMachine';

const MB = 1_000_000;

function limited(all: number | null, machine: number | null = null) {
  const clock = new FakeClock();
  const limit = new RateLimit(clock);
  limit.rates = { all, machine };
  /** Takes all it gets in chunks of this size, like a fast machine. */
  const download = (vmcNo: number, piece = 65_536) => {
    const ration = limit.open(vmcNo);
    const got = { bytes: 0, pieces: 0, hasEnded: false };
    const next = (): void =>
      ration.take(piece, (bytes) => {
        got.hasEnded = bytes === 0;
        got.bytes += bytes;
        got.pieces += 1;
        // Disk reads take time too.
        if (bytes > 0) clock.after(1, next);
      });
    next();
    return { got, close: () => ration.close() };
  };
  return { clock, limit, download };
}

/** Tolerance: the rest of a turn stays unused. */
const near = (bytes: number) => ({
  asymmetricMatch: (got: unknown) =>
    typeof got === 'number' && Math.abs(got - bytes) <= bytes * 0.02 + 65_536,
});

describe('the total rate', () => {
  test('is the chosen one, and a single download gets all of it', () => {
    const { clock, download } = limited(40 * MB);
    const { got } = download(1);
    clock.advance(10_000);
    expect(got.bytes).toEqual(near(400 * MB));
  });

  test('is shared evenly by ten, whatever the size of their reads', () => {
    const { clock, download } = limited(10 * MB);
    const all = Array.from({ length: 10 }, (_, index) => download(index, index < 5 ? 524_288 : 24_576));
    clock.advance(20_000);
    for (const { got } of all) expect(got.bytes).toEqual(near(20 * MB));
  });

  test('is shared by machines, not by connections', () => {
    const { clock, download } = limited(10 * MB);
    const greedy = Array.from({ length: 9 }, () => download(1));
    const other = download(2);
    clock.advance(10_000);
    expect(other.got.bytes).toEqual(near(50 * MB));
    expect(greedy.reduce((sum, { got }) => sum + got.bytes, 0)).toEqual(near(50 * MB));
  });

  test('reaches each of a thousand every few seconds, so that none seems stalled', () => {
    const { clock, download } = limited(MB);
    const all = Array.from({ length: 1_000 }, (_, index) => download(index));
    clock.advance(10_000);
    expect(Math.min(...all.map(({ got }) => got.pieces))).toBeGreaterThan(1);
  });
});

describe('the rate of one machine', () => {
  test('is limited over all its connections, and the others get the rest', () => {
    const { clock, download } = limited(10 * MB, 2 * MB);
    const [first, second] = [download(1), download(1)];
    const other = download(2);
    clock.advance(10_000);
    expect(first.got.bytes + second.got.bytes).toEqual(near(20 * MB));
    expect(other.got.bytes).toEqual(near(20 * MB));
  });

  test('does not grow when it reconnects', () => {
    const { clock, download } = limited(null, MB);
    let bytes = 0;
    for (let tries = 0; tries < 1_000; tries += 1) {
      const { got, close } = download(1);
      clock.advance(10);
      close();
      bytes += got.bytes;
    }
    expect(bytes).toBeLessThanOrEqual(10 * MB + 65_536);
  });
});

test('without a limit everything is granted at once, and no timer runs', () => {
  const { clock, limit } = limited(null);
  const got: number[] = [];
  limit.open(1).take(524_288, (bytes) => got.push(bytes));
  expect([got, clock.timers, limit.isLimited]).toEqual([[524_288], 0, false]);
});

test('one timer serves all, and none runs when nobody waits', () => {
  const { clock, download } = limited(MB);
  const all = Array.from({ length: 50 }, (_, index) => download(index));
  clock.advance(1_000);
  for (const { got } of all) expect(got.hasEnded).toBe(false);
  for (const { close } of all) close();
  clock.advance(1);
  for (const { got } of all) expect(got.hasEnded).toBe(true);
  expect(clock.timers).toBe(0);
});

test('a new limit applies at once, also to waiting downloads', () => {
  const { clock, limit, download } = limited(1_000);
  const { got } = download(1);
  clock.advance(1_000);
  expect(got.bytes).toBeLessThan(10_000);
  limit.rates = { all: null, machine: null };
  expect(got.pieces).toBe(1);
  limit.rates = { all: 10 * MB, machine: null };
  clock.advance(10_000);
  expect(got.bytes).toEqual(near(100 * MB));
});
