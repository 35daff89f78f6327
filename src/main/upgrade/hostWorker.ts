/** Entry of the thread packages are fetched from: a download must never delay an answer to a machine. */
import { workerData, type MessagePort } from 'node:worker_threads';
import type { Crowd } from '#shared/model/listener';
import { Listener } from '../link/listener';
import { ownPort, serve, type Serving } from '../worker/serve';
import { PackageHost } from './host';
import type { HostCalls, HostEvents } from './hostCalls';
import type { OfferCalls, OfferEvents } from './offerCalls';
import { Throttle } from './throttle';

/** What the thread is started with. */
export interface HostData {
  /** Where files that machines send are kept. */
  readonly files: string;
}

/** ms between two reports of who was turned away. */
const crowdInterval = 1_000;

const now = Date.now;
let server: Serving<OfferEvents> | null = null;
let serverPort: MessagePort | null = null;
let crowd: Crowd | null = null;
const tellCrowd = new Throttle(crowdInterval, () => {
  if (crowd !== null) thread.emit('crowded', crowd);
});
const host = new PackageHost({
  now,
  onTransfer: (transfer) => {
    thread.emit('transfer', transfer);
    server?.emit('transfer', transfer);
  },
  onNotice: (notice) => server?.emit('notice', notice),
  files: (workerData as HostData).files,
  onUpload: (upload) => {
    thread.emit('upload', upload);
    server?.emit('upload', upload);
  },
  onCrowded: (next) => {
    crowd = next;
    tellCrowd.trigger();
  },
});
const listener = new Listener(() => host.createServer(), { now });
listener.onState((state) => thread.emit('state', state));

const thread = serve<HostCalls, HostEvents>(
  ownPort(),
  {
    setPackages: (packages) => {
      host.setPackages(packages);
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
      });
      return null;
    },
    cutOff: (transfers) => {
      for (const transfer of transfers) server?.emit('transfer', transfer);
      return null;
    },
    listen: ({ host: address, port, avoid }) => listener.listen(address, port, avoid),
    retry: ({ avoid }) => listener.retry(avoid),
  },
  {
    onEnd: async () => {
      await listener.stop();
      host.close();
      tellCrowd.stop();
      serverPort?.close();
    },
  },
);
