import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { builtInAdapters, isSameComputer, thisComputer } from '../../../../../src/main/lib/files/computer';
import { useFolder } from '../../../../builders/useFolder';

const system = useFolder();

/** A device in a folder like `/sys`. `at`: where it is plugged in; `null`: virtual. */
function device(
  kind: 'net' | 'ieee80211',
  name: string,
  at: string | null,
  texts: Record<string, string>,
): void {
  const folder = system('class', kind, name);
  mkdirSync(folder, { recursive: true });
  for (const [file, text] of Object.entries(texts)) writeFileSync(join(folder, file), `${text}\n`);
  if (at === null) return;
  mkdirSync(system('devices', at), { recursive: true });
  symlinkSync(system('devices', at), join(folder, 'device'));
}
const permanent = { addr_assign_type: '0' };

describe.skipIf(process.platform === 'win32')('the adapters of a computer', () => {
  it('are the built-in ones with a permanent address, without the address itself', () => {
    device('net', 'eth0', 'pci0/1', { ...permanent, address: '02:00:00:00:00:01' });
    device('ieee80211', 'phy0', 'pci0/2', { macaddress: '02:00:00:00:00:02' });
    const own = builtInAdapters(system());
    expect(own).toHaveLength(2);
    expect(own.join(' ')).not.toContain(':');
    // None of these counts.
    device('net', 'wlan0', 'pci0/2', { addr_assign_type: '3', address: '02:00:00:00:00:03' });
    device('net', 'eth1', 'pci0/usb1/1-1', { ...permanent, address: '02:00:00:00:00:04' });
    device('net', 'docker0', null, { ...permanent, address: '02:00:00:00:00:05' });
    device('net', 'odd', 'pci0/3', { ...permanent, address: '' });
    expect(builtInAdapters(system())).toEqual(own);
    device('net', 'eth2', 'pci0/4', { ...permanent, address: '02:00:00:00:00:06' });
    expect(builtInAdapters(system())).toEqual(expect.arrayContaining([...own]));
  });
  it('are none where the system has no such folder', () => {
    expect(builtInAdapters(system('nothing'))).toEqual([]);
  });
});

it('a computer is the same if its system is, and one adapter is where both are known', () => {
  const now = { system: 's', adapters: ['a', 'b'] };
  for (const before of [
    now,
    { system: 's', adapters: ['b', 'c'] },
    { system: 's' },
    { system: 's', adapters: [] },
  ])
    expect(isSameComputer(before, now)).toBe(true);
  for (const before of [{}, { system: 't', adapters: ['a'] }, { system: 's', adapters: ['c'] }])
    expect(isSameComputer(before, now)).toBe(false);
  expect(isSameComputer({ system: 's', adapters: ['c'] }, { system: 's', adapters: [] })).toBe(true);
  expect(thisComputer()).toEqual(thisComputer());
});
