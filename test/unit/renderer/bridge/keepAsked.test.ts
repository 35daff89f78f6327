/** A question whose answer is kept up to date while a view shows it. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { keepAsked } from '../../../../src/renderer/src/bridge/keepAsked';
import { useCrema } from '../../../../src/renderer/src/store';

const pause = 1_000;
beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** Questions, which the test answers one by one. */
function asking(isOld: Parameters<typeof keepAsked>[0]['isOld']) {
  const wanted: (() => boolean)[] = [];
  const open: (() => void)[] = [];
  const stop = keepAsked({
    pause,
    isOld,
    ask: async (isWanted) => {
      wanted.push(isWanted);
      await new Promise<void>((resolve) => open.push(resolve));
    },
  });
  const answer = (): Promise<void> => {
    open.shift()?.();
    return Promise.resolve();
  };
  return { wanted, answer, stop };
}
const tell = (): void => useCrema.setState((state) => ({ news: { ...state.news } }));

it('is asked at once, and once more after any number of changes', async () => {
  const { wanted, answer, stop } = asking((state, before) => state.news !== before.news);
  expect(wanted).toHaveLength(1);
  await answer();
  tell();
  tell();
  expect(wanted).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(pause);
  expect(wanted).toHaveLength(2);
  await answer();
  await vi.advanceTimersByTimeAsync(5 * pause);
  expect(wanted).toHaveLength(2);
  stop();
});

it('is not asked while an answer is pending, but afterwards', async () => {
  const { wanted, answer, stop } = asking(() => true);
  tell();
  await vi.advanceTimersByTimeAsync(pause);
  expect(wanted).toHaveLength(1);
  await answer();
  await vi.advanceTimersByTimeAsync(pause);
  expect(wanted).toHaveLength(2);
  stop();
});

it('after a stop it is not asked, and its answer is dropped', async () => {
  const { wanted, answer, stop } = asking(() => true);
  await answer();
  tell();
  stop();
  await vi.advanceTimersByTimeAsync(pause);
  tell();
  await vi.advanceTimersByTimeAsync(pause);
  expect(wanted.map((isWanted) => isWanted())).toEqual([false]);
});

it('is asked once without a notifier', async () => {
  const { wanted, answer, stop } = asking(null);
  await answer();
  tell();
  await vi.advanceTimersByTimeAsync(pause);
  expect(wanted).toHaveLength(1);
  stop();
});
