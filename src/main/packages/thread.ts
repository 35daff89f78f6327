/** The package host thread. Downloads must never delay an answer to a machine. */
import { workerData, type MessagePort } from 'node:worker_threads';
import type { Crowd } from '#shared/model/listener';
import { Listener } from '../lib/net/listener';
import { ownPort, serve, type PortServer } from '../lib/threads/serve';
import { PackageHost } from './host/host';
import { NoticeHost } from './host/noticeHost';
import {
  hostedHere,
  type HostCalls,
  type Hosted,
  type HostEvents,
  type OfferCalls,
  type OfferEvents,
} from './host/hostCalls';
import { Throttle } from './host/throttle';
import { Visitors } from './host/visitors';

/** Start data of the thread. */
export interface HostData {
  /** The folder for files that machines send. */
  readonly files: string;
}

/** ms between reports of evicted connections. */
const crowdInterval = 1_000;
/** ms between reports of unmatched requests. */
const visitInterval = 1_000;

const now = Date.now;
let server: PortServer<OfferEvents> | null = null;
let serverPort: MessagePort | null = null;
let crowd: Crowd | null = null;
const sendCrowd = new Throttle(crowdInterval, () => {
  if (crowd !== null) thread.emit('crowded', crowd);
});
function crowded(next: Crowd): void {
  crowd = next;
  sendCrowd.trigger();
}
const visitors = new Visitors(now);
const sendVisits = new Throttle(visitInterval, () => thread.emit('visits', visitors.list));
const host = new PackageHost({
  now,
  onTransfer: (transfer) => {
    thread.emit('transfer', transfer);
    server?.emit('transfer', transfer);
  },
  files: (workerData as HostData).files,
  onUpload: (upload) => {
    thread.emit('upload', upload);
    server?.emit('upload', upload);
  },
  onLooked: (check) => thread.emit('looked', check),
  onCrowded: crowded,
  onVisit: (asked) => {
    visitors.note(asked);
    sendVisits.trigger();
  },
});
const notices = new NoticeHost({
  now,
  onNotice: (notice) => server?.emit('notice', notice),
  onCrowded: crowded,
});
const listeners: Readonly<Record<Hosted, Listener>> = {
  updates: new Listener(() => host.createServer(), { now }),
  notices: new Listener(() => notices.createServer(), { now }),
};
for (const which of hostedHere) listeners[which].onState((state) => thread.emit('state', { which, state }));

const thread = serve<HostCalls, HostEvents>(
  ownPort(),
  {
    setPackages: (packages) => {
      host.setPackages(packages);
      return null;
    },
    setRates: (rates) => {
      host.rates = rates;
      return null;
    },
    test: (answer) => {
      host.test(answer);
      return null;
    },
    clearVisits: () => {
      visitors.clear();
      sendVisits.trigger();
      return null;
    },
    offer: (offer) => {
      host.offer(offer);
      return null;
    },
    expect: (file) => {
      host.expect(file);
      return null;
    },
    connect: (port) => {
      serverPort?.close();
      serverPort = port;
      server = serve<OfferCalls, OfferEvents>(port, {
        offer: (offer) => {
          host.offer(offer);
          thread.emit('offered', offer);
          return undefined;
        },
        expect: (file) => {
          host.expect(file);
          thread.emit('expected', file);
          return undefined;
        },
        moved: (machine) => {
          host.moved(machine);
          thread.emit('moved', machine);
          return undefined;
        },
      });
      return null;
    },
    cutOff: (transfers) => {
      for (const transfer of transfers) server?.emit('transfer', transfer);
      return null;
    },
    listen: ({ which, host: address, port, avoid, others }) =>
      listeners[which].listen(address, port, avoid, others),
    retry: ({ which, avoid }) => listeners[which].retry(avoid),
    off: ({ which }) => listeners[which].off(),
  },
  {
    onEnd: async () => {
      await Promise.all(hostedHere.map((which) => listeners[which].stop()));
      host.close();
      notices.close();
      sendCrowd.stop();
      sendVisits.stop();
      serverPort?.close();
    },
  },
);
