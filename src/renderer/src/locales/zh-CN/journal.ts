/** 记录文件及其故障。 */
import type { journal as en } from '../en/journal';
import type { Shape } from '../shape';

export const journal: Shape<typeof en> = {
  journal: {
    note: 'Crema 保存与机器收发的全部内容。超过任一限制时，先删除最早的记录，其上的标记和备注也一并删除；需要长期保留的请先导出。',
    size: '本机记录',
    sizeOf: '{{size}}，{{count, number}} 条',
    since: '起始时间',
    notKept: '目前没有保存记录。',
    newer: '这里的记录由更新版本的 Crema 写入。请用新版本打开，或换一个数据目录。',
    failing: '磁盘写不进去（{{detail}}）。机器照常服务；{{count, number}} 条记录在等待，磁盘恢复后立即写入。',
    lost: '另有 {{count, number}} 条因放不下而丢失。',
    damaged: '记录文件已损坏，原文件保存为 {{file}}，并已新建记录。',
    understood: '知道了',
  },
};
