import { expect, it } from 'vitest';
import { upgrade } from '#shared/messages/upgrade';
import { loggedIn, stateOf } from '../../../../builders/loggedIn';

it('restarts the machine', () => {
  const play = loggedIn().tells(upgrade.example);
  expect(stateOf(play).restart).toMatchObject({ value: 'upgrade', conn: play.conn });
});
