/** 快速查找：一个按键找到机器、订单、故障码、指令、页面、设置和帮助。 */
import type { palette as en } from '../en/palette';
import type { Shape } from '../shape';

export const palette: Shape<typeof en> = {
  palette: {
    title: '快速查找',
    open: '查找机器、订单、故障码、指令、设置、帮助',
    placeholder: '机器、订单号、故障码、指令、设置……可用拼音首字母',
    results: '查找结果',
    nothing: '没有这个名称。输入编号、名称、故障码的一部分或拼音首字母即可。',
    reading: '正在查找订单……',
    ordersUnread: '现在不能查找订单',
    kind: {
      recent: '最近选过',
      machine: '机器',
      command: '对机器 {{vmcNo}}',
      anyCommand: '指令',
      site: '站点',
      screen: '页面',
      action: '操作',
      sequence: '作业流程',
      setting: '设置',
      code: '故障码',
      order: '订单',
      help: '帮助',
    },
    orderOf: '机器 {{vmcNo}} · {{at}}',
    hint: '回车打开，↑ ↓ 选择，Esc 关闭',
    chooseMachine: '选择机器',
    machineFor: '“{{command}}”的机器',
    hintOfMachine: '“{{command}}”：回车选择机器，退格键返回',
    theme: '外观：{{name}}',
    checkComputer: '检查本机',
    openFile: '打开抓包文件',
    openLogFolder: '打开日志文件夹',
    supportFile: '保存支持文件',
    newWindow: '打开新窗口',
    about: '关于 Crema',
    licences: '许可证',
    keyList: '全部快捷键',
  },
};
