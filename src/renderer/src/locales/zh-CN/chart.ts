/** 各界面的图表。 */
import type { chart as en } from '../en/chart';
import type { Shape } from '../shape';

export const chart: Shape<typeof en> = {
  chart: {
    keys: '用方向键逐项查看。',
    copy: '将“{{title}}”复制为图片',
    copied: '已复制',
    failed: '图片无法复制',
  },
};
