import { expect, test } from 'vitest';
import { noticesBase } from '../../../../../src/main/desktop/services/simulator';

const at = (host: string) => ({ status: 'listening', host, port: 8_080, since: 0, others: [] }) as const;

test.each([
  // Notices to 127.0.0.1 would come from there, not from the address of the machine's connection.
  ['0.0.0.0', '192.168.5.3', 'http://192.168.5.3:8080'],
  ['0.0.0.0', '127.0.0.1', 'http://127.0.0.1:8080'],
  ['127.0.0.1', '127.0.0.1', 'http://127.0.0.1:8080'],
  ['192.168.5.3', '127.0.0.1', 'http://192.168.5.3:8080'],
  ['::', '::1', 'http://[::1]:8080'],
])('with notices at %s and machines at %s, the base is %s', (notices, machines, base) => {
  expect(noticesBase(at(notices), machines)).toBe(base);
});

test('is empty without a listener for notices', () => {
  expect(noticesBase({ status: 'off' }, '127.0.0.1')).toBeNull();
});
