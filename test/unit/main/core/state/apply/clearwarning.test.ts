import { expect, it } from 'vitest';
import { clearwarning } from '#shared/messages/clearwarning';
import { error } from '#shared/messages/error';
import { like, loggedIn, stateOf } from '../../../../../builders/loggedIn';

it('ends the named warning in any spelling, and has no answer', () => {
  const play = loggedIn()
    .receives(like(error, { error_code: 'WARNING:10009' }))
    .answers('error_r')
    .receives(like(error, { error_code: 'WARNING:10016' }))
    .answers('error_r')
    .receives(like(clearwarning, { error_code: ' warning:10009' }));
  expect(stateOf(play).errors.map(({ code }) => code)).toEqual(['WARNING:10016']);
  play.receives(like(clearwarning, { error_code: null }));
  expect(stateOf(play).errors).toHaveLength(1);
});
