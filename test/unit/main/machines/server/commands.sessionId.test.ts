import { expect, test } from 'vitest';
import { newSessionId } from '../../../../../src/main/machines/server/commands';

test('has 128 bits, none of them predictable from the last id', () => {
  const ids = Array.from({ length: 2_000 }, newSessionId);
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{32}$/);
  for (let digit = 0; digit < 32; digit += 1) expect(new Set(ids.map((id) => id[digit])).size).toBe(16);
});
