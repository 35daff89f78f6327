/** The windows' initial data and their requests to the computer. */
import { basename } from 'node:path';
import type { AppFacts } from '#shared/contract/feed';
import { visible } from '#shared/visible';
import type { Feed } from '../ipc/feed';
import { Refusal } from '../ipc/requests';
import { writeWholeFile } from '../../lib/files/writeWholeFile';
import type { Base } from './base';
import type { Service } from './service';

export interface WindowsParts {
  readonly facts: AppFacts;
  readonly feed: Feed;
  /** Opens a window if none is open. */
  readonly openFirst: () => void;
  readonly openWindow: () => void;
  readonly copyText: (text: string) => void;
  /** Resolves to whether the bytes were a picture. */
  readonly copyImage: (png: Uint8Array<ArrayBuffer>) => Promise<boolean>;
  readonly askPlace: (windowId: number, name: string) => Promise<string | null>;
  /** A window's content as PDF; `null`: the window is gone. */
  readonly sheet: (windowId: number) => Promise<Uint8Array | null>;
}

type WindowsService = Service<'snapshot' | 'openWindow' | 'copyText' | 'copyImage' | 'saveSheet'>;

export const windows = (base: Base): WindowsService => windowsService({ ...base, askPlace: base.ask.place });

export function windowsService({
  facts,
  feed,
  openFirst,
  openWindow,
  copyText,
  copyImage,
  askPlace,
  sheet,
}: WindowsParts): WindowsService {
  return {
    live: {},
    start: () => {
      openFirst();
      return Promise.resolve();
    },
    requests: {
      snapshot: () => feed.snapshot(facts),
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
        // Taken before the dialog, which would cover the content.
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
