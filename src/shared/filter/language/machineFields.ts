/** The filter fields of a machine table. */
import { noValues, vocabularyOf, type FieldSpec } from './fields';
import { machineFieldNames, type MachineFieldName } from './tree';

/** Machines that need attention, whatever their state. */
export const troubleWord = 'trouble';

const table: { readonly [N in MachineFieldName]: Omit<FieldSpec<N>, 'name'> } = {
  vmc: {
    ...noValues,
    aliases: ['vmcno', 'vmc_no', 'number', 'machine', '机器', '编号', '机器编号', '机器号', '机号'],
    number: 'plain',
    text: 'contains',
  },
  name: { ...noValues, aliases: ['名称', '机器名称'], text: 'contains' },
  place: { ...noValues, aliases: ['location', 'site', '位置', '安装位置', '地点'], text: 'contains' },
  model: { ...noValues, aliases: ['机型', '型号'], text: 'contains' },
  state: {
    ...noValues,
    aliases: ['status', '状态'],
    words: [
      { word: troubleWord, aliases: ['problem', 'attention', '需处理', '有问题', '异常'] },
      {
        word: 'fault',
        aliases: ['critical', 'in fault', '严重故障', 'can’t sell', "can't sell", '故障', '无法出货'],
      },
      { word: 'silence', aliases: ['silent', '无响应', '无消息'] },
      { word: 'error', aliases: ['一般故障', '部件故障'] },
      { word: 'warning', aliases: ['预警', '警告', '报警', '注意'] },
      { word: 'door', aliases: ['dooropen', 'door open', '门已开', '门开', '门开着', '开门'] },
      { word: 'restarting', aliases: ['restart', '重启', '重启中', '正在重启'] },
      { word: 'online', aliases: ['ready', 'ok', '在线', '正常'] },
      { word: 'unknown', aliases: ['未知'] },
      { word: 'offline', aliases: ['离线'] },
    ],
  },
  platform: {
    ...noValues,
    aliases: ['program', '程序', '机器程序'],
    words: [
      { word: 'linux', aliases: [] },
      { word: 'android', aliases: ['安卓'] },
      { word: 'unknown', aliases: ['none', '未知'] },
    ],
  },
  version: { ...noValues, aliases: ['versions', '版本', '程序版本'], text: 'contains' },
  address: { ...noValues, aliases: ['ip', '地址'], text: 'contains' },
  code: {
    ...noValues,
    aliases: ['error_code', 'errorcode', '故障码', '故障代码', '错误码', '代码'],
    text: 'equals',
  },
  errors: { ...noValues, aliases: ['errorcount', '故障数', '错误数'], number: 'plain' },
  orders: { ...noValues, aliases: ['sales', '订单', '订单数', '今日订单'], number: 'plain' },
  heard: { ...noValues, aliases: ['lastheard', 'seen', 'time', '最近消息', '时间'], isTime: true },
  text: { ...noValues, aliases: ['文字', '文本'], text: 'contains' },
};

const specOf = (name: MachineFieldName): FieldSpec<MachineFieldName> => ({ name, ...table[name] });
export const machineFields: readonly FieldSpec<MachineFieldName>[] = machineFieldNames.map(specOf);
export const machineVocabulary = vocabularyOf(machineFields, { text: specOf('text'), code: specOf('code') });
