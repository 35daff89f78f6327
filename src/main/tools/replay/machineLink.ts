/** Server role: the machines thread sends the frames to a connected machine. */
import type { MessagePort } from 'node:worker_threads';
import { readJson } from '../../core/protocol/json';
import { Callable } from '../../lib/threads/callable';
import type { MachineLinkCalls, MachineLinkEvents } from './calls';
import type { LinkHears, ReplayLink } from './link';

export function machineLink(port: MessagePort, hears: LinkHears): ReplayLink {
  const server = new Callable<MachineLinkCalls, MachineLinkEvents>(port, {
    onGone: ({ message }) => hears.closed(message),
    on: {
      came: ({ at, head, text }) => hears.came({ at, head, text, json: readJson(text).json }),
      closed: ({ reason }) => hears.closed(reason),
    },
  });
  return {
    send: (frame) => server.call('send', frame),
    end: () => void server.end(),
  };
}
