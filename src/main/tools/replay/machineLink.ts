/** Server role: the machines thread sends the frames to a connected machine. */
import type { MessagePort } from 'node:worker_threads';
import { readJson } from '../../core/protocol/json';
import { Callable } from '../../lib/threads/callable';
import type { MachineLinkCalls, MachineLinkEvents } from './calls';
import type { LinkEvents, ReplayLink } from './link';

export function machineLink(port: MessagePort, events: LinkEvents): ReplayLink {
  const server = new Callable<MachineLinkCalls, MachineLinkEvents>(port, {
    onGone: ({ message }) => events.closed(message),
    on: {
      came: ({ at, head, text }) => events.came({ at, head, text, json: readJson(text).json }),
      closed: ({ reason }) => events.closed(reason),
    },
  });
  return {
    send: (frame) => server.call('send', frame),
    end: () => void server.end(),
  };
}
