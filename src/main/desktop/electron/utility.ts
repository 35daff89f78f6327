/** Starts processes for untrusted files under Electron. Node's `fork` is disabled in the packaged app, because it would run any script. */
import { utilityProcess } from 'electron';
import {
  flagsFor,
  lastWordsOf,
  ProcessPort,
  quietSignals,
  type StartProcess,
} from '../../lib/threads/process';

/** The name of these processes in the runtime's crash events. */
export const utilityName = 'Crema reader';

export const startUtility: StartProcess = (script, limits) => {
  const child = utilityProcess.fork(script, [], {
    serviceName: utilityName,
    execArgv: [`--js-flags=${flagsFor(limits).join(' ')}`],
    stdio: ['ignore', 'inherit', 'pipe'],
  });
  const lastWords = lastWordsOf(child.stderr);
  let isGone = false;
  const port = new ProcessPort({
    send: (message) => {
      if (!isGone) child.postMessage(message, []);
    },
    kill: () => void child.kill(),
  });
  child.on('message', (message: unknown) => port.emit('message', message));
  child.once('exit', (code) => {
    isGone = true;
    port.ended({
      how: `the process ended with code ${code}`,
      lastWords: lastWords(),
      // Electron reports a signal as its number.
      isQuiet: code === 0 || Object.values<number>(quietSignals).includes(code),
    });
  });
  return port;
};
