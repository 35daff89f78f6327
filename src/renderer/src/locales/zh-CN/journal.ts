/** 记录文件及其故障。 */
import type { journal as en } from '../en/journal';
import type { Shape } from '../shape';

export const journal: Shape<typeof en> = {
  fileDamage: {
    what: {
      fromCopy: '以下文件在磁盘上已损坏：{{files}}。已改用备份，内容没有丢失。',
      unproven: '以下文件在磁盘上已损坏：{{files}}。没有备份可以核对，请检查内容。',
      unread: '以下文件无法读取：{{files}}（{{detail}}）。其中的内容不会被改动或删除。',
      foundAgain: '以下文件不在列表中，现已重新加入：{{files}}。请核对名称和版本。',
      stray: '以下文件不在列表中，且无法识别：{{files}}。文件保留在原处。',
      gone: '以下文件已丢失：{{files}}。',
      changed: '以下文件与保存时的内容不一致：{{files}}。',
      unreadable: '以下文件无法从磁盘读取：{{files}}。',
    },
    more_other: '另外{{count, number}}个',
    understood: '知道了',
  },
  journal: {
    note: 'Crema 保存与机器收发的全部内容。超过任一限制时，先删除最早的记录，其上的标记和备注也一并删除；需要长期保留的请先导出。',
    size: '本机记录',
    sizeOf: '{{size}}，{{count, number}}条',
    since: '起始时间',
    notKept: '目前没有保存记录。',
    otherVersion: '数据目录里的记录属于其他版本（格式 {{version}}），当前版本的 Crema 无法读取。',
    notOurs: '数据目录里的 journal.sqlite 不是 Crema 的记录文件。',
    begin: '新建记录文件',
    beginQuestion:
      '现有文件只会改名，仍保留在数据目录中，不会删除任何内容。Crema 将新建记录文件，从现在起继续记录；旧文件里的内容不再显示。',
    failing: '磁盘无法写入（{{detail}}）。机器照常服务；{{count, number}}条记录在等待，磁盘恢复后立即写入。',
    lostBefore_other: '磁盘无法写入期间，有{{count, number}}条记录因放不下而丢失。',
    lost: '另有{{count, number}}条因放不下而丢失。',
    damaged: '记录文件已损坏，原文件保存为 {{file}}，并已新建记录。',
    salvaging: '正在恢复原有记录：{{percent}}%。',
    salvaged_other: '已恢复{{count, number}}条记录。',
    unreadable_other: '约{{count, number}}条记录无法读出。',
    unreadableSpan: '时间范围：{{from}} 至 {{to}}。',
    unreadableRows: '另外丢失：{{what}}。',
    moved:
      'Crema 运行期间，数据目录被移走。此前的记录在 {{file}}，已新建记录文件。如需恢复，请先退出 Crema，再把数据目录移回原处。',
    deleted:
      'Crema 运行期间，数据目录被删除或移到了其他磁盘。已在 {{file}} 新建记录文件。如有该目录的备份，请先退出 Crema，再把备份放回原处。',
    found: '原位置上的记录文件已改名为 {{file}} 保存。',
    keptOther: '原有记录保存为 {{file}}，并已新建记录。',
    understood: '知道了',
    damagedRows: '磁盘上有部分记录已损坏：{{what}}。',
    damagedRowsNote: '机器状态已根据记录重新计算，仍能读出的内容照常显示；损坏的数据保留在记录文件中。',
    damagedKind: {
      machines_other: '{{count, number}}台机器的状态',
      commands_other: '{{count, number}}条指令',
      orders_other: '{{count, number}}笔订单',
      faults_other: '{{count, number}}条故障',
      diagnoses_other: '{{count, number}}条诊断',
      runs_other: '{{count, number}}次作业',
      run_lines_other: '作业中的{{count, number}}台机器',
      marks_other: '{{count, number}}个标记',
      entries_other: '{{count, number}}条数据帧或事件',
      index_other: '{{count, number}}处索引',
    },
  },
};
