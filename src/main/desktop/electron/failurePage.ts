/** The page that shows why Crema could not start. It does not import Electron, so that plain Node can test it. */
import type { FolderRefused } from './claimFolder';
import { plainPage, type Language } from './plainPage';

const words = {
  en: {
    title: 'Crema could not start',
    text: 'Crema does not serve machines now. Nothing in the data folder was changed, except as stated below.',
    unusable:
      'The data folder {{folder}} can’t be used: it is not a folder, or can’t be created. Start Crema with another folder (--data-dir), or move the file of this name.',
    served:
      'Another process uses the data folder {{folder}}. It may be a Crema without a window (npm run serve), or a Crema of another user. End it first, or start Crema with another folder (--data-dir).',
    close: 'Crema ends when you close this window.',
    below: 'The message below helps to find the cause.',
  },
  'zh-CN': {
    title: 'Crema 无法启动',
    text: 'Crema 目前没有服务任何机器。除下面说明的内容外，数据目录没有任何改动。',
    unusable:
      '数据目录 {{folder}} 无法使用：它不是文件夹，或无法创建。请用 --data-dir 指定别的目录，或移开占用该位置的文件。',
    served:
      '另一个进程正在使用数据目录 {{folder}}，可能是无窗口的 Crema（npm run serve）或其他用户启动的 Crema。请先结束它，或用 --data-dir 指定别的目录。',
    close: '关闭此窗口后 Crema 将退出。',
    below: '下面的信息有助于排查问题。',
  },
} as const;

/** `refused`: Crema can't start with the data folder. */
export function failurePage({
  language,
  refused,
  detail,
}: {
  readonly language: Language;
  readonly refused: Pick<FolderRefused, 'why' | 'folder'> | null;
  readonly detail: string;
}): string {
  const { title, close, below, ...why } = words[language];
  const text = refused === null ? why.text : why[refused.why].replace('{{folder}}', () => refused.folder);
  // The detail of a folder in use says the same.
  if (refused?.why === 'served') return plainPage({ language, title, paragraphs: [text, close] });
  return plainPage({ language, title, paragraphs: [text, close, below], detail });
}
