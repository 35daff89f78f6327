import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { giveUpScript } from '../../../../../src/main/desktop/electron/patience';

/** A process whose main thread is blocked, as by another instance that does not answer. */
const blocked = (ms: number) =>
  spawnSync(process.execPath, [
    '-e',
    `const { Worker } = require('node:worker_threads');
    const guard = new Worker(${JSON.stringify(giveUpScript('it does not answer', 500))}, { eval: true });
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ${ms});
    guard.postMessage(0);`,
  ]);

it('a launch ends if the running instance does not answer, before the runtime kills that instance', () => {
  const { signal, stderr } = blocked(60_000);
  expect([signal, stderr.toString()]).toEqual(['SIGKILL', 'it does not answer\n']);
});

it('a launch with an answer continues', () => {
  const { status, stderr } = blocked(1);
  expect([status, stderr.toString()]).toEqual([0, '']);
});
