import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Job } from '#shared/model/capture';
import { JobHost } from '../../../../../src/main/tools/captures/host';
import type { JobRequest } from '../../../../../src/main/tools/captures/messages';
import { forkProcess, ProcessPort } from '../../../../../src/main/lib/threads/process';
import { useFolder } from '../../../../builders/useFolder';

const folder = useFolder('all');

const request: JobRequest = { what: 'import', file: 'a.pcapng', journal: 'a.sqlite' };

/** Runs a job whose process executes this script; resolves to the ended job, its messages and the reported deaths. */
async function jobOf(work: string): Promise<{ job: Job | undefined; frames: number; deaths: string[] }> {
  const script = folder('job.mjs');
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
  it('starts with the full space for new objects', async () => {
    const { job, frames } = await jobOf(
      `const young = getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space');
       done(Math.round(young.space_size / 1_048_576));`,
    );
    expect(job?.state).toBe('done');
    expect(frames).toBeGreaterThanOrEqual(32);
  });

  it('that needs too much memory fails the job with that reason, and is not a bug', async () => {
    const { job, deaths } = await jobOf(
      'for (const all = []; ; ) all.push(new Array(1e6).fill(all.length));',
    );
    expect(job).toMatchObject({ state: 'failed', problem: { code: 'noMemory' } });
    expect(deaths).toEqual([]);
  });

  it('that ends unexpectedly fails the job and is reported', async () => {
    const { job, deaths } = await jobOf("process.kill(process.pid, 'SIGKILL');");
    const detail = 'the process ended with SIGKILL';
    expect(job).toMatchObject({ state: 'failed', problem: { code: 'readerEnded', detail } });
    expect(deaths).toEqual([detail]);
  });

  it('that crashes may have read a damaged file', async () => {
    const { job } = await jobOf("process.kill(process.pid, 'SIGSEGV');");
    const detail = 'the process ended with SIGSEGV';
    expect(job).toMatchObject({ state: 'failed', problem: { code: 'readerStopped', detail } });
  });
});

/** A host whose processes end on command of the test. */
function heldHost(end: 'exported' | 'failed' = 'exported') {
  const ends: (() => void)[] = [];
  const requests: number[] = [];
  const host = new JobHost({
    script: '',
    onChange: () => undefined,
    startProcess: () => {
      const port = new ProcessPort({
        send: (message) => {
          const { kind, id } = message as { readonly kind: string; readonly id: number };
          const ended = (): boolean => port.emit('message', { kind: 'ended' });
          if (kind === 'end') queueMicrotask(ended);
          else
            ends.push(() =>
              port.emit('message', {
                kind: 'result',
                id,
                result: { kind: end, frames: 1, code: 'notJsonl' },
              }),
            );
        },
        kill: () => port.ended({ how: 'asked to', lastWords: '', isQuiet: true }),
      });
      return port;
    },
  });
  const start = () =>
    host.start(
      'import',
      'a.pcapng',
      (id) => {
        requests.push(id);
        return request;
      },
      () => Promise.resolve({}),
    );
  return { host, ends, requests, start };
}
const statesOf = (host: JobHost): readonly Job['state'][] => host.jobs.map(({ state }) => state);

describe('many jobs at once', () => {
  it('run three at a time; each waiting job begins when an earlier one has ended', async () => {
    const { host, ends, requests, start } = heldHost();
    const given = Array.from({ length: 50 }, start);
    expect(given.slice(0, 5).map(({ state }) => state)).toEqual([
      'running',
      'running',
      'running',
      'waiting',
      'waiting',
    ]);
    expect([ends.length, requests]).toEqual([3, [1, 2, 3]]);
    for (let done = 1; done <= 50; done += 1) {
      ends[done - 1]?.();
      await host.ended(done);
      expect(ends).toHaveLength(Math.min(50, done + 3));
    }
    expect(statesOf(host)).toEqual(Array.from({ length: 20 }, () => 'done'));
  });

  it('a waiting job is cancelled without ever beginning', async () => {
    const { host, ends, requests, start } = heldHost();
    for (let n = 0; n < 5; n += 1) start();
    const ended = host.ended(4);
    expect([host.cancel(4), host.cancel(4)]).toEqual([true, false]);
    await ended;
    for (const one of [1, 2, 3]) {
      ends[one - 1]?.();
      await host.ended(one);
    }
    ends[3]?.();
    await host.ended(5);
    expect(requests).toEqual([1, 2, 3, 5]);
    expect(statesOf(host)).toEqual(['done', 'done', 'done', 'cancelled', 'done']);
  });

  it('end with the host; no waiting job begins', async () => {
    const { host, ends, requests, start } = heldHost();
    for (let n = 0; n < 6; n += 1) start();
    const closed = host.close();
    for (const end of ends) end();
    await closed;
    expect(requests).toEqual([1, 2, 3]);
    expect(statesOf(host).slice(3)).toEqual(['cancelled', 'cancelled', 'cancelled']);
  });

  it('keeps failed jobs on the list, whatever ends after them', async () => {
    const { host, ends, start } = heldHost('failed');
    for (let n = 0; n < 250; n += 1) start();
    for (let done = 1; done <= 250; done += 1) {
      ends[done - 1]?.();
      await host.ended(done);
    }
    expect(host.jobs.map(({ id }) => id)).toEqual(Array.from({ length: 200 }, (_, n) => n + 51));
    const { host: other, ends: otherEnds, start: startOther } = heldHost();
    for (let n = 0; n < 30; n += 1) startOther();
    for (let done = 1; done <= 30; done += 1) {
      otherEnds[done - 1]?.();
      await other.ended(done);
    }
    expect(other.jobs).toHaveLength(20);
  });

  it('a job whose process can’t be started fails, and the next begins', async () => {
    let started = 0;
    const host = new JobHost({
      script: '',
      onChange: () => undefined,
      startProcess: () => {
        started += 1;
        throw new Error('spawn EAGAIN');
      },
    });
    const failed = Array.from({ length: 5 }, () =>
      host.start(
        'import',
        'a.pcapng',
        () => request,
        (_id, message) =>
          Promise.resolve(
            message.kind === 'failed' ? { problem: { code: message.code, detail: message.detail } } : {},
          ),
      ),
    );
    await Promise.all(failed.map(({ id }) => host.ended(id)));
    expect(started).toBe(5);
    expect(host.jobs.map(({ state, problem }) => [state, problem?.detail])).toEqual(
      failed.map(() => ['failed', 'spawn EAGAIN']),
    );
  });
});
