/** Whether a machine can sell, with the evidence. */
import { expect, it } from 'vitest';
import { sellingOf } from '#shared/model/selling';
import { machineRow } from '../../../../src/main/core/state/frameRows';
import { defaultMachineConfig, type MachineState } from '#shared/model/machine';
import { like, loggedIn, login, stateOf, vmc_no } from '../../../builders/loggedIn';
import { error as errorRow } from '#shared/messages/error';
import { hb } from '#shared/messages/hb';
import { machinestatus } from '#shared/messages/machinestatus';
import { noon } from '../../../builders/connection';
import { playbook, type Playbook, World } from '../../../builders/playbook';

const sellingState = (play: Playbook, now = play.world.now) => {
  const state: MachineState = stateOf(play);
  return sellingOf(machineRow(state, defaultMachineConfig, false), state, now);
};
const error = (error_code: string, is_fatal_error = true) =>
  like(errorRow, { error_code, is_fatal_error, isSet: true, is_persistence_error: false });

it('yes without other reports; on linux older errors may follow within three minutes of the login', () => {
  const play = loggedIn();
  const until = play.world.now + 180_000;
  expect(sellingState(play)).toEqual({ answer: 'yes', reasons: [], reportsUntil: until });
  play.after(119_000).receives(like(hb, {})).answers('hb').after(61_000);
  expect(sellingState(play)).toEqual({ answer: 'yes', reasons: [], reportsUntil: null });
});

it('a fatal catalogue entry prevents selling, a warning does not', () => {
  const play = loggedIn().receives(error('WARNING:10009', false)).answers('error_r');
  expect(sellingState(play).answer).toBe('yes');
  play.receives(error('ERROR:5300')).answers('error_r');
  const [, entry] = stateOf(play).errors;
  expect(sellingState(play)).toMatchObject({
    answer: 'no',
    reasons: [{ kind: 'error', code: 'ERROR:5300', at: play.world.now, entry: entry?.entry }],
  });
});

it('an open door and an uncollected cup are doubts, with their frames', () => {
  const play = loggedIn()
    .receives(like(machinestatus, { status: 'dooropen' }))
    .receives(like(machinestatus, { status: 'cupblock' }));
  const { door, cupBlocked } = stateOf(play);
  expect(sellingState(play)).toMatchObject({
    answer: 'doubtful',
    reasons: [
      { kind: 'doorOpen', at: door?.at, entry: door?.entry },
      { kind: 'cupBlocked', at: cupBlocked?.at, entry: cupBlocked?.entry },
    ],
  });
});

it('an error from before a reconnect is a doubt until it is repeated', () => {
  const world = new World();
  const play = loggedIn({}, world).receives(error('ERROR:5300')).answers('error_r');
  play.hangsUp();
  const again = playbook({}, world).receives(login).claims(vmc_no).answers('login_r');
  expect(sellingState(again)).toMatchObject({ answer: 'doubtful', reasons: [{ kind: 'unconfirmed' }] });
});

it('without a connection, or in silence, it is unknown; the last known state stays visible', () => {
  expect(sellingState(loggedIn(), noon + 76_000)).toMatchObject({
    answer: 'unknown',
    reasons: [{ kind: 'silence' }],
  });
  const play = loggedIn().receives(error('ERROR:5300')).answers('error_r');
  expect(sellingState(play, play.world.now + 76_000)).toMatchObject({
    answer: 'unknown',
    reasons: [{ kind: 'silence' }, { kind: 'error' }],
  });
  play.hangsUp();
  const { ended } = stateOf(play);
  expect(sellingState(play)).toMatchObject({
    answer: 'unknown',
    reasons: [{ kind: 'offline', entry: ended?.entry }, { kind: 'error' }],
  });
});
