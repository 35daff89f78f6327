/** 两分钟导览，以及两种开始方式。 */
import type { tour as en } from '../en/tour';
import type { Shape } from '../shape';

export const tour: Shape<typeof en> = {
  tour: {
    connect: '连接机器',
    connectText: '显示要填入机器的地址，以及连接进行到哪一步。',
    title: '用虚拟机器试用',
    text: '启动三台虚拟机器，用五步介绍界面，结束后移除这些虚拟机器。',
    start: '开始2分钟导览',
    no: '不用了',
    of: '{{step}}/{{count}}',
    next: '下一步',
    back: '上一步',
    skip: '结束导览',
    finish: '完成',
    finishAndRemove: '完成并移除虚拟机器',
    step: {
      counts: {
        title: '哪里有问题',
        text: '虚拟机器正在连接。顶部按状态显示机器数，点击数字即可列出这些机器。',
      },
      table: {
        title: '全部机器，最严重的在前',
        text: '单击打开机器。右击，或点右侧的三个点，可下发常用指令。',
      },
      machine: {
        title: '单台机器',
        text: '标题显示有什么问题、能否出货。按钮用来下发指令，每条指令逐步显示结果和依据。',
      },
      frames: {
        title: '收发的全部数据',
        text: '抓包页面列出双向的每个数据帧，单击可查看字段和字节。',
      },
      connect: {
        title: '第一台真实机器',
        text: '有“监听 …”按钮时先点它。把这个地址和端口填入机器，然后断电再上电。下面的检查显示连接进行到哪一步。',
      },
    },
  },
};
