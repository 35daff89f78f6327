/** Entry of the thread that runs the virtual machines, so that their load does not delay the app's other threads. */
import { ownPort, serve } from '../../lib/threads/serve';
import { Announced } from './announced';
import { Fleet } from './fleet';
import { fleetOptions, type SimulatorCalls, type SimulatorEvents } from './options';
import { tcpDial } from './transport';

const postEvery = 200; // ms

let fleet: Fleet | null = null;
let timer: NodeJS.Timeout | null = null;
let last: Promise<unknown> = Promise.resolve();

const thread = serve<SimulatorCalls, SimulatorEvents>(
  ownPort(),
  {
    start: (options) =>
      inTurn(async () => {
        await fleet?.stop();
        const parsed = fleetOptions.parse(options);
        const dial = announced.over(tcpDial(parsed.host, parsed.port));
        fleet = new Fleet(parsed, { dial, onChange: changed });
        post();
        return null;
      }),
    setMisbehaviour: ({ vmcNo, misbehaviour, on }) =>
      inTurn(() => {
        fleet?.setMisbehaviour(vmcNo, misbehaviour, on);
        return null;
      }),
    setNotifyBase: ({ base }) =>
      inTurn(() => {
        fleet?.setNotifyBase(base);
        return null;
      }),
    setAnswering: ({ vmcNo, answering }) =>
      inTurn(() => {
        fleet?.setAnswering(vmcNo, answering);
        return null;
      }),
    portsKnown: () => {
      announced.known();
      return null;
    },
  },
  {
    onEnd: () =>
      inTurn(async () => {
        // The thread ends once the sockets are closed.
        await fleet?.stop();
        fleet = null;
        stopTimer();
      }),
  },
);

const announced = new Announced((ports) => thread.emit('ports', ports));

/** Requests wait while the machines before them stop group by group. */
function inTurn<T>(work: () => T | Promise<T>): Promise<T> {
  const done = last.then(work);
  last = done.catch(() => undefined);
  return done;
}

function post(): void {
  stopTimer();
  thread.emit('changed', {
    running: fleet?.running ?? 0,
    connected: fleet?.connected ?? 0,
    misbehaviours: [...(fleet?.misbehaviours ?? [])],
  });
}

function changed(): void {
  timer ??= setTimeout(post, postEvery);
}

function stopTimer(): void {
  if (timer !== null) clearTimeout(timer);
  timer = null;
}
