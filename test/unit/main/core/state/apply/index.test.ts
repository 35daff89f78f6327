/** Every message that changes a machine has a test and is listed under its own name; and which frames restart a machine. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { messages, remote } from '#shared/messages/index';
import { priceset } from '#shared/messages/priceset';
import { reboot } from '#shared/messages/reboot';
import { upgrade } from '#shared/messages/upgrade';
import { connection, type TestConnection } from '../../../../../builders/connection';
import type { Playbook } from '../../../../../builders/playbook';
import { loggedIn, stateOf, vmc_no } from '../../../../../builders/loggedIn';

const root = fileURLToPath(new URL('../../../../../../', import.meta.url));
const helpers = new Set(['index', 'on', 'status']);
const files = readdirSync(`${root}src/main/core/state/apply`)
  .map((file) => file.replace(/\.ts$/, ''))
  .filter((name) => !helpers.has(name));

it('each belongs to a message and is listed', () => {
  const commands = new Set<string>(messages.map(({ cmd }) => cmd));
  expect(files.filter((name) => !commands.has(name))).toEqual([]);
  const list = readFileSync(`${root}src/main/core/state/apply/index.ts`, 'utf8');
  expect(files.filter((name) => !list.includes(`from './${name}';`))).toEqual([]);
});

it('each has a test', () => {
  const tests = new Set(readdirSync(`${root}test/unit/main/core/state/apply`));
  expect(files.filter((name) => !tests.has(`${name}.test.ts`))).toEqual([]);
});

describe('a frame of Crema that restarts the machine', () => {
  it('counts until the machine has logged in on another connection', () => {
    const play = loggedIn().tells(reboot.example);
    const sentEntry = play.world.entries.at(-1)?.id;
    expect(stateOf(play).restart).toMatchObject({ value: 'reboot', entry: sentEntry, conn: play.conn });
    play.hangsUp();
    expect(stateOf(loggedIn({}, play.world)).restart).toBeNull();
  });

  it.each([upgrade.example, priceset.example])('$cmd', (message) => {
    const play = loggedIn().tells(message);
    expect(stateOf(play).restart).toMatchObject({ value: message.cmd, conn: play.conn });
  });

  it('remote, if that is its operation', () => {
    const android = connection();
    android.receives({ cmd: 'login', vmc_no, io_version: '9' });
    const restartBy = (play: Playbook | TestConnection, operation: string) => {
      play.tells({ ...remote.example, operation });
      return play.world.fleet.machine(vmc_no)?.restart?.value;
    };
    expect(restartBy(android, 'sync')).toBeUndefined();
    expect(restartBy(android, 'reboot')).toBe('remote');
    // linux does not have this message.
    expect(restartBy(loggedIn(), 'reboot')).toBeUndefined();
  });
});
