/**
 * The flag of an error, a later drink, and a person's closing of it affect selling.
 * Headline, panel and status agree.
 */
import { describe, expect, it } from 'vitest';
import { error as errorRow } from '#shared/messages/error';
import { login as loginRow } from '#shared/messages/login';
import { machinestatus } from '#shared/messages/machinestatus';
import { productdone } from '#shared/messages/productdone';
import { defaultMachineConfig, type Platform } from '#shared/model/machine';
import { statusOf } from '#shared/model/problems';
import { sellingNow } from '#shared/model/glance';
import { problemList } from '#shared/model/problemList';
import { statusSentence } from '../../../../src/renderer/src/text/machineWords';
import { closing } from '../../../../src/main/core/state/closings';
import { machineRow } from '../../../../src/main/core/state/machineRow';
import { like, loggedIn, stateOf, vmc_no } from '../../../builders/loggedIn';
import { playbook, type Playbook } from '../../../builders/playbook';
import { wordsOf } from '../../../builders/wordsOf';

const words = wordsOf('en');

const views = (play: Playbook) => {
  const state = stateOf(play);
  const { now } = play.world;
  const row = machineRow(state, defaultMachineConfig, false);
  // Three minutes later the machine has nothing left to report from before its login.
  const answer =
    sellingNow(row, now) === 'pending' ? sellingNow({ ...row, login: null }, now) : sellingNow(row, now);
  const headline = statusSentence(words, row, null, now);
  return { answer, problems: problemList(row, state, [], now), status: statusOf(row, now), headline, state };
};

const machineOf = (platform: Platform): Playbook =>
  platform === 'linux'
    ? loggedIn()
    : playbook()
        .receives({ ...loginRow.example, vmc_no, linuxDriverVersion: undefined, io_version: '9' } as never)
        .claims(vmc_no)
        .answers('login_r');

const error = (error_code: string, is_fatal_error: boolean) =>
  like(errorRow, { error_code, is_fatal_error, isSet: true, is_persistence_error: false });
const drink = (isok = true) => like(productdone, { isok, order_no: '20161212120500332321' });

describe('the flag of linux', () => {
  it.each(['ERROR:0881', 'ERROR:CUP_01', 'WARNING:0A', 'ERROR:9A01'])('set, prevents sales: %s', (code) => {
    const play = loggedIn().receives(error(code, true)).answers('error_r');
    expect(views(play)).toMatchObject({ answer: 'no', status: 'fault' });
    expect(views(play).headline).toMatch(/^Critical: .*Can’t sell\.$/);
  });

  it('not set, makes a critical error of the catalogue doubtful', () => {
    const play = loggedIn().receives(error('ERROR:5300', false)).answers('error_r');
    expect(views(play)).toMatchObject({
      answer: 'doubtful',
      status: 'error',
      problems: [{ kind: 'error', severity: 'fault', selling: 'doubtful' }],
    });
    expect(views(play).headline).toBe(
      'Error: no cups (ERROR:5300), 0 s. Not known whether it can sell: the machine marks the error as not fatal.',
    );
  });

  it('means nothing on a platform that always sets it', () => {
    const play = machineOf('android').receives(error('ERROR:0881', true)).answers('error_r');
    expect(views(play)).toMatchObject({ answer: 'partly', status: 'error' });
    play.receives(error('ERROR:5300', true)).answers('error_r');
    expect(views(play)).toMatchObject({ answer: 'no', status: 'fault' });
  });
});

describe('a drink made after the error', () => {
  const broken = () => loggedIn().receives(error('ERROR:5300', true)).answers('error_r').after(60_000);

  it('makes the error doubtful, with the drink as its reason', () => {
    const play = broken().receives(drink()).answers('productdone_r');
    const { state, ...seen } = views(play);
    expect(seen).toMatchObject({
      answer: 'doubtful',
      status: 'fault',
      problems: [
        {
          kind: 'error',
          severity: 'fatal',
          selling: 'doubtful',
          error: { madeSince: { at: play.world.now, entry: state.lastDrink?.entry } },
        },
      ],
    });
    expect(seen.headline).toMatch(
      /^Critical: no cups \(ERROR:5300\), 1 min\. Not known whether it can sell: it made a drink after reporting the error, .* ago\.$/,
    );
    // A repeat is the same fault, and the drink was made in spite of that fault.
    play.after(60_000).receives(error('ERROR:5300', true)).finds('error.repeated').answers('error_r');
    expect(views(play).answer).toBe('doubtful');
  });

  it('means nothing if it failed, or was made before the error', () => {
    expect(views(broken().receives(drink(false)).answers('productdone_r')).answer).toBe('no');
    const stored = { ...drink(), timestamp: '20150624115500' };
    expect(views(broken().receives(stored).answers('productdone_r')).answer).toBe('no');
    const before = loggedIn().receives(drink()).answers('productdone_r').after(1_000);
    expect(views(before.receives(error('ERROR:5300', true)).answers('error_r')).answer).toBe('no');
  });
});

describe('an error closed by a person', () => {
  const closedBy = (by: string, code = 'ERROR:5300') => {
    const play = loggedIn()
      .receives(error(code, code === 'ERROR:5300'))
      .answers('error_r')
      .after(60_000);
    const state = stateOf(play);
    const entry = state.errors[0]?.entry ?? 0;
    play.world.entryLog.record(
      closing(state, { fault: entry, code, note: 'cups are there', by, at: play.world.now }),
    );
    return play;
  };

  it('names the person, and that the machine has not cleared it', () => {
    const play = closedBy('Anna');
    const { headline, answer, status, problems } = views(play);
    expect(headline).toMatch(
      /^Closed by Anna at .*: no cups \(ERROR:5300\)\. The machine has not cleared it\. Not known whether it can sell: .*\.$/,
    );
    expect({ answer, status }).toEqual({ answer: 'doubtful', status: 'warning' });
    expect(problems).toMatchObject([
      { kind: 'closed', error: { code: 'ERROR:5300', closed: { by: 'Anna' } } },
    ]);
    const mild = views(closedBy('Anna', 'WARNING:0A'));
    expect(mild).toMatchObject({ answer: 'yes', status: 'online', problems: [{ severity: 'info' }] });
    expect(mild.headline).toMatch(/^Closed by Anna at /);
  });

  it('ends when the machine clears it, and is active again when the machine reports it again', () => {
    const play = closedBy('Anna')
      .receives(like(machinestatus, { status: 'clearerror' }))
      .after(10_000);
    expect(views(play)).toMatchObject({ answer: 'yes', status: 'online', state: { closed: [] } });
    const again = closedBy('Anna').receives(error('ERROR:5300', true)).answers('error_r');
    expect(views(again)).toMatchObject({ answer: 'no', status: 'fault', state: { closed: [] } });
  });
});

it('a locked machine cannot sell, and its headline shows it', () => {
  const play = loggedIn().receives(like(machinestatus, { status: 'machinelock', islock: true }));
  const state = stateOf(play);
  const row = machineRow(state, defaultMachineConfig, false);
  const { now } = play.world;
  expect(sellingNow(row, now)).toBe('no');
  expect(statusOf(row, now)).toBe('fault');
  expect(statusSentence(words, row, null, now)).toBe('The machine is locked. Can’t sell.');
});
