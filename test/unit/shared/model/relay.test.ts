import { mayBeRelayed, noRelay, type RelaySettings } from '#shared/model/relay';
import { describe, expect, test } from 'vitest';

const server = { host: '10.0.0.1', port: 5001 };
const on: RelaySettings = { ...noRelay, isOn: true, upstream: server };
const away = { online: false, virtual: false };
const here = { online: true, virtual: false };

describe('whether a machine may be answered by its real server', () => {
  test('it is while it is relayed, and also once it comes: away, not seen yet, or served until its server is back', () => {
    expect(mayBeRelayed(on, 1001, { ...here, relay: 'relayed' })).toBe(true);
    expect(mayBeRelayed(on, 1001, away)).toBe(true);
    expect(mayBeRelayed(on, 1001)).toBe(true);
    expect(mayBeRelayed(on, 1001, { ...here, relay: 'meanwhile' })).toBe(true);
    expect(mayBeRelayed(on, 1001, { ...here, relay: 'cutOff' })).toBe(true);
  });

  test('a connection that is relayed still is until it is let go, whatever the settings say now', () => {
    expect(mayBeRelayed(noRelay, 1001, { ...here, relay: 'relayed' })).toBe(true);
  });

  test('it is not while it stands at Crema itself, while the relay is off, or where it has no server', () => {
    expect(mayBeRelayed(on, 1001, here)).toBe(false);
    expect(mayBeRelayed(on, 1001, { online: false, virtual: true })).toBe(false);
    expect(mayBeRelayed({ ...on, isOn: false }, 1001, away)).toBe(false);
    const ofOne: RelaySettings = { ...on, upstream: null, ofMachines: [{ vmcNo: 1001, ...server }] };
    expect(mayBeRelayed(ofOne, 1001, away)).toBe(true);
    expect(mayBeRelayed(ofOne, 1002, away)).toBe(false);
  });
});
