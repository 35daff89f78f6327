/** 未能完成的操作及处理办法。 */
import { maxTotal } from '#shared/framing';
import { packageLimits } from '#shared/limits';
import type { errors as en } from '../en/errors';
import type { Shape } from '../shape';

export const errors: Shape<typeof en> = {
  error: {
    badArguments: 'Crema 内部请求有误（{{verb}}：{{problem}}）。这是程序缺陷，请反馈。',
    foreignSender: '请求不是来自 Crema 自己的窗口，已拒绝。',
    unknownMachine: '机器 {{vmcNo}} 已不在列表中。',
    machineOnline: '机器 {{vmcNo}} 仍在连接，请先断开。',
    machineOffline: '机器 {{vmcNo}} 没有连接，等它连上后再试。',
    unknownFrame: '本机的记录里没有这一帧。',
    noJournal: 'Crema 打不开记录文件，原因见窗口顶部的提示。',
    journalInUse: '文件无法改名（{{detail}}）。请关闭正在使用它的程序，再试一次。',
    badFilter: '筛选条件从第 {{at}} 个字符起无法理解。',
    productNumber: '该机型的产品编号为 {{min}}～{{max}}，{{productId}} 不在此范围内，请改正编号。',
    productTwice: '价格表中产品 {{productId}} 出现两次，请只保留正确的一行。',
    badInput: '无法发送：{{field}} 没有填写或超出范围。',
    commandRunning: '这台机器上同一条指令还没有结果。请等它结束；还没发出的可以撤回。',
    commandGoesFirst:
      '没有发送：这条报文会让机器重启或重新连接，而“{{behind}}”还在等机器的结果。请等它结束，或在机器页面上停止等待。',
    commandNotPossible: '现在无法执行。',
    unknownCrash: '数据目录里已没有这份说明。',
    folderNotOpened: '打不开文件夹 {{folder}}（{{detail}}）。',
    supportBusy: '正在生成或保存支持文件，请等待完成，或先取消。',
    supportGone: '支持文件需要重新生成：请关闭后重新打开。',
    unknownCommand: '找不到这条指令了。',
    commandQueueFull: '一台机器最多排队 {{max}} 条指令，请先撤回几条。',
    unknownPackage: '这个升级包已被删除。',
    packageNoVersion: '请先填写这个升级包的版本号：只有机器用新版本登录，才算升级成功。',
    packageNoPlatform: '请先选择升级包用于 Linux 机器还是 Android 机器。',
    packageWrongPlatform: '升级包的机型程序不对，这台机器运行的是 {{platform}} 程序。',
    packageBusy: '正在读取文件，请等它完成或先取消。',
    packageOffered: '已通知机器下载这个升级包，请等升级结束，或选择不再等待。',
    packageRefused: {
      unreadable: '文件读不出来（{{detail}}）。文件还在吗？U 盘插好了吗？',
      notZip: '这不是 ZIP 文件，或文件不完整。请重新获取并核对大小。',
      damagedDirectory: 'ZIP 的文件目录已损坏（{{detail}}）。请重新获取文件，或向厂家另要一份。',
      empty: 'ZIP 里没有文件。',
      damagedMember: 'ZIP 已损坏：其中的“{{detail}}”解不开。请重新获取文件。',
      unsafeMember: 'ZIP 不安全：其中的“{{detail}}”会写到别的目录。',
      link: 'ZIP 不安全：其中的“{{detail}}”是链接，可能指向别的目录。',
      duplicate: 'ZIP 里有两个名为“{{detail}}”的文件（不区分大小写），无法确定机器会留下哪一个。',
      tooManyMembers: `ZIP 里的文件超过 ${packageLimits.members.toLocaleString('en')} 个，升级包不会有这么多文件。`,
      tooBig: `ZIP 解压后超过 ${packageLimits.unpacked / 1024 ** 3} GB 或超过自身大小的 ${packageLimits.ratio} 倍，可能占满机器的存储空间。`,
      encrypted: 'ZIP 有密码（“{{detail}}”），机器解不开。',
      noSpace: '磁盘已满。腾出空间后重新选择文件。',
      cancelled: '已取消，没有保留任何内容。',
    },
    updatesOff: 'Crema 没有监听升级下载，机器取不到升级包。请看“设置”里的监听地址。',
    updatesUnreachable:
      '机器连接的是 {{host}}，而升级下载只在 {{listens}} 上提供。请在 {{host}} 上监听升级下载。',
    settingsNotKept:
      '已经生效，但只到 Crema 关闭为止：设置文件写不进去（{{detail}}）。请检查数据目录是否只读、磁盘是否已满，然后再设置一次。',
    packagesNotKept: '升级包列表无法写入（{{detail}}），没有任何改动。请腾出磁盘空间后重试。',
    unwritable: '文件写不进去（{{detail}}），请换一个位置。',
    fileBusy: '{{file}} 正在写入。请等它写完，或换一个文件名。',
    unknownCapture: '这个抓包文件已关闭。',
    inCapture: '抓包文件是过去的记录，不能发送任何内容。请先回到“实时”。',
    unknownJob: '该任务已经结束。',
    frameTooLong: `这一帧有 {{bytes}} 字节，最多只能发送 ${maxTotal} 字节。`,
    listenFailed: {
      inUse: '{{host}} 的端口 {{port}} 已被其他程序占用。请换一个端口，或结束那个程序。',
      denied: '操作系统不允许 Crema 监听 {{host}}:{{port}}。请改用 1024 以上的端口。',
      noAddress: '本机没有地址为 {{host}} 的网卡。网线插好了吗？Wi-Fi 打开了吗？',
      other: 'Crema 无法监听 {{host}}:{{port}}。',
    },
    noListener: '虚拟机器需要 Crema 先开始监听，请先选择地址。',
    tooManyMachines: '最多同时运行 {{max}} 台虚拟机器。',
    internal: 'Crema 内部出错：{{detail}}',
  },
};
