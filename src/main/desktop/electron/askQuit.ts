import { BrowserWindow, dialog } from 'electron';
import { severalLines } from '#shared/visible';
import type { Language } from './plainPage';

const words = {
  en: {
    message: (count: number) =>
      `${count.toLocaleString('en')} records can’t be written to the disk. They are lost if Crema quits now.`,
    detail: 'Free some space or reconnect the disk. Crema then writes them at once.',
    failed: (why: string) => `The records could not be written there (${why}).`,
    stay: 'Keep Crema open',
    quit: 'Quit and lose records',
    save: 'Save elsewhere…',
  },
  'zh-CN': {
    message: (count: number) =>
      `磁盘无法写入，还有${count.toLocaleString('zh-CN')}条记录在等待。现在退出，这些记录将丢失。`,
    detail: '请腾出空间或接回磁盘，恢复后 Crema 会立即写入。',
    failed: (why: string) => `无法写入该位置（${why}）。`,
    stay: '不退出',
    quit: '退出并放弃记录',
    save: '另存到其他位置…',
  },
} as const;

export type QuitAnswer = 'stay' | 'quit' | 'save';

/** Asks in a system dialog, because records still wait for a disk that refuses them. An aborted `signal` means quit. */
export async function askQuit(language: Language, waiting: number, signal: AbortSignal): Promise<QuitAnswer> {
  const { message, detail, stay, quit, save } = words[language];
  const { response } = await dialog.showMessageBox({
    type: 'warning',
    message: message(waiting),
    detail,
    buttons: [stay, quit, save],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
    signal,
  });
  if (signal.aborted) return 'quit';
  return (['stay', 'quit', 'save'] as const)[response] ?? 'stay';
}

/** Asks again after the chosen place also failed. Connections are already closed. */
export async function askElsewhere(
  language: Language,
  {
    waiting,
    failed,
    signal,
  }: { readonly waiting: number; readonly failed: string; readonly signal: AbortSignal },
): Promise<'quit' | 'save'> {
  const { message, failed: says, quit, save } = words[language];
  const { response } = await dialog.showMessageBox({
    type: 'warning',
    message: message(waiting),
    detail: says(severalLines(failed)),
    buttons: [save, quit],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
    signal,
  });
  return signal.aborted || response === 1 ? 'quit' : 'save';
}

/** `null`: cancelled. */
export async function askRescueFile(file: string): Promise<string | null> {
  const options = { defaultPath: file, filters: [{ name: 'JSONL', extensions: ['jsonl'] }] };
  const window = BrowserWindow.getFocusedWindow();
  const { canceled, filePath } =
    window === null ? await dialog.showSaveDialog(options) : await dialog.showSaveDialog(window, options);
  return canceled || filePath === '' ? null : filePath;
}
