import { expect, it } from 'vitest';
import type { JsonObject } from '#shared/model/json';
import { upgrade } from '#shared/messages/upgrade';
import { like, login, loggedIn, stateOf, vmc_no } from '../../../../../builders/loggedIn';
import { playbook } from '../../../../../builders/playbook';

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
