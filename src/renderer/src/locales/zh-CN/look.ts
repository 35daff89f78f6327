/** 连接质量。 */
import type { look as en } from '../en/look';
import type { Shape } from '../shape';

export const look: Shape<typeof en> = {
  linkHour: {
    title: '最近一小时',
    label: '最近一小时的心跳，按分钟',
    picture: '机器 {{vmcNo}}：最近一小时的心跳',
    summary: '心跳{{beats}}次，缺{{missing}}次，新建连接{{opened}}次',
    none: '最近一小时没有数据。',
    minute: '分钟',
    beats: '收到',
    missing: '缺少',
    opened: '新建连接',
  },
};
