/** 自定义故障条目。 */
import { longestErrorText, longestName, mostOwnErrors } from '#shared/limits';
import type { catalogue as en } from '../en/catalogue';
import type { Shape } from '../shape';

export const catalogue: Shape<typeof en> = {
  catalogue: {
    open: '自定义故障库',
    title: '自定义故障库',
    note: '这里填写的内容优先于 Crema 自带的故障库，对所有机器有效；留空的项目沿用自带内容。',
    none: '还没有自定义条目。可以补充资料中没有的代码，也可以更正已有代码的名称、含义、原因、处理方法和严重程度。',
    list: '自定义条目',
    add: '添加代码',
    edit: '编辑 {{code}} 的条目',
    remove: '删除 {{code}} 的条目',
    removed: '已删除 {{code}} 的条目。',
    toFile: '导出为文件',
    fromFile: '从文件导入',
    written: '已保存为 {{file}}。',
    read: '{{file}}：新增{{added, number}}条，更改{{changed, number}}条，{{same, number}}条没有变化。',
    refused_other: '{{count, number}}条未导入，其余已导入：',
    refusedAt: '第{{line}}行，{{code}}：{{why}}',
    refusedAtNoCode: '第{{line}}行：{{why}}',
    why: {
      noEntry: '这不是一个条目。请写在花括号内，并填写代码。',
      noCode: '没有代码，或代码超过64个字符。',
      unknownMember: '条目中没有“{{member}}”这一项。',
      wrongValue: '“{{member}}”的值不正确。',
      tooLong: `“{{member}}”过长：名称最多${longestName}个字，其他最多${longestErrorText}个字。`,
      empty: '除代码外没有任何内容。',
      twice: '文件前面已有这个代码，以第一条为准。',
      tooMany: `最多${mostOwnErrors}条。`,
    },
    own: '自定义条目',
    mutedMark: '不提醒',
    correct: '编辑故障说明',
    change: '修改自定义条目',
    take: '删除自定义条目',
    code: '故障码',
    member: {
      name: '名称',
      meaning: '含义',
      cause: '常见原因',
      remedy: '处理方法',
      severity: '严重程度',
      muted: '出现此代码时不弹出桌面通知',
    },
    asCatalogue: '按故障库（{{what}}）',
    asMachine: '按机器自己的标记',
    save: '保存',
    cancel: '取消',
    known: '这个代码已有自定义条目，保存后会修改它。',
  },
};
