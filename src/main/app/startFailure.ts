/** Crema could not start: that is said in a window, and on stderr in any case. */
import { app, BrowserWindow } from 'electron';
import { plainPage, type Language } from './plainPage';

const words = {
  en: {
    title: 'Crema could not start',
    text: 'No machine is served. Nothing was changed in the data folder beside what is said below.',
    close: 'When you close this window, Crema ends. The message below helps whoever looks into it.',
  },
  'zh-CN': {
    title: 'Crema 无法启动',
    text: '目前没有为任何机器提供服务。除下面说明的内容外，数据目录没有任何改动。',
    close: '关闭此窗口后 Crema 将退出。下面的信息有助于排查问题。',
  },
} as const;

/** Ends with exit code 1, once the person has closed the window. */
export function failStart(
  error: unknown,
  language: Language,
  note: (detail: string) => void = () => undefined,
): void {
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  note(`start.failed: ${detail}`);
  const sentence = `crema: Crema could not start: ${detail}\n`;
  if (!app.isReady()) {
    process.stderr.write(sentence, () => app.exit(1));
    return;
  }
  process.stderr.write(sentence);
  // Whatever the app would do when its last window is closed.
  app.removeAllListeners('window-all-closed');
  for (const window of BrowserWindow.getAllWindows()) window.destroy();
  const { title, text, close } = words[language];
  const window = new BrowserWindow({ width: 760, height: 520, title: 'Crema', autoHideMenuBar: true });
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
