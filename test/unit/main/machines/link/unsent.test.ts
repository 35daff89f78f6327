import { expect, it } from 'vitest';
import { Unsent } from '../../../../../src/main/machines/link/unsent';

it('beyond the limit, connections that stopped reading first are closed until the rest fits', () => {
  const unsent = new Unsent(100);
  const gone: string[] = [];
  const named = (name: string) => ({ giveUp: (bytes: number) => void gone.push(`${name} ${bytes}`) });
  const [a, b, c, d] = [named('a'), named('b'), named('c'), named('d')];
  unsent.waits(a, 40);
  unsent.waits(b, 40);
  unsent.waits(a, 50);
  expect(gone).toEqual([]);
  unsent.taken(b);
  unsent.taken(b);
  unsent.waits(c, 50);
  expect(gone).toEqual([]);
  unsent.waits(d, 60);
  expect(gone).toEqual(['a 50', 'c 50']);
  unsent.waits(a, 40);
  expect(gone).toHaveLength(2);
});

it('the default limit is 64 MiB, to the byte', () => {
  const unsent = new Unsent();
  const gone: number[] = [];
  const one = { giveUp: (bytes: number) => void gone.push(bytes) };
  unsent.waits(one, 64 * 1024 ** 2);
  expect(gone).toEqual([]);
  unsent.waits(one, 64 * 1024 ** 2 + 1);
  expect(gone).toEqual([64 * 1024 ** 2 + 1]);
});
