import { expect, test } from 'vitest';
import { Visitors } from '../../../../../src/main/packages/host/visitors';

function visited() {
  let now = 0;
  const visitors = new Visitors(() => (now += 1));
  const asks = (address: string, asked: string, status = 404): void =>
    visitors.note({ address, asked, status });
  return { visitors, asks };
}

test('a repeated request is counted and comes first', () => {
  const { visitors, asks } = visited();
  asks('10.0.0.7', 'GET /a');
  asks('10.0.0.8', 'GET /a');
  asks('10.0.0.7', 'GET /a', 405);
  expect(visitors.list).toEqual([
    { id: 1, address: '10.0.0.7', asked: 'GET /a', status: 405, since: 1, at: 3, count: 2 },
    { id: 2, address: '10.0.0.8', asked: 'GET /a', status: 404, since: 2, at: 2, count: 1 },
  ]);
});

test('an address with many different requests keeps its lines and those of others', () => {
  const { visitors, asks } = visited();
  asks('10.0.0.7', 'GET /update.xml');
  for (let n = 0; n < 10_000; n += 1) asks('10.0.0.9', `GET /${n}`);
  const { list } = visitors;
  expect(list).toHaveLength(22);
  expect(list[0]).toMatchObject({ address: '10.0.0.9', asked: null, count: 9_980 });
  expect(list.at(-1)).toMatchObject({ address: '10.0.0.7', count: 1 });
});

test('of many addresses the latest are kept, and of long requests the start', () => {
  const { visitors, asks } = visited();
  for (let n = 0; n < 300; n += 1) asks(`10.0.1.${n}`, `GET /${'x'.repeat(10_000)}`);
  const { list } = visitors;
  expect([list.length, list[0]?.address, list[0]?.asked?.length]).toEqual([100, '10.0.1.299', 200]);
  visitors.clear();
  expect(visitors.list).toEqual([]);
});
