/** Puts the contract on `window.crema` as verbs. The page never sees a channel, an event object or ipcRenderer. */
import { contextBridge, ipcRenderer, webUtils, type IpcRendererEvent } from 'electron';
import { actionChannel, feedChannel, requestChannel, verbs } from '#shared/contract/channels';

const requests = Object.fromEntries(
  verbs.map((verb) => [
    verb,
    (args: unknown): Promise<unknown> => ipcRenderer.invoke(requestChannel(verb), args),
  ]),
);

/** Hands on the text of each message; gives the way to stop. */
const listenOn =
  (channel: string) =>
  (listener: (text: string) => void): (() => void) => {
    const forward = (_event: IpcRendererEvent, text: string): void => listener(text);
    ipcRenderer.on(channel, forward);
    return () => ipcRenderer.off(channel, forward);
  };

contextBridge.exposeInMainWorld('crema', {
  ...requests,
  onFeed: listenOn(feedChannel),
  onAction: listenOn(actionChannel),
  pathOf: (file: File): string => webUtils.getPathForFile(file),
});

/** The page's own, of which no more is used here. */
declare const navigation: {
  addEventListener(
    type: 'navigate',
    listener: (event: { readonly destination: { readonly url: string }; preventDefault(): void }) => void,
  ): void;
};
// Main is not asked about such a page (app/security.ts), as no request is made for it: it would see it when it is there.
navigation.addEventListener('navigate', (event) => {
  if (event.destination.url.startsWith('about:')) event.preventDefault();
});
