import { expect, test } from 'vitest';
import { inOrder } from '../../../../../src/main/desktop/services/service';

test('services stop in reverse order, and a failing one does not block the others', async () => {
  const stopped: string[] = [];
  const problems: string[] = [];
  const stops = (name: string) => ({
    stop: () => {
      stopped.push(name);
      return Promise.resolve();
    },
  });
  const fails = { stop: () => Promise.reject(new Error('the server is gone')) };
  await inOrder([stops('captures'), stops('server'), fails, {}], (detail) => problems.push(detail)).stop();
  expect(stopped).toEqual(['server', 'captures']);
  expect(problems).toEqual([expect.stringMatching(/^at the end: Error: the server is gone/)]);
});

test('services that are not started by then are not started any more', async () => {
  const started: string[] = [];
  const ends: (() => void)[] = [];
  const starts = (name: string) => ({
    start: () => {
      started.push(name);
      return new Promise<void>((resolve) => ends.push(resolve));
    },
  });
  const services = inOrder([starts('server'), starts('windows')], () => undefined);
  const start = services.start();
  await services.stop();
  ends[0]?.();
  expect(await start).toBe(false);
  expect(started).toEqual(['server']);
});
