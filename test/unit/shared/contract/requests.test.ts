import { expect, it } from 'vitest';
import { requests } from '#shared/contract/requests';

it('a table is saved whole, also of every machine that a computer can serve', () => {
  const rows = Array.from({ length: 20_000 }, (_, i) => [String(i), 'made']);
  expect(requests.saveTable.parse({ name: 'totals.csv', rows }).rows).toHaveLength(20_000);
});
