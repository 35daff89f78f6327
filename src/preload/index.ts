/** Puts `window.crema` into the page. The page never sees a channel, an event object or ipcRenderer. */
import { contextBridge, ipcRenderer, webUtils, type IpcRendererEvent } from 'electron';
import { actionChannel, feedChannel, requestChannel } from '#shared/contract/channels';

/** Forwards the text of each message; returns a function that stops it. */
const listenOn =
  (channel: string) =>
  (listener: (text: string) => void): (() => void) => {
    const forward = (_event: IpcRendererEvent, text: string): void => listener(text);
    ipcRenderer.on(channel, forward);
    return () => ipcRenderer.off(channel, forward);
  };

contextBridge.exposeInMainWorld('crema', {
  request: (name: unknown, args: unknown, capture: unknown = null): Promise<unknown> =>
    ipcRenderer.invoke(requestChannel, name, args, capture),
  onFeed: listenOn(feedChannel),
  onAction: listenOn(actionChannel),
  pathOf: (file: File): string => webUtils.getPathForFile(file),
});

/** The page's own Navigation API, reduced to the members in use. */
declare const navigation: {
  addEventListener(
    type: 'navigate',
    listener: (event: { readonly destination: { readonly url: string }; preventDefault(): void }) => void,
  ): void;
};
// Main cannot refuse such a page (desktop/electron/security.ts): no request is made, so main would notice it too late.
navigation.addEventListener('navigate', (event) => {
  if (event.destination.url.startsWith('about:')) event.preventDefault();
});
