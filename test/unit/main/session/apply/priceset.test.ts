import { expect, it } from 'vitest';
import { priceset } from '#shared/messages/priceset';
import { loggedIn, stateOf } from '../../../../builders/loggedIn';

it('restarts the machine', () => {
  const play = loggedIn().tells(priceset.example);
  expect(stateOf(play).restart).toMatchObject({ value: 'priceset', conn: play.conn });
});
