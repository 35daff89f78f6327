/** Entry of the worker thread the app runs its virtual machines in: its own event loop, so a flood there delays nothing here. */
import { ownPort, serve } from '../worker/serve';
import { Fleet } from './fleet';
import type { SimulatorCalls, SimulatorEvents } from './messages';
import { fleetOptions } from './options';

const postEvery = 200; // ms

let fleet: Fleet | null = null;
let timer: NodeJS.Timeout | null = null;

const thread = serve<SimulatorCalls, SimulatorEvents>(
  ownPort(),
  {
    start: (options) => {
      fleet?.stop();
      fleet = new Fleet(fleetOptions.parse(options), { onChange: changed });
      post();
      return null;
    },
    setCount: (count) => {
      fleet?.setCount(count);
      return null;
    },
    setFault: ({ vmcNo, fault, on }) => {
      fleet?.setFault(vmcNo, fault, on);
      return null;
    },
  },
  {
    onEnd: () => {
      // Nothing is left to wait for then but the sockets' farewells.
      fleet?.stop();
      fleet = null;
      stopTimer();
    },
  },
);

function post(): void {
  stopTimer();
  thread.emit('changed', {
    running: fleet?.running ?? 0,
    connected: fleet?.connected ?? 0,
    ports: fleet?.ports.map(([localPort]) => localPort) ?? [],
    misbehaviours: [...(fleet?.faults ?? [])],
  });
}

function changed(): void {
  timer ??= setTimeout(post, postEvery);
}

function stopTimer(): void {
  if (timer !== null) clearTimeout(timer);
  timer = null;
}
