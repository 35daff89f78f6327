/** Crema could not start: that is said in a window, and on stderr in any case. */
import { app, BrowserWindow, Menu } from 'electron';
import { complain } from '../log/terminal';
import { FolderRefused } from './claimFolder';
import { lockedWindow } from './lockedWindow';
import { plainPage, type Language } from './plainPage';

const words = {
  en: {
    title: 'Crema could not start',
    text: 'No machine is served. Nothing was changed in the data folder beside what is said below.',
    unusable:
      'The data folder {{folder}} can’t be used: it is no folder, or can’t be made. Start Crema with another (--data-dir), or move what is in its place.',
    served:
      'A Crema without a window (npm run serve) works in the data folder {{folder}}, and serves the machines. End it first, or start this one with another folder (--data-dir).',
    close: 'When you close this window, Crema ends. The message below helps whoever looks into it.',
  },
  'zh-CN': {
    title: 'Crema 无法启动',
    text: '目前没有为任何机器提供服务。除下面说明的内容外，数据目录没有任何改动。',
    unusable:
      '数据目录 {{folder}} 无法使用：它不是文件夹，或无法创建。请用 --data-dir 指定别的目录，或移开占用该位置的文件。',
    served:
      '另一个无窗口的 Crema（npm run serve）正在使用数据目录 {{folder}}，并为机器提供服务。请先结束它，或用 --data-dir 指定别的目录。',
    close: '关闭此窗口后 Crema 将退出。下面的信息有助于排查问题。',
  },
} as const;

/** Ends with exit code 1, once the person has closed the window. */
export function failStart(
  error: unknown,
  language: Language,
  note: (detail: string) => void = () => undefined,
): void {
  const refused = error instanceof FolderRefused ? error : null;
  const thrown = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const detail = refused?.message ?? thrown;
  note(`start.failed: ${detail}`);
  const sentence = `Crema could not start: ${detail}`;
  if (!app.isReady()) {
    complain(sentence, () => app.exit(1));
    return;
  }
  // Whoever refused the folder has said so.
  if (refused === null) complain(sentence);
  // Whatever the app would do when its last window is closed.
  app.removeAllListeners('window-all-closed');
  for (const window of BrowserWindow.getAllWindows()) window.destroy();
  // The runtime's own menu has developer tools and leads out.
  const isMac = process.platform === 'darwin';
  Menu.setApplicationMenu(isMac ? Menu.buildFromTemplate([{ role: 'appMenu' }, { role: 'editMenu' }]) : null);
  const { title, close, ...why } = words[language];
  const text = refused === null ? why.text : why[refused.why].replace('{{folder}}', () => refused.folder);
  const window = lockedWindow({ width: 760, height: 520 });
  app.on('second-instance', () => window.focus());
  window.on('closed', () => app.exit(1));
  void show(window, plainPage({ language, title, paragraphs: [text, close], detail }));
}

async function show(window: BrowserWindow, page: string): Promise<void> {
  try {
    await window.loadURL(page);
  } catch {
    app.exit(1);
  }
}
