/** A start that hangs ends with a message and code 1. Unreadable marks do not prevent a start. */
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { lockFolder } from '../../src/main/lib/files/folderLock';
import { appBundles, setConstant, type Bundles } from '../builders/bundles';
import { openStore } from '../builders/journal';
import { logIn } from '../builders/room';
import { freePorts, Served } from '../builders/served';
import { RawClient } from '../builders/server';
import { useFolder } from '../builders/useFolder';

let whole: Bundles;
let silent: Bundles;
let impatient: Bundles;
const folder = useFolder();
const running: Served[] = [];
/** Exists once the journal's thread received a request. */
const asked = (): string => join(silent.directory, 'asked');

beforeAll(() => {
  whole = appBundles();
  silent = appBundles();
  impatient = appBundles();
  // It takes every request and answers none, as with a hanging disk.
  const hanging = `import { writeFileSync } from 'node:fs';
     import { parentPort } from 'node:worker_threads';
     parentPort.on('message', () => writeFileSync(${JSON.stringify(asked())}, ''));\n`;
  for (const { directory } of [silent, impatient])
    writeFileSync(join(directory, 'journalWorker.js'), hanging);
  setConstant(impatient.directory, 'journalPatience', '1000');
});
beforeEach(() => {
  rmSync(asked(), { force: true });
});
afterEach(async () => {
  for (const one of running.splice(0)) await one.end('SIGKILL');
});
afterAll(() => {
  whole.remove();
  silent.remove();
  impatient.remove();
});

function serve(bundles: Bundles): Served {
  const one = new Served(bundles.directory, [...freePorts, `--data-dir=${folder()}`]);
  running.push(one);
  return one;
}

describe('a journal whose thread never answers', () => {
  it('ends the start with a message and code 1, and leaves the data folder to the next', async () => {
    const hanging = serve(impatient);
    expect(await hanging.ended).toBe(1);
    expect(hanging.text).toContain(
      "crema: it could not start: the machine server can't begin (the journal's thread has not answered for 1 s)",
    );
    expect(hanging.text).not.toContain('listening');
    const lock = lockFolder(folder());
    expect(lock).not.toBeNull();
    lock?.release();
  });

  it('does not delay a start that is stopped', async () => {
    const hanging = serve(silent);
    // It handles signals before it asks its journal.
    await expect.poll(() => existsSync(asked())).toBe(true);
    expect(lockFolder(folder())).toBeNull();
    expect(await hanging.end('SIGTERM')).toBe(0);
  });
});

describe('marks that can’t be read', () => {
  const changed = (sql: string): void => {
    const db = new DatabaseSync(folder('journal.sqlite'));
    db.exec(sql);
    db.close();
  };
  const begun = async (): Promise<Served> => {
    const one = serve(whole);
    const client = await RawClient.open(await one.port());
    await logIn(client);
    client.socket.destroy();
    return one;
  };

  it('one with an impossible number, then all of them: machines are served, and it is reported', async () => {
    const store = openStore(folder('journal.sqlite'));
    store.close();
    changed(
      `INSERT INTO marks (entry, marked, note, checksum)
       VALUES (1, 1, 'n', NULL), (9223372036854775807, 1, 'x', NULL), (2, 9007199254740993, 'y', NULL)`,
    );
    const first = await begun();
    await expect.poll(() => first.text).toContain('journal: damaged and set aside: 2 marks');
    expect(await first.end('SIGTERM')).toBe(0);
    changed('DROP TABLE marks');
    const second = await begun();
    await expect
      .poll(() => second.text)
      .toMatch(/of the damaged file are in the new one; these can't be read: an unknown number of marks/);
    expect(await second.end('SIGTERM')).toBe(0);
  });
});
