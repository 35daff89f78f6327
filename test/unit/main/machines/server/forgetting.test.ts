import { expect, it } from 'vitest';
import { forgottenTogether, Forgetting } from '../../../../../src/main/machines/server/forgetting';

function machines(count: number) {
  const left = new Set(Array.from({ length: count }, (_, n) => n));
  const forgetting = new Forgetting({ left: () => [...left], forget: (vmcNo) => void left.delete(vmcNo) });
  return { left, forgetting };
}

it('removes many machines in small groups', async () => {
  const { left, forgetting } = machines(2 * forgottenTogether + 10);
  const done = forgetting.run();
  expect(left.size).toBe(forgottenTogether + 10);
  await expect.poll(() => left.size, { interval: 5 }).toBe(10);
  await done;
  expect(left.size).toBe(0);
});

it('removes the rest at once at the end, and nothing without a request', async () => {
  const { left, forgetting } = machines(forgottenTogether + 10);
  forgetting.finish();
  expect(left.size).toBe(forgottenTogether + 10);
  const done = forgetting.run();
  forgetting.finish();
  expect(left.size).toBe(0);
  await done;
});
