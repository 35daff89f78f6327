import { expect, test } from 'vitest';
import { compose, inOrder, together, type Service } from '../../../../../src/main/desktop/services/service';

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

const named = (name: string) => ({ name, live: {}, requests: {} });

test('services get the base and the rows above their own, in starting order', () => {
  const { services } = compose({ app: 'Crema' })
    .with({ log: ({ app }) => named(`log of ${app}`), crashes: () => named('crashes') })
    .with({ server: ({ app }, { log }) => named(`server of ${app} after ${log.name}`) });
  expect(Object.values(services).map(({ name }) => name)).toEqual([
    'log of Crema',
    'crashes',
    'server of Crema after log of Crema',
  ]);
});

test('a service that needs one of its own row, or a later one, does not compile', () => {
  const server = (_base: null, { packages }: { readonly packages: Service }): Service => packages;
  const packages = (): Service => named('packages');
  const first = compose(null);
  // @ts-expect-error: `packages` is in the same row, so the server gets none.
  expect(first.with({ packages, server }).services.server).toBeUndefined();
  // @ts-expect-error: `packages` is in a later row.
  expect(first.with({ server }).with({ packages }).services.server).toBeUndefined();
  expect(first.with({ packages }).with({ server }).services.server).toMatchObject({ name: 'packages' });
});

test('requests and live parts of all services are one object each', () => {
  const { services } = compose(null)
    .with({ about: () => ({ live: {}, requests: { about: 1 } }) })
    .with({ jobs: () => ({ live: { jobs: 2 }, requests: { cancelJob: 3 } }) });
  expect(together(services)).toEqual({ live: { jobs: 2 }, requests: { about: 1, cancelJob: 3 } });
});
