/** 意外停止与日志。 */
import type { crash as en } from '../en/crash';
import type { Shape } from '../shape';

export const crash: Shape<typeof en> = {
  crash: {
    app: 'Crema 上次没有正常退出：可能崩溃、被强行结束或断电。',
    window: 'Crema 的一个窗口曾停止工作。',
    graphics: '画面绘制曾停止工作。',
    helper: 'Crema 运行环境的一个组件曾停止工作。',
    server: '机器服务曾停止工作，所有机器的连接都已断开。',
    journal: '记录的写入曾停止工作。',
    packages: '升级下载服务曾停止工作，正在进行的下载已中断。',
    virtual: '虚拟机器已停止工作。',
    sites: '与其他站点的数据交换已停止工作。记录仍保存在这台电脑上。',
    jobs: '文件的读写已停止工作，该文件不完整。',
    again: '已自动重新启动（{{time}}）。',
    notAgain: '没有重新启动（{{time}}）。',
    lastSign: '最后一次正常运行：{{time}}。',
    serverAgain: '已自动重新启动（{{time}}），机器会在一两分钟内重新连上。',
    more_other: '此前还有{{count, number}}次类似情况。',
    open: '查看经过',
    understood: '知道了',
    title: '事情经过',
    which: '事件',
    note: '以下是 Crema 写下的说明，不含验证码、订单号和支付内容，也不会发送到任何地方。',
    file: '文件',
    copy: '复制说明',
    copyWhat: '说明',
  },
  log: {
    title: '日志',
    note: 'Crema 的运行情况和出错信息，不含验证码、订单号和支付内容。意外停止的说明在旁边的文件夹里。',
    open: '打开日志文件夹',
  },
};
