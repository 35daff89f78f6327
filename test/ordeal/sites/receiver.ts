/** A process that reads a site. Arguments: its folder, and how the broker is reached (JSON). */
import { resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { BrokerAccess } from '../../../src/main/sites/broker/connect';
import { Folds } from '../../../src/main/sites/fold/folds';
import { Link } from '../../../src/main/sites/link';
import { ReadSite } from '../../../src/main/sites/reader/site';
import { reportStatus } from './status';

/** A kill must not lose what only this thread has. */
const folds = new Folds(
  () => new Worker(resolve('out', 'main', 'sitesFoldWorker.js')),
  (error) => {
    throw error;
  },
);
const [directory = '', access = ''] = process.argv.slice(2);
let link: Link | null = null;
const site = new ReadSite({
  id: 'ordeal',
  directory,
  folds,
  report: (change) => link?.report(change),
  onGrowth: () => undefined,
  problem: (detail) => void process.stderr.write(`${detail}\n`),
  replacing: () => Promise.resolve(),
  replaced: () => undefined,
  retention: () => ({ days: Infinity, bytes: Infinity }),
  now: Date.now,
});
await site.open();
link = new Link({
  access: JSON.parse(access) as BrokerAccess,
  name: 'ordeal',
  onProgress: ({ status, trouble }) => reportStatus(status, trouble?.code),
  work: (broker, signal) => site.read(broker, signal),
});
