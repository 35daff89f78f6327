/** 帮助：怎样连接机器，各种状态、故障码和发现的含义，以及帮助菜单的对话框。 */
import { longQr, silenceLimit } from '#shared/limits';
import type { help as en } from '../en/help';
import type { Shape } from '../shape';

export const help: Shape<typeof en> = {
  help: {
    title: '帮助',
    search: '这是什么意思？',
    searchLabel: '搜索帮助',
    clear: '清空搜索',
    topics: '主题',
    found: '“{{typed}}”找到{{count, number}}条',
    nothing: '帮助里没有这些字。换成故障码、状态或单个词再试。',
    means: '查看含义',
    leads: '影响：{{what}}',
    cause: '{{why}}处理：{{todo}}',
    meansWhat: '查看“{{what}}”的含义',
    topic: {
      start: '首次连接',
      states: '机器状态',
      commands: '指令结果',
      codes: '故障码',
      diagnosis: '诊断',
      findings: '报文与连接的发现',
      keys: '键盘',
    },
    lead: {
      start: '机器主动连接服务器，Crema 就是这台服务器。按下面的顺序一次就能连上。',
      states: '各处的图形和文字都一致。原因见机器页面上的那句话。',
      commands: '只有报文能确认。已发送、已接受、已取走升级包都只是中间步骤，绝不当作完成。',
      codes: '按机器上报的写法。含义来自运营商的表格和现场日志，处理方法仅供参考。',
      diagnosis: '机器诊断能发现的问题，紧要的在前：影响、可能的原因和处理办法。“…”处为具体内容。',
      findings: 'Crema 在报文、连接或抓包中注意到的情况。报文本身从不改动。',
      keys: '在 macOS 上用 ⌘ 代替 Ctrl。',
    },
    start: {
      network: {
        title: '接入同一网络',
        text: '电脑和机器要在同一网络：同一路由器、同一 Wi-Fi，或用一根网线直连。访客 Wi-Fi 往往隔离设备，那样什么都收不到。',
      },
      listen: {
        title: '让 Crema 监听',
        text: '在“连接”页选择处于该网络的网卡地址。以 127 开头的地址只限本机，机器连不上。',
      },
      enter: {
        title: '在机器上填写地址',
        text: '长按机器屏幕左上角，输入工程密码。在网络或服务器设置中填写“连接”页显示的服务器 IP 和端口。只填地址时，机器会自动加上端口 4567。',
      },
      restart: {
        title: '机器断电重启',
        text: '机器只在开机时连接服务器，加入 Wi-Fi 之后也要重启才会连接。用总开关断电再上电，等待两分钟。',
      },
      arrives: {
        title: '机器连上来',
        text: '先出现一个没有编号的连接，随后出现机器编号，之后大约每20秒一次心跳。',
      },
      nothing: {
        title: '什么都没有收到',
        text: '多半是本机防火墙没有放行 Crema、地址填错，或网线插错了口。“设置”里的“检查本机”会检查端口和网卡。',
      },
      offline: {
        title: '离线模式',
        text: '机器处于离线模式时，无论填什么地址都不会连接。在工程菜单中关闭离线模式。',
      },
      list: {
        title: '多个服务器',
        text: '机器保存一份服务器列表，一个不通就连下一个。如果它连到了别处，请删掉其他地址，或把本机放在第一位。',
      },
      number: {
        title: '编号与预期不符',
        text: '机器编号在机器上设置。两台机器用同一个编号会互相抢占连接，Crema 会指出来。',
      },
      payment: {
        title: '机器不显示二维码',
        text: `在工程菜单中开启支付：机器设置（Machine Setting）、功能模式（Function Mode）、支付系统（Payment systems）。开启“二维码反扫”（QR reverse scan）时机器不显示二维码；内容超过${longQr}个字符的二维码也可能不显示。价格为 0 时机器不请求支付。机器8秒后会用同一订单号再次请求。`,
      },
    },
    state: {
      online: '已连接，没有未解除的故障。',
      silence: `已连接，但心跳缺失。${silenceLimit / 60_000}分钟没有收到任何数据，就认为连接已断并将其关闭。`,
      fault: '机器上报了不能出货的故障。机器页面的故障栏说明是哪一个、可以怎样处理。',
      warning: '有物料将尽、部件故障，或连接、杯子需要查看；能否出货见机器页面。',
      doorOpen: '机器上报门已打开。这期间是否继续出货，没有报文说明。',
      restarting: '已要求重启，连接已断开；大约一分半钟内应重新登录。',
      unknown: '连接断开时 Crema 未运行或电脑在休眠，之后机器尚未重新登录。',
      offline: '没有连接。显示的是它最后一次上报的内容。',
    },
    finding: {
      error: '有内容丢失或出错。',
      warning: '能读懂，但不合规范。',
      info: '供参考，没有问题。',
    },
    notDone: '没有成功',
    about: {
      title: '关于 Crema',
      what: 'Jetinno 咖啡机现场维护工具，采用 MIT 许可证。独立项目，与 Jetinno 公司无关。',
      version: '版本',
      kind: {
        release: '正式版',
        test: '测试版，使用旧版运行环境，仅供试用',
        development: '从源代码运行',
      },
      commit: '源代码',
      changed: '之后有改动',
      unknown: '未知',
      committed: '提交时间',
      system: '系统',
      folder: '数据目录',
      open: '打开数据目录',
      copy: '全部复制',
      copyWhat: '全部内容',
      copyFolder: '数据目录的路径',
    },
    licences: {
      title: '许可证',
      note: '随 Crema 一起提供的全部组件，各有自己的许可证。',
      search: '搜索名称、许可证和正文',
      clear: '清空搜索',
      list: '随 Crema 提供的组件',
      found: '共{{all, number}}项，显示{{count, number}}项',
      nothing: '没有找到。',
      text: '{{name}} 的许可证正文',
      apart: '数量多、篇幅长，另存为程序旁边的一个网页文件。',
      open: '在浏览器中打开',
      copyWhat: '这份许可证的正文',
      copy: '复制',
    },
  },
};
