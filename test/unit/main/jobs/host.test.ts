import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { JobHost } from '../../../../src/main/jobs/host';
import type { JobCalls, JobRequest } from '../../../../src/main/jobs/messages';
import { Callable } from '../../../../src/main/worker/callable';

let folder = '';
let worker = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'crema-test-'));
  worker = join(folder, 'worker.mjs');
  // It answers with the MB of its young space, in two halves or one.
  writeFileSync(
    worker,
    `import { parentPort } from 'node:worker_threads';
     import { getHeapSpaceStatistics } from 'node:v8';
     const young = getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space');
     parentPort.on('message', ({ kind, id }) => {
       if (kind === 'end') return parentPort.close();
       const frames = Math.round(young.space_size / 1_048_576);
       parentPort.postMessage({ kind: 'result', id, result: { kind: 'exported', frames } });
     });`,
  );
});
afterAll(() => rmSync(folder, { recursive: true }));

const request: JobRequest = {
  what: 'import',
  file: 'a.pcapng',
  journal: 'a.sqlite',
};

async function youngSpaceOfJob(): Promise<number> {
  const host = new JobHost(worker, () => undefined);
  let space = 0;
  const { id } = host.start(
    'import',
    request.file,
    () => request,
    (_id, message) => {
      if (message.kind === 'exported') space = message.frames;
      return Promise.resolve({});
    },
  );
  await host.ended(id);
  return space;
}

async function youngSpaceOfOther(): Promise<number> {
  const thread = new Callable<JobCalls>(new Worker(worker), { on: {} });
  const end = await thread.call('run', request);
  await thread.end();
  return end.kind === 'exported' ? end.frames : NaN;
}

describe("a job's thread", () => {
  it('has all its room for new objects from the beginning, and no thread after it', async () => {
    expect(await youngSpaceOfOther()).toBeLessThan(16);
    expect(await youngSpaceOfJob()).toBeGreaterThanOrEqual(32);
    expect(await youngSpaceOfOther()).toBeLessThan(16);
  });
});
