/** 机器状态一览：能否出货，以及连接质量。 */
import type { look as en } from '../en/look';
import type { Shape } from '../shape';

export const look: Shape<typeof en> = {
  selling: {
    title: '出货：',
    no: '无法出货',
    doubtful: '可能无法出货',
    yes: '可出货',
    unknown: '无法判断',
    reason: {
      error: '故障：{{what}}（{{code}}）',
      madeSince: '{{what}}（{{code}}），但上报后又做出一杯（{{time}}）',
      unconfirmed: '{{what}}（{{code}}），重连后未再上报',
      notFatal: '{{what}}（{{code}}），通常为严重故障，但机器标记为非严重',
      closed: '{{what}}（{{code}}），{{by}}已于{{time}}人工解除，机器尚未解除',
      closedByHand: '{{what}}（{{code}}），已于{{time}}人工解除，机器尚未解除',
      locked: '机器已锁',
      doorOpen: '门已开',
      cupBlocked: '产品未取走',
      restarting: '正在重启',
      offline: '机器离线，以下为离线前状态',
      unknown: 'Crema 停止或电脑休眠后，机器尚未重新登录，以下为此前状态',
      unverified: '此连接上的机器未通过身份核验，以下为其上报内容',
      silence: '机器无响应',
    },
    nothing: '没有上报影响出货的故障。',
    reportsUntil: 'Linux 机器启动前已有的故障，登录后最迟3分钟上报。',
  },
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
    next: '下次心跳',
    nextIn: '最迟{{time}}后',
    nextLate: '已超时{{time}}',
  },
};
