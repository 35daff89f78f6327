/** Which machines are virtual. */
import { expect, it } from 'vitest';
import type { Peer } from '#shared/model/frame';
import { Choices } from '../../../../src/main/server/choices';

it('a machine of another computer is real, though its port is that of a virtual one', () => {
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
