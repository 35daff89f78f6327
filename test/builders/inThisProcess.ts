/** The calls of a process, answered in the test's own process: starting Node for each file costs more than the work. */
import { deserialize, serialize } from 'node:v8';
import type { ServerPort, ToServer } from '../../src/main/lib/threads/messages';
import { ProcessPort, type StartProcess } from '../../src/main/lib/threads/process';

/** Each message is copied and arrives in a later turn, as between processes. */
const later = (message: unknown, hear: (copy: unknown) => void): void => {
  const bytes = serialize(message);
  setImmediate(() => hear(deserialize(bytes)));
};

/** `serveOn`: the function that the process's entry calls with its channel. */
export const inThisProcess =
  (serveOn: (port: ServerPort) => void): StartProcess =>
  () => {
    let hear: (message: ToServer) => void = () => undefined;
    let isOver = false;
    const port = new ProcessPort({
      send: (message) =>
        later(message, (copy) => {
          if (!isOver) hear(copy as ToServer);
        }),
      kill: () => {
        if (isOver) return;
        isOver = true;
        setImmediate(() =>
          port.ended({ how: 'the process ended with SIGKILL', lastWords: '', isQuiet: true }),
        );
      },
    });
    serveOn({
      on: (_event, listener) => (hear = listener),
      postMessage: (message) => {
        if (!isOver) later(message, (copy) => port.emit('message', copy));
      },
      close: () => undefined,
    });
    return port;
  };
