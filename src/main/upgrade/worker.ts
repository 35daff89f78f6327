/** Entry of the thread that reads one file in: hashing and unpacking gigabytes must not delay an answer to a machine. */
import { parentPort, workerData } from 'node:worker_threads';
import type { FromStager, StageRequest } from './messages';
import { Pace } from './pace';
import { stage } from './stage';

const reportInterval = 100; // ms

if (parentPort === null) throw new Error('this is the entry of a worker thread');
const port = parentPort;
const cancelled = new AbortController();
// There is one message only: `ToStager`.
port.on('message', () => cancelled.abort());

let latest: FromStager | null = null;
const pace = new Pace(reportInterval, () => port.postMessage(latest));
const result = await stage(workerData as StageRequest, cancelled.signal, (progress) => {
  latest = { kind: 'progress', ...progress };
  pace.touch();
});
pace.stop();
port.postMessage(
  ('staged' in result ? { kind: 'staged', ...result } : { kind: 'refused', ...result }) satisfies FromStager,
);
port.close();
