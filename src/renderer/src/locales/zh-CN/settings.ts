/** Crema 与机器的设置：每个设置一项。 */
import { codeLength, longestName, longestTemplate, longQr } from '#shared/limits';
import { retentionLimits } from '#shared/model/settings';
import type { settings as en } from '../en/settings';
import type { Shape } from '../shape';

const { days, bytes } = retentionLimits;

export const settings: Shape<typeof en> = {
  settings: {
    title: '设置',
    section: { window: '语言 · 外观', listen: '监听地址', journal: '记录' },
    listenMachines: '机器连接（TCP）',
    listenUpdates: '升级包下载（HTTP）',
    listenAddress: '地址',
    listenApply: '在此监听',
    hostWrong: '请填 IPv4 或 IPv6 地址，例如 192.168.1.20',
    openToNetwork: '该网络中的其他设备都将能访问。',
    about: '关于',
    version: '版本',
    testBuild: '测试版，使用旧版运行环境，仅供试用',
    runsOn: '运行环境',
    status: {
      off: '未开启',
      listening: '正在监听 {{where}}，已 {{time}}',
      waiting: '等待地址为 {{where}} 的网卡恢复',
      failed: '监听 {{where}} 失败：{{detail}}',
    },
  },
  setting: {
    language: {
      title: '语言',
      value: { system: '跟随系统（{{name}}）', en: 'English', 'zh-CN': '中文' },
      fromSwitch: '本次启动带有 --lang {{name}}，关闭前以它为准。这里的选择会记住，下次生效。',
    },
    theme: {
      title: '外观',
      value: { system: '跟随系统', light: '浅色', dark: '深色' },
    },
    retention: {
      days: '保留天数',
      gigabytes: '最大容量（GB）',
      apply: '应用',
      wrong: `天数 ${days.min} 至 ${days.max}，容量 ${bytes.min / 1e9} 至 ${bytes.max / 1e9} GB。`,
    },
    errorNames: {
      title: '该代码的名称',
      note: '现有资料中没有这个代码。填写的名称会用在所有出现它的地方，对所有机器有效。',
      give: '命名',
      change: '修改名称',
      save: '保存',
      remove: '删除名称',
      named: '自定义名称',
    },
  },
  settingsLoss: {
    some: '部分设置无法读取：{{what}}。这些设置已改用默认值。',
    all: '设置文件无法读取（{{detail}}）。机器名称、验证码、监听地址及其他设置均已恢复为初始值。',
    kept: '原文件保存为 {{file}}。',
    notKept: '原文件无法另存（{{detail}}），在能够另存之前不会被覆盖。',
    understood: '知道了',
    ofMachine: '机器 {{machine}} 的{{what}}',
    more_other: '另外 {{count, number}} 项',
    key: {
      language: '语言',
      theme: '外观',
      machineListen: '机器监听地址',
      updateListen: '升级下载监听地址',
      directLink: '直连模式',
      retention: '记录保留期限',
      name: '名称',
      platform: '机器程序',
      head: '帧头',
      replyProfile: '应答方式',
      qrAnswers: '模拟支付',
      payDelay: '模拟支付延时',
      qrTemplate: '二维码内容模板',
      signPolicy: '签名错误时的处理',
      code: '验证码',
      all: '全部设置',
      machines: '所有机器的名称和设置',
      codes: '所有机器的验证码',
      window: '窗口位置',
      errorNames: '故障代码的名称',
    },
  },
  machineSetting: {
    name: { title: '名称', placeholder: '添加名称', note: `显示在编号旁边，最多 ${longestName} 个字。` },
    platform: {
      title: '机器程序',
      note: 'linux 是厂家文档描述的旧程序；android 是新程序（JL15、JL30、JL32 等）。Crema 会从登录包判断，判断有误时才需设定。',
      value: { auto: '按登录包', linux: 'linux', android: 'android' },
      seen: '登录包显示为 {{platform}}。',
      unseen: '还没有收到登录包。',
    },
    head: {
      title: '帧头',
      note: 'Crema 用机器所用的帧头应答。机器读不懂应答时才需固定。',
      value: { auto: '与机器相同', decimal: '十进制', le48: 'le48（字节 +48）' },
    },
    replyProfile: {
      title: '应答方式',
      value: { extended: '完整', document: '仅按文档' },
      valueNote: {
        extended:
          '订单和故障也会确认。真实机器需要确认：linux 每 3 秒重发订单直到确认，android 会连续几天重发。',
        document: '只发厂家文档规定的应答，心跳应答不带机器编号；android 机器会忽略这种应答。',
      },
    },
    qrAnswers: {
      title: '模拟支付',
      value: {
        auto: '关闭',
        hand: '人工应答',
        approve: '支付成功',
        decline: '支付失败',
        delay: '延时支付',
        silent: '不应答',
      },
      valueNote: {
        auto: '二维码请求立即得到应答；支付结果由您在“订单”中告知机器。',
        hand: '二维码请求会等您在“订单”中应答。机器约 8 秒后重发请求，等太久会放弃。',
        approve: '立即给出二维码内容，3 秒后告知机器支付成功。',
        decline: '立即给出二维码内容，3 秒后告知机器未支付。',
        delay: '立即给出二维码内容，经过下面设定的时间后告知机器支付成功。',
        silent: '二维码请求一律不应答，相当于支付平台故障。',
      },
      note: '由 Crema 充当支付平台，不会真的扣款；模拟的订单从不计入金额。',
    },
    payDelay: {
      title: '延时',
      unit: '秒',
      note: '从二维码请求到支付成功的秒数，1 至 600。',
    },
    qrTemplate: {
      title: '二维码内容模板',
      placeholder: 'Crema 的测试文字',
      note: `{order}（订单号）、{amount}（金额）、{product}（产品编号）、{machine}（机器编号）、{type}（支付方式）会被替换。最多 ${longestTemplate} 个字符；模板内容不会写入支持文件。`,
      example: '例如：{{text}}（{{length}}/{{max}} 个字符）',
      long: `示例有 {{length}} 个字符，超过 ${longQr} 个时机器可能不显示二维码。`,
      stranger: '不会被替换、原样保留：{{names}}',
    },
    signPolicy: {
      title: '签名不符时',
      value: { auto: '默认', ignore: '忽略', warn: '提醒', enforce: '拒绝' },
      valueNote: {
        auto: '保存了验证码则提醒，否则忽略。',
        ignore: '不核对签名。',
        warn: '在登录帧上标出异常，机器不受影响。',
        enforce: '登录应答 ret 为 1，并断开连接。',
      },
      ask: { enforce: '被拒绝的 linux 机器会关闭网络，直到有人重启它。仍要拒绝签名不符的登录吗？' },
      yes: { enforce: '拒绝不符的签名' },
      noCode: '没有保存验证码，无法拒绝。',
    },
  },
  machineCode: {
    title: '验证码',
    note: '部署时与机器编号一起填入机器的 8 位验证码。Crema 用它核对登录签名。',
    newCode: '新验证码，8 位',
    length: `验证码为 ${codeLength} 位，现在是 {{count}} 位。`,
    store: '保存验证码',
    remove: '删除验证码',
    stored: {
      none: '没有保存验证码。',
      keyStore: '验证码已存入本机的密钥库，不能再显示。',
      memory: '本机没有密钥库，验证码只保存在内存中，关闭 Crema 后丢失。',
    },
  },
};
