/** A process that reads a site. Arguments: its folder, and the broker's port. */
import { Link } from '../../../src/main/sites/link';
import { ReadSite } from '../../../src/main/sites/reader/site';

const [directory = '', port = ''] = process.argv.slice(2);
const site = new ReadSite({
  id: 'ordeal',
  directory,
  report: () => undefined,
  onGrowth: () => undefined,
  problem: (detail) => void process.stderr.write(`${detail}\n`),
  retention: () => ({ days: Infinity, bytes: Infinity }),
  now: Date.now,
});
await site.open();
const link: Link = new Link({
  access: { servers: `127.0.0.1:${port}`, role: 'read', credentials: 'a:secret-a', authority: '' },
  name: 'ordeal',
  onProgress: () => void link.progress,
  work: (broker, signal) => site.read(broker, signal),
});
