/** Every message that changes a machine has a test and is listed under its own name; and which frames restart a machine. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { remote } from '#shared/messages/index';
import { priceset } from '#shared/messages/priceset';
import { reboot } from '#shared/messages/reboot';
import { upgrade } from '#shared/messages/upgrade';
import { connection, type TestConnection } from '../../../../../builders/connection';
import type { Playbook } from '../../../../../builders/playbook';
import { loggedIn, stateOf, vmc_no } from '../../../../../builders/loggedIn';

const root = fileURLToPath(new URL('../../../../../../', import.meta.url));
const helpers = new Set(['index.ts', 'on.ts']);
const folder = `${root}src/main/core/state/apply/`;
const files = readdirSync(folder).filter((file) => !helpers.has(file));
const matches = (text: string, pattern: RegExp): readonly string[] =>
  [...text.matchAll(pattern)].map(([, found = '']) => found);

it('each file is listed, so that its effects apply', () => {
  const list = readFileSync(`${folder}index.ts`, 'utf8');
  const names = files.map((file) =>
    matches(list, new RegExp(`^import \\* as (\\w+) from './${file.slice(0, -3)}'`, 'gm')),
  );
  const subjects = matches(list, /^const all = \[([^\]]+)\]/gm)[0]?.split(', ');
  expect(subjects?.toSorted()).toEqual(names.flat().toSorted());
  expect(subjects).toHaveLength(files.length);
});

it('each has a test, named like its message', () => {
  const here = `${root}test/unit/main/core/state/apply/`;
  for (const file of files) {
    const rows = matches(readFileSync(folder + file, 'utf8'), /^export const on\w+ = on\(\s*(\w+),/gm);
    expect(rows.length, file).toBeGreaterThan(0);
    const text = readFileSync(here + file.replace('.ts', '.test.ts'), 'utf8');
    const tested = new Set([...matches(text, /^describe\('(\w+)'/gm), file.slice(0, -3)]);
    expect(rows.filter((row) => !tested.has(row))).toEqual([]);
  }
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
