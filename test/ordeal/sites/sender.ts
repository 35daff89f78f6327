/**
 * A process that records 1,000 entries a second and sends them. Arguments: the journal, the place file, and how the broker is reached
 * (JSON). Then the step at which it kills itself, the batch of that step, and whether it records.
 */
import { Buffer } from 'node:buffer';
import { randomBytes } from 'node:crypto';
import { packEntries } from '../../../src/main/journal/api';
import { openJournal } from '../../../src/main/journal/embed';
import type { BrokerAccess } from '../../../src/main/sites/broker/connect';
import { Link } from '../../../src/main/sites/link';
import { PlaceFile } from '../../../src/main/sites/placeFile';
import { keptPlace } from '../../../src/main/sites/uplink/position';
import { Uplink } from '../../../src/main/sites/uplink/uplink';
import type { StoredEntry } from '#shared/model/frame';
import { reportStatus } from './status';
import type { KillStep } from './rounds';

const [file = '', placeFile = '', access = '', step, at = '0', records] = process.argv.slice(2);
const opened = openJournal(file);
if (opened.kind !== 'open') throw new Error('not open');
const { store } = opened;

let last = store.last().entry;
const record = (): void => {
  const entries: StoredEntry[] = [];
  for (let count = 0; count < 100; count += 1) {
    last += 1;
    const bytes = Buffer.from(randomBytes(40));
    entries.push({ kind: 'junk', id: last, at: Date.now(), conn: 1, vmcNo: null, bytes, findings: [] });
  }
  store.append({ entries: packEntries(entries), faults: [], orders: [], commands: [], machines: [] });
};
if (records === 'records') setInterval(record, 100);

let batches = 0;
const dieAt = (own: KillStep): void => {
  if (own === step && batches >= Number(at)) process.kill(process.pid, 'SIGKILL');
};
const place = new PlaceFile(placeFile, keptPlace);
const link: Link = new Link({
  access: JSON.parse(access) as BrokerAccess,
  name: 'ordeal',
  onProgress: ({ status, trouble }) => reportStatus(status, trouble?.code),
  work: (broker, signal) => {
    const publish = broker.client.publish.bind(broker.client);
    broker.client.publish = (...args) => {
      batches += 1;
      dieAt('before publishing');
      const done = publish(...args);
      // The message leaves the process before its acknowledgement comes.
      setTimeout(() => dieAt('before the acknowledgement'), 1);
      return done;
    };
    const uplink = new Uplink({
      journal: {
        identity: () => Promise.resolve(store.identity()),
        packedAfter: (query) => Promise.resolve(store.packedAfter(query)),
        renew: (known) => Promise.resolve(store.renewIdentity({ known })),
      },
      place: {
        read: () => place.read(),
        keep: (kept) => {
          dieAt('before the cursor');
          place.keep(kept);
          dieAt('after the cursor');
        },
      },
      mask: null,
      key: 'ab'.repeat(32),
      rate: Infinity,
      onProgress: (change) => link.report(change),
      now: Date.now,
    });
    return uplink.run(broker, signal);
  },
});
