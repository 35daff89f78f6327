import { expect, it } from 'vitest';
import { networkOf, Room } from '../../../../../src/main/lib/net/room';

const known = 100;

function filled(places: number, guests: readonly (readonly [address: string, vmcNo: number | null])[]) {
  let now = 0;
  const room = new Room<{ address: string; vmcNo: number | null }>(
    places,
    (vmcNo) => vmcNo >= known,
    () => now,
  );
  const after = (ms: number): void => void (now += ms);
  for (const [address, vmcNo] of guests) {
    const guest = { address, vmcNo };
    room.enter(guest);
    if (vmcNo !== null) room.named(guest);
  }
  /** The evicted connections, one after the other. */
  const evictions = (times: number): readonly string[] =>
    Array.from({ length: times }, () => {
      const evicted = room.evicted();
      if (evicted === null) return 'nobody';
      room.leave(evicted.guest);
      return `${evicted.guest.address} ${evicted.guest.vmcNo} of ${evicted.held}`;
    });
  return { room, evictions, after };
}

it('evicts from the largest address: first connections without a number, oldest first, then unknown machines', () => {
  const { evictions } = filled(6, [
    ['a', 1],
    ['b', 2],
    ['b', null],
    ['b', 3],
    ['b', null],
    ['a', null],
  ]);
  expect(evictions(7)).toEqual([
    'b null of 4',
    'b null of 3',
    'a null of 2',
    'b 2 of 2',
    'a 1 of 1',
    'b 3 of 1',
    'nobody',
  ]);
});

it('never evicts a known machine, however many connections its address holds', () => {
  const { evictions } = filled(5, [
    ['a', known],
    ['a', known + 1],
    ['a', known + 2],
    ['b', 1],
    ['a', 2],
  ]);
  expect(evictions(3)).toEqual(['a 2 of 4', 'b 1 of 1', 'nobody']);
});

it('spares new connections while made-up numbers can go', () => {
  const { evictions } = filled(30, [
    ...Array.from({ length: 25 }, (_, n) => ['a', n] as const),
    ...Array.from({ length: 5 }, () => ['a', null] as const),
  ]);
  expect(evictions(4)).toEqual(['a null of 30', 'a null of 29', 'a 0 of 28', 'a 1 of 27']);
});

it('does not spare connections that failed to log in, however few they are', () => {
  const { evictions, after, room } = filled(100, [
    ...Array.from({ length: 95 }, (_, n) => ['a', n] as const),
    ...Array.from({ length: 4 }, () => ['a', null] as const),
  ]);
  after(10_000);
  room.enter({ address: 'a', vmcNo: null });
  expect(evictions(6)).toEqual([
    'a null of 100',
    'a null of 99',
    'a null of 98',
    'a null of 97',
    'a 0 of 96',
    'a 1 of 95',
  ]);
});

it('counts all IPv6 addresses of one household as one', () => {
  const { evictions } = filled(6, [
    ['2001:db8:0:7::1', 1],
    ['192.0.2.7', null],
    ['192.0.2.8', null],
    ['2001:db8:0:7:5c1f:e2ff:fe00:9', null],
    ['2001:db8:0:7:ffff::2', 2],
    ['2001:db8:0:8::1', null],
  ]);
  expect(evictions(2)).toEqual(['2001:db8:0:7:5c1f:e2ff:fe00:9 null of 3', '2001:db8:0:7::1 1 of 2']);
  const { room } = filled(2, [
    ['2001:db8:0:7::1', 1],
    ['2001:db8:0:7::2', 2],
  ]);
  expect(room.evicted()).toMatchObject({ network: '2001:db8:0:7::/64', held: 2 });
});

it.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::1', '::1'],
  ['2001:db8:a:b:c:d:e:f', '2001:db8:a:b::/64'],
  ['2001:db8::', '2001:db8:0:0::/64'],
  ['2001:db8::5', '2001:db8:0:0::/64'],
  ['2001:db8:0:1::', '2001:db8:0:1::/64'],
  ['1::2:3:4:5:6:7', '1:0:2:3::/64'],
  // The same address on another adapter is another link.
  ['fe80::1c2:3ff:fe4:5%eth0', 'fe80:0:0:0::/64%eth0'],
  ['fe80::1%12', 'fe80:0:0:0::/64%12'],
])('%s counts as %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});
