/** 机器状态一览：能否出货，以及连接质量。 */
import type { look as en } from '../en/look';
import type { Shape } from '../shape';

export const look: Shape<typeof en> = {
  selling: {
    title: '能否出货：',
    no: '不能',
    doubtful: '可能不能',
    yes: '能（据机器上报）',
    unknown: '目前不清楚',
    reason: {
      error: '故障：{{what}}（{{code}}）',
      unconfirmed: '{{what}}（{{code}}），重连后没有再上报',
      locked: '机器已锁',
      doorOpen: '门开着',
      cupBlocked: '杯子滞留，没有取走',
      restarting: '正在重启',
      offline: '机器没有连接，以下为最后所知',
      unknown: 'Crema 中断后机器尚未重新登录，以下为最后所知',
      silence: '没有收到消息',
    },
    nothing: '机器没有上报妨碍出货的情况。',
  },
  linkHour: {
    title: '最近一小时',
    label: '最近一小时的心跳，按分钟',
    picture: '机器 {{vmcNo}}：最近一小时的心跳',
    summary: '心跳 {{beats}} 次，缺 {{missing}} 次，新建连接 {{opened}} 次',
    none: '最近一小时没有数据。',
    minute: '分钟',
    beats: '收到',
    missing: '缺少',
    opened: '新建连接',
    next: '下次心跳',
    nextIn: '最迟 {{time}}后',
    nextLate: '已超时 {{time}}',
  },
};
