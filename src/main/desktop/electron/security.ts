/** Blocks for all pages: navigation, new windows, embedding, permissions and network access. */
import { app, session } from 'electron';
import { developmentPage } from './development';
import { isOwnPage, mayLoad } from './page';

/** Call before `ready`. Chromium then resolves no host. WebRTC ignores both a page's policy and the request filter below. */
export function closeNetwork(): void {
  if (developmentPage() === null) app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND');
}

/** Call after `ready`, before any window. */
export function lockDown(): void {
  app.on('web-contents-created', (_event, contents) => {
    const stayHere = (event: { readonly url: string; readonly preventDefault: () => void }): void => {
      if (!isOwnPage(event.url)) event.preventDefault();
    };
    contents.on('will-navigate', stayHere);
    contents.on('will-frame-navigate', stayHere);
    contents.on('will-redirect', stayHere);
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    // An IP address needs no resolution.
    contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
  });
  const { defaultSession } = session;
  defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  defaultSession.setPermissionCheckHandler(() => false);
  defaultSession.setDevicePermissionHandler(() => false);
  defaultSession.on('will-download', (event) => event.preventDefault());
  defaultSession.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !mayLoad(url) }));
}
