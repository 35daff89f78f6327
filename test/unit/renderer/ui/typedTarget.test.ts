/** Typed addresses. */
import { expect, it } from 'vitest';
import { readTarget, typedOf } from '../../../../src/renderer/src/ui/typedTarget';

it.each([
  ['10.0.0.9', '4568', { host: '10.0.0.9', port: 4568 }],
  [' server.example ', ' 80 ', { host: 'server.example', port: 80 }],
  ['', '80', 'host'],
  ['10.0.0.9', '0', 'port'],
  ['10.0.0.9', '65536', 'port'],
  ['10.0.0.9', '8o', 'port'],
  ['10.0.0.9', '+80', 'port'],
] as const)('%j and %j', (host, port, read) => {
  expect(readTarget({ host, port }, null)).toEqual(read);
});

it('an address alone means the usual port, if there is one', () => {
  const alone = { host: '10.0.0.9', port: ' ' };
  expect(readTarget(alone, 4567)).toEqual({ host: '10.0.0.9', port: 4567 });
  expect(readTarget(alone, null)).toBe('port');
});

it('a known target is shown as it would be typed', () => {
  expect([typedOf(null), typedOf({ host: 'a', port: 80 })]).toEqual([
    { host: '', port: '' },
    { host: 'a', port: '80' },
  ]);
});
