/** Actions of the menu in a window, including a window whose page is still loading. */
import { afterEach, expect, it, vi } from 'vitest';
import type { Action } from '#shared/contract/actions';
import { startActions, takeActions } from '../../../../src/renderer/src/bridge/actions';

afterEach(() => vi.unstubAllGlobals());

it('is kept until a component handles it, in order, and runs once', () => {
  let ask: (action: Action) => void = () => undefined;
  vi.stubGlobal('window', { crema: { onAction: (listener: typeof ask) => (ask = listener) } });
  startActions();
  const done: Action[] = [];
  ask('about');
  ask('orders');
  const stop = takeActions((action) => done.push(action));
  expect(done).toEqual(['about', 'orders']);
  ask('licences');
  expect(done).toEqual(['about', 'orders', 'licences']);
  stop();
  ask('errors');
  expect(done).toHaveLength(3);
  takeActions((action) => done.push(action));
  expect(done).toEqual(['about', 'orders', 'licences', 'errors']);
});
