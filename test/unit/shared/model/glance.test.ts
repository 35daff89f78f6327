/** Whether a machine can sell, and the problems that say so. */
import { expect, it } from 'vitest';
import { nextStepOf, sellingNow } from '#shared/model/glance';
import { problemList } from '#shared/model/problemList';
import { machineRow } from '../../../../src/main/core/state/machineRow';
import { defaultMachineConfig } from '#shared/model/machine';
import { like, loggedIn, login, stateOf, vmc_no } from '../../../builders/loggedIn';
import { error as errorRow } from '#shared/messages/error';
import { hb } from '#shared/messages/hb';
import { machinestatus } from '#shared/messages/machinestatus';
import { noon } from '../../../builders/connection';
import { playbook, type Playbook, World } from '../../../builders/playbook';

const seen = (play: Playbook, now = play.world.now) => {
  const state = stateOf(play);
  const row = machineRow(state, defaultMachineConfig, false);
  return {
    answer: sellingNow(row, now),
    next: nextStepOf(row, now),
    problems: problemList(row, state, [], now),
  };
};
const error = (error_code: string, is_fatal_error = true) =>
  like(errorRow, { error_code, is_fatal_error, isSet: true, is_persistence_error: false });

it('is not known within three minutes of a linux login, because older errors may follow', () => {
  const play = loggedIn();
  const until = play.world.now + 180_000;
  expect(seen(play)).toEqual({ answer: 'pending', next: { do: 'waitReports', until }, problems: [] });
  play.after(119_000).receives(like(hb, {})).answers('hb').after(60_999);
  expect(seen(play).answer).toBe('pending');
  play.after(1);
  expect(seen(play)).toEqual({ answer: 'yes', next: { do: 'nothing' }, problems: [] });
});

it('is known at once for an android machine, and not before a login', () => {
  const before = playbook()
    .receives({ cmd: 'hb', vmc_no })
    .claims(vmc_no)
    .finds('login.missing')
    .answers('hb');
  expect(seen(before).answer).toBe('pending');
  before.receives({ ...login, linuxDriverVersion: undefined, io_version: '9' } as never).answers('login_r');
  expect(seen(before).answer).toBe('yes');
});

it('is not known within three minutes of a login of an unknown program, which can be linux', () => {
  const play = playbook()
    .receives({ ...login, linuxDriverVersion: undefined } as never)
    .claims(vmc_no)
    .finds('field.missing')
    .answers('login_r');
  expect(stateOf(play).platform).toBeNull();
  expect(seen(play).answer).toBe('pending');
});

it('a fatal catalogue entry prevents selling, a warning does not', () => {
  const play = loggedIn().receives(error('WARNING:10009', false)).answers('error_r');
  expect(seen(play).answer).toBe('pending');
  play.receives(error('ERROR:5300')).answers('error_r');
  const [, entry] = stateOf(play).errors;
  expect(seen(play)).toMatchObject({
    answer: 'no',
    problems: [
      { kind: 'error', selling: 'no', since: play.world.now, evidence: [entry?.entry] },
      { kind: 'error', severity: 'warning', selling: 'yes' },
    ],
  });
});

it('an open door and an uncollected cup are doubts, with their frames', () => {
  const play = loggedIn()
    .receives(like(machinestatus, { status: 'dooropen' }))
    .receives(like(machinestatus, { status: 'cupblock' }));
  const { door, cupBlocked } = stateOf(play);
  expect(seen(play)).toMatchObject({
    answer: 'doubtful',
    problems: [
      { kind: 'doorOpen', since: door?.at, evidence: [door?.entry] },
      { kind: 'cupBlocked', since: cupBlocked?.at, evidence: [cupBlocked?.entry] },
    ],
  });
});

it('an error from before a reconnect is a doubt until it is repeated', () => {
  const world = new World();
  const play = loggedIn({}, world).receives(error('ERROR:5300')).answers('error_r');
  play.hangsUp();
  const again = playbook({}, world).receives(login).claims(vmc_no).answers('login_r');
  expect(seen(again)).toMatchObject({
    answer: 'doubtful',
    problems: [{ kind: 'error', severity: 'fatal', selling: 'doubtful' }],
  });
});

it('without a connection, or in silence, it is unknown; the last known problems stay visible', () => {
  expect(seen(loggedIn(), noon + 76_000)).toMatchObject({
    answer: 'unknown',
    next: { do: 'waitAnswer' },
    problems: [],
  });
  const play = loggedIn().receives(error('ERROR:5300')).answers('error_r');
  expect(seen(play, play.world.now + 76_000)).toMatchObject({
    answer: 'unknown',
    problems: [{ kind: 'error' }],
  });
  play.hangsUp();
  expect(seen(play)).toMatchObject({
    answer: 'unknown',
    next: { do: 'checkPower' },
    problems: [{ kind: 'error' }],
  });
});
