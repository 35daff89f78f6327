/** The windows of the app: what they begin with, and what they ask of the computer. */
import type { AppFacts } from '#shared/contract/feed';
import type { Feed } from '../ipc/feed';
import type { ServerService } from './server';
import type { Service } from './service';

export interface WindowsParts {
  readonly facts: AppFacts;
  readonly feed: Feed;
  readonly server: ServerService;
  /** Where none is open. */
  readonly openFirst: () => void;
  readonly openWindow: () => void;
  readonly copyText: (text: string) => void;
}

export function windowsService({
  facts,
  feed,
  server,
  openFirst,
  openWindow,
  copyText,
}: WindowsParts): Service<'snapshot' | 'openWindow' | 'copyText'> {
  return {
    live: {},
    start: () => {
      openFirst();
      return Promise.resolve();
    },
    requests: {
      // The feed's number is taken with the answer: what the server said before it is in the rows.
      snapshot: async () => feed.snapshot(facts, await server.snapshot()),
      openWindow: () => {
        openWindow();
        return null;
      },
      copyText: ({ text }) => {
        copyText(text);
        return null;
      },
    },
  };
}
