/** Many opened captures at once, each with a journal and its thread as in the app. */
import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { everyFrame } from '#shared/filter/frames';
import type { FrameRow } from '#shared/model/frame';
import { exportFrames } from '../../src/main/tools/captures/exportJob';
import { importFile } from '../../src/main/tools/captures/importJob';
import type { JobCalls, JobEvents } from '../../src/main/tools/captures/messages';
import { mostThreads } from '../../src/main/desktop/services/captureJournals';
import { capturesService, type CapturesService } from '../../src/main/desktop/services/captures';
import type { Source } from '../../src/main/desktop/services/source';
import { openPlainly } from '../../src/main/lib/settings/settingsFile';
import { SettingsStore } from '../../src/main/lib/settings/store';
import { serve } from '../../src/main/lib/threads/serve';
import { appBundles, type Bundles } from '../builders/bundles';
import { newFolder } from '../builders/folders';
import { inThisProcess } from '../builders/inThisProcess';
import { writeJournal } from '../builders/journal';
import { said } from '../builders/replayed';
import { useFolder } from '../builders/useFolder';

const numbered = { vmc_no: 33_232 };
const recorded = [
  said('in', { cmd: 'login', ...numbered, timestamp: 20_250_318, version: '1' }, { id: 1, at: 1_000 }),
  said('in', { cmd: 'hb', ...numbered }, { id: 2, at: 2_000 }),
  said('out', { cmd: 'hb', ...numbered }, { id: 3, at: 2_010 }),
];
const newest = { before: null };

let bundles: Bundles;
const folder = useFolder('all');
let file = '';
beforeAll(async () => {
  bundles = appBundles();
  file = folder('day.jsonl');
  await exportFrames(
    {
      journal: writeJournal(folder('journal.sqlite'), recorded),
      format: 'jsonl',
      file,
      filter: everyFrame,
      ids: null,
      now: Date.now(),
      names: {},
      words: {},
    },
    new AbortController().signal,
    () => undefined,
  );
});
afterAll(() => {
  bundles.remove();
});

/** The live threads of this process, and the highest number at one time. */
function countedThreads(): { readonly alive: Set<Worker>; readonly most: () => number } {
  const alive = new Set<Worker>();
  let most = 0;
  const watch = (worker: Worker): void => {
    alive.add(worker);
    most = Math.max(most, alive.size);
    worker.once('exit', () => alive.delete(worker));
  };
  process.on('worker', watch);
  onTestFinished(() => void process.off('worker', watch));
  return { alive, most: () => most };
}

/** The files are small: a process for each would cost more than the reading. */
const readHere = inThisProcess((port) => {
  const served = serve<JobCalls, JobEvents>(port, {
    run: async (request) => {
      if (request.what !== 'import') throw new Error('not an import');
      const { file: from, journal } = request;
      mkdirSync(dirname(journal), { recursive: true });
      const imported = await importFile({ file: from, journal }, new AbortController().signal, {
        onProgress: (progress) => served.emit('progress', progress),
        onGrowth: (growth) => served.emit('grown', growth),
      });
      return { kind: 'imported', imported, frames: imported.entries };
    },
  });
});

function started(): CapturesService {
  const noFile = (): Promise<null> => Promise.resolve(null);
  const service = capturesService({
    directory: newFolder(folder()),
    jobScript: '',
    startProcess: readHere,
    journalWorker: join(bundles.directory, 'journalWorker.js'),
    store: new SettingsStore(
      newFolder(folder()),
      {
        available: () => false,
        encrypt: String,
        decrypt: String,
      },
      openPlainly,
    ),
    askOpen: noFile,
    changed: () => undefined,
    died: (where, reason) => expect.unreachable(`${where}: ${reason}`),
  });
  onTestFinished(() => service.stop?.());
  return service;
}

/** Opens `count` captures and reads each to its end. */
async function opened(service: CapturesService, count: number): Promise<readonly number[]> {
  for (let one = 0; one < count; one += 1) service.open(file);
  const captures = service.live.captures;
  await expect.poll(() => captures().filter(({ reading }) => reading.state === 'done').length).toBe(count);
  return captures().map(({ id }) => id);
}

function sourceOf(service: CapturesService, id: number): Source {
  const source = service.source(id);
  if (source === null) throw new Error(`capture ${id} is not open`);
  return source;
}
const rowsIn = async ({ journal, facts }: Source, filter = everyFrame): Promise<readonly FrameRow[]> => {
  const page = await journal()?.query('frames', { filter, place: newest, limit: 10, ...facts });
  return page?.rows ?? [];
};
const commandsIn = async (source: Source): Promise<readonly (string | null)[]> =>
  (await rowsIn(source)).flatMap(({ cmd, kind }) => (kind === 'frame' ? [cmd] : []));

it('many captures share few threads, and each still answers', async () => {
  const threads = countedThreads();
  const service = started();
  const ids = await opened(service, mostThreads + 3);
  const first = sourceOf(service, ids[0] ?? 0);
  expect(await commandsIn(first)).toEqual(['hb', 'hb', 'login']);
  await first.changeMark({ entry: 2, note: 'slow' });

  const all = await Promise.all(ids.map((id) => commandsIn(sourceOf(service, id))));
  expect(all).toEqual(ids.map(() => ['hb', 'hb', 'login']));
  expect(threads.most()).toBe(mostThreads);

  // Its thread has ended meanwhile, and the mark is in its journal.
  const rows = await rowsIn(first, { ...everyFrame, text: 'note:*' });
  expect(rows).toMatchObject([{ id: 2, mark: { note: 'slow' } }]);
  expect(service.live.captures()).toHaveLength(ids.length);
});

it('a closed capture gets no more queries, and its journal is deleted', async () => {
  const service = started();
  const [id = 0] = await opened(service, 1);
  const source = sourceOf(service, id);
  const journal = service.journal(id, Promise.resolve())?.file ?? '';
  expect(existsSync(journal)).toBe(true);

  const asked = commandsIn(source);
  await service.requests.closeCapture({ id }, { windowId: 1, screen: '', capture: null });
  expect(await asked).toEqual(['hb', 'hb', 'login']);
  expect(existsSync(journal)).toBe(false);
  expect(source.journal()).toBeNull();
  expect(existsSync(journal)).toBe(false);
});
