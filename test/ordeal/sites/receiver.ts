/** A process that reads a site. Arguments: its folder, and how the broker is reached (JSON). */
import type { BrokerAccess } from '../../../src/main/sites/broker/connect';
import { Link } from '../../../src/main/sites/link';
import { ReadSite } from '../../../src/main/sites/reader/site';
import { reportStatus } from './status';

const [directory = '', access = ''] = process.argv.slice(2);
let link: Link | null = null;
const site = new ReadSite({
  id: 'ordeal',
  directory,
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
