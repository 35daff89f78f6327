/** Files dropped on the window. */
import { expect, it } from 'vitest';
import { takeDropped, useTaking } from '../../../../src/renderer/src/bridge/taking';

it('takes none of more files than can be taken one after the other, and says so', async () => {
  const files = Array.from({ length: 2_000 }, (_, n) => new File(['x'], `${n}.zip`));
  await takeDropped(files);
  expect(useTaking.getState()).toMatchObject({
    busy: false,
    taken: null,
    refused: [{ file: '', error: { code: 'droppedTooMany', params: { count: 2_000, max: 50 } } }],
  });
});
