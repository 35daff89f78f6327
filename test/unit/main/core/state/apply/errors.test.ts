import { describe, expect, it } from 'vitest';
import type { JsonObject } from '#shared/model/frame';
import { error as row } from '#shared/messages/error';
import { hb } from '#shared/messages/hb';
import { clearwarning } from '#shared/messages/clearwarning';
import { World, type Playbook } from '../../../../../builders/playbook';
import { like, loggedIn, stateOf } from '../../../../../builders/loggedIn';

describe('error', () => {
  const error = (code: string, isSet: boolean): JsonObject =>
    like(row, { error_code: code, isSet, is_persistence_error: false });
  const errors = (play: Playbook): readonly object[] =>
    stateOf(play).errors.map(({ code, times, unconfirmed }) => ({ code, times, unconfirmed }));

  it('is set and cleared by code, ignoring case', () => {
    const play = loggedIn()
      .receives(error('ERROR:5300', true))
      .answers('error_r')
      .receives(error('EC_2', true))
      .answers('error_r');
    expect(errors(play)).toEqual([
      { code: 'ERROR:5300', times: 1, unconfirmed: false },
      { code: 'EC_2', times: 1, unconfirmed: false },
    ]);
    play.receives(error('error:5300', false)).answers('error_r');
    expect(errors(play)).toEqual([{ code: 'EC_2', times: 1, unconfirmed: false }]);
  });

  it('an error sent again while it is set is one, even much later', () => {
    const play = loggedIn()
      .receives(error('EC_2', true))
      .answers('error_r')
      .after(3_000)
      .receives(error('EC_2', true))
      .finds('error.repeated')
      .answers('error_r');
    expect(errors(play)).toEqual([{ code: 'EC_2', times: 1, unconfirmed: false }]);
    for (let time = 0; time < 3; time += 1) {
      play.after(90_000).receives(like(hb)).answers('hb').after(90_000);
      play.receives(error('EC_2', true)).finds('error.repeated').answers('error_r');
    }
    expect(errors(play)).toEqual([{ code: 'EC_2', times: 1, unconfirmed: false }]);
  });

  it('a mere reconnect leaves them, unconfirmed, until the machine sends them again', () => {
    const world = new World();
    loggedIn({}, world).receives(error('EC_2', true)).answers('error_r').hangsUp();
    const second = loggedIn({}, world);
    expect(errors(second)).toEqual([{ code: 'EC_2', times: 1, unconfirmed: true }]);
    second.after(70_000).receives(error('EC_2', true)).finds('error.repeated').answers('error_r');
    expect(errors(second)).toEqual([{ code: 'EC_2', times: 1, unconfirmed: false }]);
  });

  it('the memory per machine is bounded', () => {
    const play = loggedIn();
    for (let n = 0; n < 210; n += 1) play.receives(error(`X_${n}`, true)).answers('error_r');
    expect(stateOf(play).errors).toHaveLength(200);
    expect(stateOf(play).errors[0]?.code).toBe('X_10');
  });
});

describe('clearwarning', () => {
  it('ends the named warning in any spelling, and has no answer', () => {
    const play = loggedIn()
      .receives(like(row, { error_code: 'WARNING:10009' }))
      .answers('error_r')
      .receives(like(row, { error_code: 'WARNING:10016' }))
      .answers('error_r')
      .receives(like(clearwarning, { error_code: ' warning:10009' }));
    expect(stateOf(play).errors.map(({ code }) => code)).toEqual(['WARNING:10016']);
    play.receives(like(clearwarning, { error_code: null }));
    expect(stateOf(play).errors).toHaveLength(1);
  });
});
