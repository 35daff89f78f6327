import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Job } from '#shared/model/capture';
import { JobHost } from '../../../../src/main/jobs/host';
import type { JobRequest } from '../../../../src/main/jobs/messages';
import { forkProcess } from '../../../../src/main/worker/process';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'crema-test-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const request: JobRequest = { what: 'import', file: 'a.pcapng', journal: 'a.sqlite' };

/** Ended, in a process that does this when it is asked to; with what it gave and the deaths that were told. */
async function jobOf(work: string): Promise<{ job: Job | undefined; frames: number; deaths: string[] }> {
  const script = join(folder, 'job.mjs');
  writeFileSync(
    script,
    `import { getHeapSpaceStatistics } from 'node:v8';
     process.on('message', ({ kind, id }) => {
       const done = (frames) => process.send({ kind: 'result', id, result: { kind: 'exported', frames } });
       if (kind === 'end') process.send({ kind: 'ended' });
       else { ${work} }
     });`,
  );
  const deaths: string[] = [];
  const host = new JobHost({
    script,
    startProcess: forkProcess,
    onChange: () => undefined,
    onDeath: (reason) => deaths.push(reason),
  });
  let frames = NaN;
  const { id } = host.start(
    'import',
    request.file,
    () => request,
    (_id, message) => {
      if (message.kind === 'exported') ({ frames } = message);
      const { kind } = message;
      return Promise.resolve(
        kind === 'failed' ? { problem: { code: message.code, detail: message.detail } } : {},
      );
    },
  );
  await host.ended(id);
  return { job: host.jobs[0], frames, deaths };
}

describe("a job's process", () => {
  it('has all its room for new objects from the beginning', async () => {
    const { job, frames } = await jobOf(
      `const young = getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space');
       done(Math.round(young.space_size / 1_048_576));`,
    );
    expect(job?.state).toBe('done');
    expect(frames).toBeGreaterThanOrEqual(32);
  });

  it('that needs too much memory costs the job, which says so, and is no bug', async () => {
    const { job, deaths } = await jobOf(
      'for (const all = []; ; ) all.push(new Array(1e6).fill(all.length));',
    );
    expect(job).toMatchObject({ state: 'failed', problem: { code: 'noMemory' } });
    expect(deaths).toEqual([]);
  });

  it('that ends unasked costs the job too, and is told of', async () => {
    const { job, deaths } = await jobOf("process.kill(process.pid, 'SIGKILL');");
    const detail = 'the process ended with SIGKILL';
    expect(job).toMatchObject({ state: 'failed', problem: { code: 'readerStopped', detail } });
    expect(deaths).toEqual([detail]);
  });
});
