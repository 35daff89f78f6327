import { expect, it } from 'vitest';
import { runtime } from '../../../../../../src/main/tools/doctor/checks/runtime';
import { codesOf, computer } from '../../../../../builders/doctor';

it.each([
  [{}, '20.19.0', 'ok app'],
  [{ build: 'development' }, '20.19.0', 'ok sources'],
  [{ build: 'test' }, '20.19.0', 'warning testBuild'],
  [{ electron: null }, '20.19.0', 'ok server'],
  [{ electron: null }, '22.0.0', 'ok server'],
  [{ electron: null }, '20.18.9', 'problem oldNode'],
  [{ electron: null }, '18.30.0', 'problem oldNode'],
  // Users can't choose the runtime's own Node.
  [{}, '18.30.0', 'ok app'],
] as const)('%j on Node %s: %s', async (patch, node, code) => {
  const results = await runtime(computer(patch), node);
  expect(codesOf(results)).toEqual([code]);
  const own = code === 'problem oldNode' ? { node } : { version: '1.2.3' };
  expect(results[0]?.params).toMatchObject(own);
});
