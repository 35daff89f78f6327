/** 从机器取回的文件。 */
import type { files as en } from '../en/files';
import type { Shape } from '../shape';

export const files: Shape<typeof en> = {
  files: {
    title: '文件',
    list: '机器文件，新的在前',
    resize: '列表宽度',
    newer_other: '{{count, number}}个新文件',
    none: '这里没有这台机器的文件',
    noneText: 'android 机型可以发送某一天的日志、配方、产品列表和配置。',
    column: { time: '取回时间', type: '内容', size: '大小', name: '机器上的文件名' },
    type: { log: '日志', recipe: '配方', product: '产品列表', eva: 'EVA 数据', config: '配置' },
    previous: '较新文件',
    next: '较早文件',
    close: '关闭',
    save: '另存为…',
    saved: '已保存为 {{file}}。',
    backUp: '用作升级包',
    remove: '删除',
    removeAsk: '只从本机删除该文件，机器上的文件不受影响。',
    cut: '文件过长，此处未显示全部；保存后是完整的。',
    notShown: '既不是文本，也不是可显示的列表；保存后是完整的。',
    text: '文件内容',
    search: '搜索文件',
    searchHow: '关键词，或 /正则/',
    clearSearch: '清除搜索',
    lines: '{{count, number}}行，共{{all, number}}行',
    frames: '当时的数据帧',
    framesNote: '所选行时间之前的最后一帧。日志行用的是机器时钟，数据帧用的是本机时钟。',
    noFrames: '在此之前没有记录到数据帧。',
    table: '列表',
    same: '与上次取回的相同。',
    changes: '与上次取回相比：新增 {{added, number}}，变化 {{changed, number}}，减少 {{gone, number}}。',
    sameAsOther: '两者相同。',
    unlikeOther:
      '与另一份相比：这里多 {{added, number}}，不同 {{changed, number}}，仅另一份有 {{gone, number}}。',
    language: '语言',
    allLanguages: '全部',
    empty: '（空）',
    rowsCut: '显示前{{count, number}}行，共{{all, number}}行。',
  },
};
