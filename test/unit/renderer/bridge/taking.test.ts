/** Files dropped on the window. */
import { expect, it } from 'vitest';
import { takeDropped, useTaking } from '../../../../src/renderer/src/bridge/taking';

it('refuses more files than it can open in turn, with a message', async () => {
  const files = Array.from({ length: 2_000 }, (_, n) => new File(['x'], `${n}.zip`));
  await takeDropped(files, null);
  expect(useTaking.getState()).toMatchObject({
    busy: false,
    taken: null,
    refused: [{ file: '', error: { code: 'droppedTooMany', params: { count: 2_000, max: 50 } } }],
  });
});
