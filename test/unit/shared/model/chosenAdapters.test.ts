import { expect, it } from 'vitest';
import { adapterMoves, listenAtOf } from '#shared/model/chosenAdapters';

const chosen = [
  { name: 'eth1', host: '192.168.5.3' },
  { name: 'wlan0', host: '10.0.0.2' },
];
const link = (name: string, ...addresses: readonly string[]) =>
  ({ name, kind: 'ethernet', link: 'up', addresses, shared: null }) as const;

it('an address of a chosen adapter stands for all its addresses; any other for itself', () => {
  expect(listenAtOf({ host: '10.0.0.2', port: 1 }, chosen)).toEqual({
    host: '10.0.0.2',
    port: 1,
    others: ['192.168.5.3'],
  });
  for (const host of ['0.0.0.0', '127.0.0.1', '10.0.0.9'])
    expect(listenAtOf({ host, port: 1 }, chosen).others).toEqual([]);
});

it('an adapter with another address has moved', () => {
  const moved = [{ name: 'eth1', from: '192.168.5.3', to: '192.168.5.7' }];
  expect(adapterMoves(chosen, [link('eth1', '192.168.5.7'), link('wlan0', '10.0.0.2')])).toEqual(moved);
});

it.each([
  ['has its address', [link('eth1', '192.168.5.3', '192.168.5.7')]],
  ['has none', [link('eth1')]],
  ['has only a link-local one', [link('eth1', '169.254.3.4')]],
  ['is gone', [link('eth2', '192.168.5.7')]],
  ['has the address of another chosen adapter', [link('eth1', '10.0.0.2')]],
  ['handed its address to another', [link('eth1', '192.168.5.7'), link('eth2', '192.168.5.3')]],
])('an adapter that %s has not moved', (_what, network) => {
  expect(adapterMoves(chosen, network)).toEqual([]);
});
