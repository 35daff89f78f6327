/** Entry of the thread packages are fetched from: a download must never delay an answer to a machine. */
import { Listener } from '../link/listener';
import { ownPort, serve } from '../worker/serve';
import { UpdateHost } from './host';
import type { HostCalls, HostEvents } from './hostCalls';

const now = Date.now;
const host = new UpdateHost({
  now,
  onTransfer: (transfer) => thread.emit('transfer', transfer),
  onNotice: (notice) => thread.emit('notice', notice),
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
    listen: ({ host: address, port }) => listener.listen(address, port),
    retry: () => listener.retry(),
  },
  {
    onEnd: async () => {
      await listener.stop();
      host.close();
    },
  },
);
