/** The answer to a login stays known: accepted or rejected, and the address of another server. */
import { expect, it } from 'vitest';
import { loggedIn, stateOf, vmc_no } from '../../../../../builders/loggedIn';

it('its own answer, and a custom message after it', () => {
  const play = loggedIn();
  expect(stateOf(play).loginAnswer).toMatchObject({
    value: { ret: 0, serverList: null, here: '192.0.2.1' },
    at: play.world.now,
  });
  const answer = { cmd: 'login_r', vmc_no, ret: 2, server_list: '10.0.0.9:4567' };
  play.tells(answer);
  const entry = play.world.entries.at(-1)?.id;
  expect(stateOf(play).loginAnswer).toMatchObject({
    value: { ret: 2, serverList: '10.0.0.9:4567', here: '192.0.2.1' },
    entry,
  });
});
