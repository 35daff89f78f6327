/** Which machines are virtual, and which the user knows. */
import { expect, it } from 'vitest';
import type { Peer } from '#shared/model/frame';
import { defaultMachineConfig } from '#shared/model/machine';
import { Choices } from '../../../../../src/main/machines/requests/choices';

it('a machine on another computer is real, even with the port of a virtual one', () => {
  const choices = new Choices();
  choices.change({ virtualPorts: new Set([40_001]) });
  const from = (remoteAddress: string, remotePort: number): Peer => ({
    remoteAddress,
    remotePort,
    localAddress: '192.168.1.20',
    localPort: 4567,
  });
  expect(choices.isVirtualPeer(from('192.168.1.20', 40_001))).toBe(true);
  expect(choices.isVirtualPeer(from('192.168.1.77', 40_001))).toBe(false);
  expect(choices.isVirtualPeer(from('192.168.1.20', 40_002))).toBe(false);
});

it('a machine with a stored code is known like one with a name, so made-up numbers cannot evict it', () => {
  const choices = new Choices();
  expect(choices.isKnown(7)).toBe(false);
  choices.setCode(7, '12345678');
  expect(choices.isKnown(7)).toBe(true);
  choices.setCode(7, null);
  expect(choices.isKnown(7)).toBe(false);
  choices.setConfig(7, { ...defaultMachineConfig, name: 'Lobby' });
  expect(choices.isKnown(7)).toBe(true);
});
