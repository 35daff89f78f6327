import { describe, expect, it } from 'vitest';
import { hostPort, isAddress, named } from '../../../../src/renderer/src/ui/where';

describe('addresses', () => {
  it.each(['192.168.1.20', '0.0.0.0', '::1', '::', 'fe80::1', '2001:db8::7'])('%s is valid', (host) => {
    expect(isAddress(host)).toBe(true);
  });
  it.each([
    '',
    '192.168.1',
    '192.168.1.256',
    '192.168.01.1',
    '1.2.3.4.5',
    'localhost',
    'fe80::1%eth0',
    'x:y',
  ])('%j is invalid', (host) => {
    expect(isAddress(host)).toBe(false);
  });
  it('are written with their port', () => {
    expect(hostPort('192.168.1.20', 9700)).toBe('192.168.1.20:9700');
    expect(hostPort('::1', 9700)).toBe('[::1]:9700');
    const adapters = [{ name: 'Ethernet', address: '192.168.1.20', family: 4, loopback: false } as const];
    expect(named('192.168.1.20', 9700, adapters)).toBe('192.168.1.20:9700 (Ethernet)');
    expect(named('192.168.1.21', 9700, adapters)).toBe('192.168.1.21:9700');
  });
});
