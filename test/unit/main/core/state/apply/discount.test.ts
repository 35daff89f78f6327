import { expect, it } from 'vitest';
import { discount } from '#shared/messages/discount';
import { loggedIn, stateOf } from '../../../../../builders/loggedIn';

it('restarts the machine, and is remembered as sent', () => {
  const play = loggedIn().tells(discount.example);
  expect(stateOf(play)).toMatchObject({ restart: { value: 'discount' }, discount: { value: 80 } });
});
