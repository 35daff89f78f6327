import { mayBeRelayed, noRelay, type RelaySettings } from '#shared/model/relay';
import { describe, expect, test } from 'vitest';

const server = { host: '10.0.0.1', port: 5001 };
const on: RelaySettings = { ...noRelay, isOn: true, upstream: server };
const away = { online: false, virtual: false };
const here = { online: true, virtual: false };

describe('a real server may answer a machine', () => {
  test('while it is relayed or would be: offline, not seen yet, or served until its server is back', () => {
    expect(mayBeRelayed(on, 1001, { ...here, relay: 'relayed' })).toBe(true);
    expect(mayBeRelayed(on, 1001, away)).toBe(true);
    expect(mayBeRelayed(on, 1001)).toBe(true);
    expect(mayBeRelayed(on, 1001, { ...here, relay: 'meanwhile' })).toBe(true);
    expect(mayBeRelayed(on, 1001, { ...here, relay: 'cutOff' })).toBe(true);
  });

  test('while a relayed connection is open, whatever the current settings', () => {
    expect(mayBeRelayed(noRelay, 1001, { ...here, relay: 'relayed' })).toBe(true);
  });

  test('but not while it is connected to Crema itself, the relay is off, or it has no server', () => {
    expect(mayBeRelayed(on, 1001, here)).toBe(false);
    expect(mayBeRelayed(on, 1001, { online: false, virtual: true })).toBe(false);
    expect(mayBeRelayed({ ...on, isOn: false }, 1001, away)).toBe(false);
    const ofOne: RelaySettings = { ...on, upstream: null, ofMachines: [{ vmcNo: 1001, ...server }] };
    expect(mayBeRelayed(ofOne, 1001, away)).toBe(true);
    expect(mayBeRelayed(ofOne, 1002, away)).toBe(false);
  });
});
