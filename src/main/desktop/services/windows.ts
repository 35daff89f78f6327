/** The windows of the app: what they begin with, and what they ask of the computer. */
import { basename } from 'node:path';
import type { AppFacts } from '#shared/contract/feed';
import { visible } from '#shared/visible';
import type { Feed } from '../ipc/feed';
import { Refusal } from '../ipc/requests';
import { writeWholeFile } from '../../lib/files/writeWholeFile';
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
  /** Whether it was a picture. */
  readonly copyImage: (png: Uint8Array<ArrayBuffer>) => Promise<boolean>;
  readonly askPlace: (windowId: number, name: string) => Promise<string | null>;
  /** What a window shows for paper, as PDF; `null`: the window is gone. */
  readonly sheet: (windowId: number) => Promise<Uint8Array | null>;
}

export function windowsService({
  facts,
  feed,
  server,
  openFirst,
  openWindow,
  copyText,
  copyImage,
  askPlace,
  sheet,
}: WindowsParts): Service<'snapshot' | 'openWindow' | 'copyText' | 'copyImage' | 'saveSheet'> {
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
      copyImage: async ({ png }) => {
        if (!(await copyImage(png))) throw new Refusal('notAPicture');
        return null;
      },
      copyText: ({ text }) => {
        copyText(visible(text));
        return null;
      },
      saveSheet: async (_args, { windowId }) => {
        // What is shown now: a dialog of the system stands before it meanwhile.
        const content = await sheet(windowId);
        const file = content === null ? null : await askPlace(windowId, 'crema.pdf');
        if (content === null || file === null) return null;
        try {
          await writeWholeFile(file, (write) => write(content), new AbortController().signal);
        } catch (error) {
          throw new Refusal('unwritable', { detail: error instanceof Error ? error.message : String(error) });
        }
        return basename(file);
      },
    },
  };
}
