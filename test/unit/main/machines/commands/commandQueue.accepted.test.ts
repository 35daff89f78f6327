/** Commands that a person sends although a report speaks against them. */
import { expect, it } from 'vitest';
import type { JsonObject } from '#shared/model/json';
import { Commanded } from '../../../../builders/commanded';

const drink = { productId: 803, strength: 2, milk: 2, sugar: 0 };
const why = (given: { readonly params?: JsonObject } | null): unknown => given?.params?.['why'];

it.each(['linux', 'android'] as const)(
  '%s: a rinse with the door open is sent once the person accepts it',
  async (platform) => {
    const room = new Commanded(platform);
    const machine = await room.machine(7, 'truly');
    machine.technician.openDoor();
    await room.passes(1_000);
    expect(why(room.refusal(7, 'rinse', {}))).toBe('doorOpen');
    expect(room.written).toEqual([]);
    const given = room.queue.give(7, 'rinse', {}, { accepted: ['doorOpen'] });
    if ('code' in given) throw new Error(given.code);
    expect(given.steps.map(({ what, params }) => [what, params['why']])).toContainEqual([
      'acceptedReason',
      'doorOpen',
    ]);
    await room.passes(1_000);
    expect(room.written).toHaveLength(1);
  },
);

it('accepting one reason accepts no other', async () => {
  const room = new Commanded('linux');
  const machine = await room.machine(7, 'truly');
  machine.technician.openDoor();
  machine.cabinet.setFault({ code: 'ERROR:5300', description: '', fatal: true, persistent: false });
  await room.passes(200_000);
  machine.technician.openDoor();
  await room.passes(1_000);
  const given = room.queue.give(7, 'makeDrink', drink, { accepted: ['cupInPlace', 'notVerified'] });
  expect('code' in given && given.code).toBe('commandNotPossible');
  expect(room.written).toEqual([]);
});

it('a customer’s open order can’t be set aside', async () => {
  const room = new Commanded('linux');
  const machine = await room.machine(7, 'truly');
  machine.customer.buy({ productId: 801, payment: 'all', patience: 60_000 });
  await room.passes(2_000);
  const given = room.queue.give(7, 'makeDrink', drink, {
    accepted: ['doorOpen', 'cupInPlace', 'inFault', 'inFaultUnconfirmed', 'suppliesGone', 'notVerified'],
  });
  expect('code' in given && given.code).toBe('commandNotPossible');
  expect(room.written).toEqual([]);
});

it('a reason that does not apply leaves no step', async () => {
  const room = new Commanded('android');
  await room.machine(7, 'truly');
  const given = room.queue.give(7, 'rinse', {}, { accepted: ['doorOpen'] });
  if ('code' in given) throw new Error(given.code);
  expect(given.steps.map(({ what }) => what)).not.toContain('acceptedReason');
});
