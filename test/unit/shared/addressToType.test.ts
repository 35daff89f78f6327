import { describe, expect, it } from 'vitest';
import { addressToType } from '#shared/addressToType';
import type { AdapterKind, AdapterLink } from '#shared/model/arrivals';
import type { Adapter, ListenerState } from '#shared/model/listener';

const adapter = (name: string, address: string, family: 4 | 6 = 4): Adapter => ({
  name,
  address,
  family,
  loopback: address === '127.0.0.1',
});
const link = (name: string, kind: AdapterKind, up: AdapterLink['link'] = 'up'): AdapterLink => ({
  name,
  kind,
  link: up,
  addresses: [],
  shared: null,
});
const listening = (host: string, ...others: readonly string[]): ListenerState => ({
  status: 'listening',
  host,
  port: 9700,
  since: 0,
  others: others.map((one) => ({ status: 'listening', host: one, port: 9700, since: 0 })),
});
const loop = adapter('lo', '127.0.0.1');
const docker = adapter('docker0', '172.17.0.1');
const cable = adapter('eth0', '192.168.1.20');
const six = adapter('eth0', 'fd00::2', 6);
const adapters = [loop, docker, six, cable];
const network = [link('docker0', 'virtual'), link('eth0', 'ethernet')];
const facts = { listener: { status: 'off' } as ListenerState, adapters, network, usualPort: 4567 };
const found = (change: Partial<typeof facts>): unknown => {
  const one = addressToType({ ...facts, ...change });
  return one === null ? null : `${one.address}:${one.port}${one.isListening ? ' listening' : ''}`;
};

describe('the address to type into a machine', () => {
  it('is where Crema listens', () => {
    expect(found({ listener: listening('172.17.0.1') })).toBe('172.17.0.1:9700 listening');
    expect(found({ listener: listening('fd00::2') })).toBe('fd00::2:9700 listening');
    expect(found({ listener: listening('172.17.0.1', '192.168.1.20') })).toBe('192.168.1.20:9700 listening');
    expect(found({ listener: listening('0.0.0.0') })).toBe('192.168.1.20:9700 listening');
  });

  it('is otherwise an adapter for machines, not a program’s and not this computer’s own', () => {
    expect(found({})).toBe('192.168.1.20:4567');
    expect(found({ listener: listening('127.0.0.1') })).toBe('192.168.1.20:9700');
    expect(found({ adapters: [loop, docker] })).toBe('172.17.0.1:4567');
  });

  it('is rather one with a link', () => {
    const wifi = adapter('wlan0', '10.0.0.7');
    const down = [link('eth0', 'ethernet', 'down'), link('wlan0', 'wifi')];
    expect(found({ adapters: [cable, wifi], network: down })).toBe('10.0.0.7:4567');
  });

  it('is unknown without an address that a machine can reach', () => {
    expect(found({ adapters: [loop, six] })).toBeNull();
    expect(found({ adapters: [loop, adapter('eth0', '169.254.7.7')] })).toBeNull();
    expect(found({ adapters: [adapter('eth0', '169.254.7.7')], listener: listening('169.254.7.7') })).toBe(
      '169.254.7.7:9700 listening',
    );
  });
});
