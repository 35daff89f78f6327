import { describe, expect, it } from 'vitest';
import { failurePage } from '../../../../../src/main/desktop/electron/failurePage';

const shown = (...asked: Parameters<typeof failurePage>): string =>
  decodeURIComponent(failurePage(...asked).replace('data:text/html;charset=utf-8,', ''));

const folder = '/home/li/a $& <b>';

describe('the page of a failed start', () => {
  it.each([
    [
      'en',
      null,
      'Crema could not start',
      'Crema does not serve machines now.',
      'Crema ends when you close this window.',
    ],
    ['zh-CN', null, 'Crema 无法启动', 'Crema 目前没有服务任何机器。', '关闭此窗口后 Crema 将退出'],
    [
      'en',
      'unusable',
      'Crema could not start',
      'The data folder /home/li/a $&#38; &#60;b&#62; can’t be used',
      'Crema ends when you close this window.',
    ],
    [
      'zh-CN',
      'unusable',
      'Crema 无法启动',
      '数据目录 /home/li/a $&#38; &#60;b&#62; 无法使用',
      '关闭此窗口后 Crema 将退出',
    ],
    [
      'en',
      'served',
      'Crema could not start',
      'Another process uses the data folder /home/li/a $&#38; &#60;b&#62;. It may be a Crema without a window',
      'Crema ends when you close this window.',
    ],
    [
      'zh-CN',
      'served',
      'Crema 无法启动',
      '另一个进程正在使用数据目录 /home/li/a $&#38; &#60;b&#62;，可能是无窗口的 Crema',
      '关闭此窗口后 Crema 将退出',
    ],
  ] as const)('%s, %s: shows the problem and the remedy', (language, why, ...said) => {
    const detail = "the journal's thread has not answered for 2 s";
    const page = shown({ language, refused: why === null ? null : { why, folder }, detail });
    expect(page).toContain(`<html lang="${language}">`);
    for (const text of said) expect(page).toContain(text);
    // The original text, beside ours, unless it has the same content.
    expect(page.includes('<pre>the journal&#39;s thread has not answered for 2 s</pre>')).toBe(
      why !== 'served',
    );
  });
});
