import { dialog } from 'electron';

const words = {
  en: {
    message: (count: number) =>
      `${count.toLocaleString('en')} records wait for the disk, which refuses them. They are lost when Crema quits.`,
    detail: 'Make room, or put the disk back: they are written as soon as it takes them again.',
    stay: 'Keep Crema open',
    quit: 'Quit and lose them',
  },
  'zh-CN': {
    message: (count: number) =>
      `磁盘写不进去，还有 ${count.toLocaleString('zh-CN')} 条记录在等待。现在退出，这些记录将丢失。`,
    detail: '请腾出空间或接回磁盘，恢复后 Crema 会立即写入。',
    stay: '不退出',
    quit: '退出并放弃记录',
  },
} as const;

/** Asks in a system dialog, because the last window was closed while records wait for a disk that refuses them. */
export async function askQuit(language: keyof typeof words, waiting: number): Promise<'stay' | 'quit'> {
  const { message, detail, stay, quit } = words[language];
  const { response } = await dialog.showMessageBox({
    type: 'warning',
    message: message(waiting),
    detail,
    buttons: [stay, quit],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  });
  return response === 1 ? 'quit' : 'stay';
}
