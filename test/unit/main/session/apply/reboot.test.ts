import { expect, it } from 'vitest';
import { reboot } from '#shared/messages/reboot';
import { loggedIn, stateOf } from '../../../../builders/loggedIn';

it('the machine is restarting until it has logged in on another connection', () => {
  const play = loggedIn().tells(reboot.example);
  const told = play.world.entries.at(-1)?.id;
  expect(stateOf(play).restart).toMatchObject({ value: 'reboot', entry: told, conn: play.conn });
  play.hangsUp();
  expect(stateOf(loggedIn({}, play.world)).restart).toBeNull();
});
