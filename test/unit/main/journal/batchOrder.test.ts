import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BatchOrder } from '../../../../src/main/journal/batchOrder';

describe('the order of batches', () => {
  it('a batch after a missing one is refused, until the missing one is on disk', () => {
    const order = new BatchOrder();
    order.check(1);
    expect(() => order.check(2)).toThrow('an earlier batch was refused');
    order.took(1);
    order.check(2);
    expect(() => order.check(3)).toThrow('an earlier batch was refused');
  });

  it('continues after the batches of an earlier thread, and never goes back', () => {
    const order = new BatchOrder();
    order.begin(57);
    expect(order.has(57)).toBe(true);
    order.check(58);
    order.took(58);
    // The answer about batch 58 was still on its way when the file was opened again.
    order.begin(57);
    expect(order.has(58)).toBe(true);
  });
});

describe('questions that wait for a batch', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  function waiting(order: BatchOrder, ...numbers: readonly number[]): readonly number[] {
    const answered: number[] = [];
    for (const number of numbers) void order.wait(number).then(() => answered.push(number));
    return answered;
  }
  const turn = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0);

  it('are answered in their order when it is on disk', async () => {
    const order = new BatchOrder();
    const answered = waiting(order, 1, 3, 2, 1);
    order.took(1);
    await turn();
    expect(answered).toEqual([1, 1]);
    order.took(2);
    order.took(3);
    await turn();
    expect(answered).toEqual([1, 1, 2, 3]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('are answered when an earlier thread has written it', async () => {
    const order = new BatchOrder();
    const answered = waiting(order, 4);
    order.begin(4);
    await turn();
    expect(answered).toEqual([4]);
  });

  it('are answered without it after 2 s', async () => {
    const order = new BatchOrder();
    const answered = waiting(order, 1);
    await vi.advanceTimersByTimeAsync(1_999);
    expect(answered).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(answered).toEqual([1]);
    // The batch may still come.
    order.took(1);
    expect(order.has(1)).toBe(true);
  });

  it('are answered at once when the disk refuses', async () => {
    const order = new BatchOrder();
    const answered = waiting(order, 2, 1);
    order.release();
    await turn();
    expect(answered).toEqual([2, 1]);
    expect(vi.getTimerCount()).toBe(0);
  });
});
