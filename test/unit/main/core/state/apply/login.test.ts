import { describe, expect, it } from 'vitest';
import { error } from '#shared/messages/error';
import { playbook, World } from '../../../../../builders/playbook';
import { like, loggedIn, login, stateOf, vmc_no } from '../../../../../builders/loggedIn';
import type { JsonObject } from '#shared/model/json';
import { upgrade } from '#shared/messages/upgrade';

describe('login', () => {
  const loginReply = { cmd: 'login_r', vmc_no, date_time: '2015-06-24 12:00:00', ret: 0 };
  const android = { cmd: 'login', vmc_no, timestamp: 20150624, sign: 'x', version: '1', io_version: '2.1' };

  it('is answered with the current time and ret 0', () => {
    playbook().receives(login).claims(vmc_no).answers(loginReply);
  });

  it('contains the platform and the versions', () => {
    loggedIn().shows(vmc_no, { platform: 'linux', sign: { kind: 'noCode' } });
    playbook()
      .receives({
        cmd: 'login',
        vmc_no: 44401,
        timestamp: '20150624',
        io_version: '2.1',
        login_count: 1,
        comp_id: 7,
      })
      .claims(44401)
      .finds('field.missing', 'field.missing')
      .answers('login_r')
      .shows(44401, { platform: 'android' });
  });

  it('reports which sign formula matched', () => {
    // Computed with md5sum: 20150624 + 12345678 [doc], 12345678 + 33232 [field].
    const byTime = { ...login, sign: 'd3c1e46a62b0b93bfe63b413b226aa72' };
    const byNumber = { ...login, sign: '5194FBDBF90C9FB56127FC54FBF91C45' };
    const code = '12345678';
    playbook({ code })
      .receives(byTime)
      .claims(vmc_no)
      .finds('sign.matched')
      .answers(loginReply)
      .shows(vmc_no, { sign: { kind: 'matched', formula: 'timestampCode', exact: true } });
    playbook({ code })
      .receives(byNumber)
      .claims(vmc_no)
      .finds('sign.matched')
      .answers(loginReply)
      .shows(vmc_no, { sign: { kind: 'matched', formula: 'codeNumber', exact: false } });
    playbook({ code })
      .receives(login)
      .claims(vmc_no)
      .finds('sign.mismatch')
      .answers(loginReply)
      .shows(vmc_no, { sign: { kind: 'mismatch' } });
    playbook({ code })
      .receives({ ...login, sign: '' })
      .claims(vmc_no)
      .finds('sign.absent')
      .answers(loginReply);
  });

  it('a wrong or missing sign is reported as ignored, by setting, not for want of a code', () => {
    for (const sign of ['wrong', ''])
      playbook({ code: '12345678', config: { signPolicy: 'ignore' } })
        .receives({ ...login, sign })
        .claims(vmc_no)
        .finds('sign.ignored')
        .answers(loginReply)
        .shows(vmc_no, { sign: { kind: 'ignored' } });
    playbook({ config: { signPolicy: 'ignore' } })
      .receives(login)
      .claims(vmc_no)
      .answers(loginReply)
      .shows(vmc_no, { sign: { kind: 'noCode' } });
  });

  it('a wrong sign is answered with ret 1 only if a person chose to enforce', () => {
    playbook({ code: '12345678', config: { signPolicy: 'ignore' } })
      .receives(login)
      .claims(vmc_no)
      .finds('sign.ignored')
      .answers(loginReply);
    playbook({ code: '12345678', config: { signPolicy: 'warn' } })
      .receives(login)
      .claims(vmc_no)
      .finds('sign.mismatch')
      .answers(loginReply);
    playbook({ code: '12345678', config: { signPolicy: 'enforce' } })
      .receives(login)
      .claims(vmc_no)
      .finds('sign.mismatch')
      .answers({ ...loginReply, ret: 1 });
  });

  it('detects that one of the two clocks is wrong', () => {
    playbook()
      .receives({ ...login, timestamp: 20150620 })
      .claims(vmc_no)
      .finds('clock.wrong')
      .answers(loginReply);
    playbook()
      .receives({ ...login, timestamp: 20150625 })
      .claims(vmc_no)
      .answers(loginReply);
  });

  it('a detected restart ends the errors that do not survive one', () => {
    const world = new World();
    playbook({}, world)
      .receives({ ...android, login_count: 5 })
      .claims(vmc_no)
      .answers('login_r')
      .receives(like(error, { error_code: 'ERROR:5300', is_persistence_error: false }))
      .answers('error_r')
      .receives(like(error))
      .answers('error_r')
      .hangsUp();
    const second = playbook({}, world)
      .receives({ ...android, login_count: 1 })
      .claims(vmc_no)
      .answers('login_r');
    expect(stateOf(second).errors.map(({ code }) => code)).toEqual(['EC_2']);
  });
});

/** The answer to a login stays known: accepted or rejected, and the address of another server. */
describe('login_r', () => {
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
});

describe('upgrade', () => {
  const frame = (more: JsonObject = {}): JsonObject & { readonly cmd: string } => ({
    cmd: 'upgrade',
    ...like(upgrade, more),
  });

  it('is remembered; a repeated login on the same connection changes nothing', () => {
    const play = loggedIn().tells(frame());
    expect(stateOf(play).upgradesSent).toMatchObject([{ value: 'version', conn: 1 }]);
    play.receives(login).answers('login_r');
    expect(stateOf(play).upgradesSent).toHaveLength(1);
  });

  it('by the version that it changes on android; a menu has no version in a login', () => {
    const { linuxDriverVersion: _, ...others } = login;
    const play = playbook()
      .receives({ ...others, io_version: '9', login_count: 3 })
      .claims(vmc_no)
      .answers('login_r');
    const sent = (type: string): readonly string[] =>
      stateOf(play.tells(frame({ type }))).upgradesSent.map(({ value }) => value);
    expect([sent('menu'), sent('io'), sent('app')]).toEqual([[], ['ioVersion'], ['ioVersion', 'version']]);
  });
});
