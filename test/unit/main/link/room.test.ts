import { expect, it } from 'vitest';
import { Room } from '../../../../src/main/link/room';

const known = 100;

function filled(places: number, guests: readonly (readonly [address: string, vmcNo: number | null])[]) {
  const room = new Room<{ address: string; vmcNo: number | null }>(places, (vmcNo) => vmcNo >= known);
  for (const [address, vmcNo] of guests) {
    const guest = { address, vmcNo };
    room.enter(guest);
    if (vmcNo !== null) room.named(guest);
  }
  /** Those that give way, one after the other. */
  const leaving = (times: number): readonly string[] =>
    Array.from({ length: times }, () => {
      const victim = room.victim();
      if (victim === null) return 'nobody';
      room.leave(victim.guest);
      return `${victim.guest.address} ${victim.guest.vmcNo} of ${victim.held}`;
    });
  return { room, leaving };
}

it('of the address that holds most: first who has said no number, oldest first, then whose number nobody knows', () => {
  const { leaving } = filled(6, [
    ['a', 1],
    ['b', 2],
    ['b', null],
    ['b', 3],
    ['b', null],
    ['a', null],
  ]);
  expect(leaving(7)).toEqual([
    'b null of 4',
    'b null of 3',
    'a null of 2',
    'b 2 of 2',
    'a 1 of 1',
    'b 3 of 1',
    'nobody',
  ]);
});

it('one whose machine a person knows stays, however many its address holds', () => {
  const { leaving } = filled(5, [
    ['a', known],
    ['a', known + 1],
    ['a', known + 2],
    ['b', 1],
    ['a', 2],
  ]);
  expect(leaving(3)).toEqual(['a 2 of 4', 'b 1 of 1', 'nobody']);
});

it('who has just come is spared where made-up numbers can go', () => {
  const { leaving } = filled(30, [
    ...Array.from({ length: 25 }, (_, n) => ['a', n] as const),
    ...Array.from({ length: 5 }, () => ['a', null] as const),
  ]);
  expect(leaving(4)).toEqual(['a null of 30', 'a null of 29', 'a 0 of 28', 'a 1 of 27']);
});
