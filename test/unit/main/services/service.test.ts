import { expect, test } from 'vitest';
import { stopAll } from '../../../../src/main/services/service';

test('services stop in the reverse order, and one that can not does not keep the others from it', async () => {
  const stopped: string[] = [];
  const problems: string[] = [];
  const stops = (name: string) => ({
    stop: () => {
      stopped.push(name);
      return Promise.resolve();
    },
  });
  const fails = { stop: () => Promise.reject(new Error('the server is gone')) };
  await stopAll([stops('captures'), stops('server'), fails, {}], (detail) => problems.push(detail));
  expect(stopped).toEqual(['server', 'captures']);
  expect(problems).toEqual([expect.stringMatching(/^at the end: Error: the server is gone/)]);
});
