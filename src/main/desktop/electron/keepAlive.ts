/**
 * Restarts a window's page after a crash, at the same place. After three crashes within a minute an error page is shown instead. The user
 * can restart a page that does not respond.
 */
import { dialog, type BrowserWindow } from 'electron';
import { plainPage, type Language } from './plainPage';

const words = {
  en: {
    title: 'This window stopped working three times within a minute',
    text: 'Machines are still served, and everything is recorded. The last view of this window may be the cause.',
    fresh: 'Start without the last view',
    again: 'Restore the last view',
    question: 'This window does not respond.',
    questionDetail: 'Machines are still served. A restart discards unsaved input in this window.',
    wait: 'Wait',
    restart: 'Restart the window',
  },
  'zh-CN': {
    title: '此窗口在一分钟内三次停止工作',
    text: '机器照常服务，记录也照常保存。问题可能出在此窗口刚才显示的内容上。',
    fresh: '不恢复上次画面，重新打开',
    again: '再次打开上次画面',
    question: '此窗口没有响应。',
    questionDetail: '机器照常服务。重新打开后，此窗口中尚未提交的输入会丢失。',
    wait: '等待',
    restart: '重新打开窗口',
  },
} as const;

/** After this many crashes within the time, a restart does not help. */
const maxDeaths = 3;
const deathsWithin = 60_000;
/** ms before a static page is loaded again. */
const plainPause = 1_000;

export interface KeepAliveOptions {
  /** The app's own page, without a place. */
  readonly url: string;
  readonly isOwnPage: (url: string) => boolean;
  readonly language: () => Language;
  readonly problem: (detail: string) => void;
  /** The page's process died; `again`: it is restarted. */
  readonly onGone: (reason: string, again: boolean) => void;
  /** While Crema quits, nothing is restarted. */
  readonly isQuitting: () => boolean;
}

export function keepAlive(
  window: BrowserWindow,
  { url, isOwnPage, language, problem, onGone, isQuitting }: KeepAliveOptions,
): void {
  const contents = window.webContents;
  let place = url;
  let deaths: readonly number[] = [];
  let isRestartWanted = false;
  let asking: AbortController | null = null;
  const load = (address: string): void => {
    contents.loadURL(address).catch((error: unknown) => {
      // The window was closed, or loads another page.
      if (window.isDestroyed() || contents.isDestroyed() || contents.isCrashed()) return;
      if (/ERR_ABORTED/.test(String(error))) return;
      problem(`the window's page could not be loaded: ${String(error)}`);
    });
  };
  const showStopped = (): void => {
    const { title, text, fresh, again } = words[language()];
    const links = [
      { href: `${url}#/connect`, text: fresh },
      { href: place, text: again },
    ];
    load(plainPage({ language: language(), title, paragraphs: [text], links }));
    window.show();
  };
  const remember = (_event: unknown, address: string): void => {
    if (isOwnPage(address)) place = address;
    // Such a navigation asks nobody first. The preload script refuses it, unless the script was prevented from running.
    else if (address.startsWith('about:')) load(place);
  };
  contents.on('did-navigate', remember);
  contents.on('did-navigate-in-page', remember);
  contents.on('render-process-gone', (_event, { reason }) => {
    if (window.isDestroyed() || isQuitting()) return;
    if (isRestartWanted) {
      isRestartWanted = false;
      load(place);
      return;
    }
    const now = Date.now();
    deaths = [...deaths.filter((at) => now - at < deathsWithin), now];
    const isFinal = deaths.length >= maxDeaths;
    problem(
      `the window's page stopped (${reason})${isFinal ? ' three times in a minute' : '; it is started again'}`,
    );
    onGone(reason, !isFinal);
    if (!isFinal) load(place);
    else if (deaths.length === maxDeaths) showStopped();
    else setTimeout(() => !window.isDestroyed() && showStopped(), plainPause);
  });
  window.on('unresponsive', () => void ask());
  window.on('responsive', () => asking?.abort());
  const ask = async (): Promise<void> => {
    if (asking !== null) return;
    const { question, questionDetail, wait, restart } = words[language()];
    asking = new AbortController();
    const { signal } = asking;
    const { response } = await dialog.showMessageBox(window, {
      type: 'warning',
      message: question,
      detail: questionDetail,
      buttons: [wait, restart],
      defaultId: 0,
      cancelId: 0,
      noLink: true,
      signal,
    });
    asking = null;
    if (response !== 1 || window.isDestroyed()) return;
    isRestartWanted = true;
    contents.forcefullyCrashRenderer();
  };
  load(url);
}
