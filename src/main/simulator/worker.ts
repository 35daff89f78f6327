/** Entry of the worker thread the app runs its virtual machines in: its own event loop, so a flood there delays nothing here. */
import { parentPort } from 'node:worker_threads';
import { Fleet } from './fleet';
import { toWorker, type FromWorker } from './messages';

const postEvery = 200; // ms

if (parentPort === null) throw new Error('this is the entry of a worker thread');
const port = parentPort;
let fleet: Fleet | null = null;
let timer: NodeJS.Timeout | null = null;

function post(): void {
  timer = null;
  port.postMessage({
    running: fleet?.running ?? 0,
    connected: fleet?.connected ?? 0,
    ports: fleet?.ports.map(([localPort]) => localPort) ?? [],
    misbehaviours: [...(fleet?.faults ?? [])],
  } satisfies FromWorker);
}

function changed(): void {
  timer ??= setTimeout(post, postEvery);
}

port.on('message', (value: unknown) => {
  const message = toWorker.parse(value);
  switch (message.type) {
    case 'start':
      fleet?.stop();
      fleet = new Fleet(message.options, { onChange: changed });
      return;
    case 'count':
      return fleet?.setCount(message.count);
    case 'fault':
      return fleet?.setFault(message.vmcNo, message.fault, message.on);
    case 'stop':
      fleet?.stop();
      fleet = null;
      if (timer !== null) clearTimeout(timer);
      post();
      port.close(); // nothing left to wait for but the sockets' farewells: the thread ends by itself
  }
});
