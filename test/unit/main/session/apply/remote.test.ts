import { expect, it } from 'vitest';
import { remote } from '#shared/messages/remote';
import { loggedIn, stateOf } from '../../../../builders/loggedIn';

it('restarts the machine where that is its operation', () => {
  const play = loggedIn().tells(remote.example);
  expect(stateOf(play).restart).toBeNull();
  play.tells({ ...remote.example, operation: 'reboot' });
  expect(stateOf(play).restart?.value).toBe('remote');
});
