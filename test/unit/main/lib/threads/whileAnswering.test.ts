import { expect, test } from 'vitest';
import { whileAnswering } from '../../../../../src/main/lib/threads/whileAnswering';

const never = new Promise<never>(() => undefined);
const later = <T>(value: T, ms: number): Promise<T> =>
  new Promise((resolve) => setTimeout(() => resolve(value), ms));

test('waits for a thread that answers, however long its work takes', async () => {
  let asked = 0;
  let end: (result: string) => void = () => undefined;
  const work = new Promise<string>((resolve) => {
    end = resolve;
  });
  const ask = (): Promise<unknown> => {
    asked += 1;
    if (asked === 5) end('done');
    return asked % 2 === 0 ? Promise.resolve() : Promise.reject(new Error('not open'));
  };
  expect(await whileAnswering(work, ask, 20)).toBe('done');
  expect(asked).toBe(5);
});

test('does not wait for a thread that hangs', async () => {
  await expect(whileAnswering(never, () => never, 20)).rejects.toThrow('the thread does not answer');
});

test('reports failed work and asks no further', async () => {
  let asked = 0;
  const ask = (): Promise<unknown> => {
    asked += 1;
    return Promise.resolve();
  };
  await expect(whileAnswering(Promise.reject(new Error('no')), ask, 10)).rejects.toThrow('no');
  const before = asked;
  await later(null, 40);
  expect(asked).toBe(before);
});
