/**
 * A server on a disk that is really full is stopped.
 * Waiting entries are written elsewhere and stay readable; lost entries are counted.
 */
import { createReadStream, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { afterEach, expect, it, type TestContext } from 'vitest';
import { importFile } from '../../src/main/tools/captures/importJob';
import { appBundles } from '../builders/bundles';
import { freePorts, Served } from '../builders/served';
import { limitMemory, SmallDisk, visit, visitTooLong } from '../builders/smallDisk';
import { useFolder } from '../builders/useFolder';

const ends: (() => unknown)[] = [];
const folder = useFolder();
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

const rescued = (): string => folder('rescued');

async function onFullDisk(
  context: TestContext,
  switches: readonly string[] = [],
  scripts = 'out/main',
): Promise<{ readonly served: Served; readonly port: number }> {
  const disk = new SmallDisk(context, folder('data'));
  ends.push(() => disk.unmount());
  const served = new Served(scripts, [...freePorts, `--data-dir=${disk.at}`, ...switches]);
  ends.push(() => served.end('SIGKILL'));
  const port = await served.port();
  disk.fill();
  return { served, port };
}

function rescuedFile(): string {
  const [name = ''] = readdirSync(rescued());
  return join(rescued(), name);
}

/** The file is longer than a JavaScript string can be. */
async function linesIn(file: string): Promise<number> {
  let lines = 0;
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>)
    for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) lines += 1;
  return lines;
}

it('with --rescue all waiting entries are written there and can be imported, and the code is 0', async (context) => {
  const { served, port } = await onFullDisk(context, ['--rescue', rescued()]);
  const count = await visit(port, 300);
  expect(await served.end('SIGTERM')).toBe(0);
  expect(served.text).toContain(
    `journal: ${count} records that the disk refuses are written to ${rescuedFile()}`,
  );
  const again = folder('again');
  mkdirSync(again);
  const journal = join(again, 'journal.sqlite');
  const quietly = { onProgress: () => undefined };
  await importFile({ file: rescuedFile(), journal }, new AbortController().signal, quietly);
  const db = new DatabaseSync(journal, { readOnly: true });
  const found = db.prepare('SELECT count(*) AS count FROM entries').get() as unknown;
  db.close();
  expect(found).toEqual({ count });
});

it('entries without room in memory are lost and counted, and the code is 3', async (context) => {
  const bundles = appBundles();
  ends.push(bundles.remove);
  limitMemory(bundles);
  const { served, port } = await onFullDisk(context, ['--rescue', rescued()], bundles.directory);
  const count = await visitTooLong(port);
  expect(await served.end('SIGTERM')).toBe(3);
  expect(served.text).toMatch(/journal: nothing is being recorded: the disk refuses \(.*full/);
  const said =
    /journal: (\d+) records that the disk refuses are written to (.*); (\d+) found no room before and are lost/.exec(
      served.text,
    );
  const [, waiting, file, lost] = said ?? [];
  expect(file).toBe(rescuedFile());
  expect(Number(lost)).toBeGreaterThan(0);
  expect(Number(waiting) + Number(lost)).toBe(count);
  expect(await linesIn(rescuedFile())).toBe(Number(waiting));
});

it('without --rescue: the count of lost entries is reported before the loss', async (context) => {
  const { served, port } = await onFullDisk(context);
  const count = await visit(port, 300);
  expect(await served.end('SIGTERM')).toBe(3);
  expect(served.text).toMatch(
    new RegExp(`^crema: journal: ${count} records are lost: the disk refuses them \\(.*full.*\\)$`, 'm'),
  );
});
