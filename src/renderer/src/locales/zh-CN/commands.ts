/** 指令：每条指令一项，包含与它有关的全部文字；与销售有关的见 salesCommands.ts，各指令共有的文字见 anyCommand.ts。 */
import type { commands as en } from '../en/commands';
import type { Shape } from '../shape';
import { salesCommands } from './salesCommands';

export const commands: Shape<typeof en> = {
  command: {
    ...salesCommands,
    openDoor: {
      name: '远程开门',
      ask: '请确认现场有人，用完关好大门。',
      send: '远程开门',
      says: {
        spelled: '远程开门（写作“{{spelling}}”）',
      },
      waits: {
        proof: '等待机器上报“门已开”',
        doorUnknown: '等待机器上报“门已开”，但不能据此确认：本次连接中还没有上报过“门已关”',
      },
      steps: {
        doorOpened: '指令发出{{after}}后上报门已开；机器不上报由谁、何时打开',
        openUnproved: '指令发出{{after}}后上报门已开，不能据此确认：门可能在指令发出前就已打开',
        otherSpelling: '换格式重发',
      },
      retry: {
        why: '门没有开？换一种指令格式再发。',
        send: '换格式重发',
      },
    },
    makeDrink: {
      name: '制作饮品',
      ask: '会真实出货且无人付款。请在出口放好杯子，小心热水。',
      send: '制作饮品',
      says: {
        drink: '制作产品 {{productId}}，浓度 {{strength}}，奶 {{milk}}，糖 {{sugar}}',
        named: '制作 {{name}}（{{productId}}），浓度 {{strength}}，奶 {{milk}}，糖 {{sugar}}',
      },
      waits: {
        proof: '等待这一杯的出货上报',
      },
      steps: {
        otherDrink: '此订单号下完成的是顾客的饮品（产品 {{productId}}，支付方式“{{payType}}”），不能据此确认',
        freeDrink:
          '产品 {{productId}} 已免费制作，订单号 {{orderNo}}：免费模式下，可能是下发的饮品，也可能是顾客的',
        drinkEarlier: '订单 {{orderNo}} 可能属于此前下发的饮品，不能据此确认',
        drinkOfServer: '真实服务器也下发了该产品；订单 {{orderNo}} 可能是其下发的，不能据此确认',
        drinkSometime: '订单 {{orderNo}} 可能在下发前就已开始，不能据此确认',
        drinkRefused: '机器拒绝制作：{{status}}',
      },
      notNow: {
        customerOrders: '顾客的订单 {{orderNo}} 还未结束，此时制作会使它作废。请等它结束，或等5分钟。',
      },
      form: {
        productId: '产品编号或名称',
        productIdNote: '与机器菜单一致，例如 801。',
        fastcode: '口味码',
        strength: '浓度',
        milk: '奶',
        sugar: '糖',
        scaleNote: '0 为不加，5 为最多。配方不支持的项，机器会忽略。',
      },
    },
    rinse: {
      name: '冲洗',
      ask: '结束前手和杯子不要靠近出口。',
      send: '冲洗',
      waits: {
        proof: '等待冲洗记录',
      },
      steps: {
        rinsed: '有冲洗完成的记录，按机器时钟在指令发出{{after}}后或更晚',
        rinseFailed: '有冲洗失败的记录，按机器时钟在指令发出{{after}}后或更晚',
        rinsedEarlier: '有一条冲洗记录，可能属于此前发出的冲洗指令',
        rinsedSometime: '有一条冲洗记录，但按机器时钟可能发生在指令发出之前',
      },
    },
    reboot: {
      name: '重启',
      ask: '正在制作的饮品会丢失。Crema 会等待机器重新登录。',
      send: '重启',
      waits: {
        close: '等待连接断开',
        login: '等待登录',
        notice: '等待机器接受指令',
      },
    },
    queryStatus: {
      name: '查询状态',
      ask: '让机器上报状态。',
      send: '查询状态',
      waits: {
        proof: '等待机器上报状态',
      },
      steps: {
        statusReported: '查询{{after}}后上报状态“{{status}}”，机器每3分钟更新一次',
      },
      absent: { android: '安卓机器没有查询指令。“同步”会让它重新连接并全部上报。' },
    },
    fetchFile: {
      name: '取回文件',
      ask: '机器会通过 HTTP 把文件发送到本机，机器上的内容不变。',
      send: '取回文件',
      says: {
        log: '取回 {{day}} 的日志',
        recipe: '取回配方',
        product: '取回产品列表',
        eva: '取回 EVA 数据',
        config: '取回配置',
      },
      steps: {
        fileArrived: '已完整收到 {{file}}，{{bytes}}，来自 {{remoteAddress}}',
        tooLarge: '来自 {{remoteAddress}} 的内容（{{bytes}}）未接收：文件过大',
        noFile: '来自 {{remoteAddress}} 的内容（{{bytes}}）未接收：其中没有文件',
        empty: '来自 {{remoteAddress}} 的内容（{{bytes}}）未接收：文件是空的',
        severalFiles: '来自 {{remoteAddress}} 的内容（{{bytes}}）未接收：其中有多个文件',
        malformed: '来自 {{remoteAddress}} 的内容（{{bytes}}）未接收：表单不完整',
        notFromMachine: '已拒收来自 {{remoteAddress}} 的文件：与机器连接的地址不同',
        otherMachine: '来自 {{remoteAddress}} 的内容（{{bytes}}）未接收：其中的机器编号不是这台',
        broke: '来自 {{remoteAddress}} 的内容（{{bytes}}）未接收：传输中断',
        notWritten: '来自 {{remoteAddress}} 的内容（{{bytes}}）未接收：本机无法写入',
      },
      waits: { file: '等待文件' },
      form: {
        type: '内容',
        option: {
          log: '某一天的日志',
          recipe: '配方',
          product: '产品列表',
          eva: 'EVA 数据',
          config: '配置',
        },
        day: '日期（以机器时钟为准）',
        noDay: '请选择日期。',
      },
      absent: { linux: 'Linux 机器没有已知的取回文件指令。' },
    },
    sync: {
      name: '同步',
      ask: '机器重新连接并登录后，会上报大门、余量和缺料。',
      send: '同步',
      waits: {
        proof: '等待机器登录并上报',
      },
      steps: {
        allReported: '指令发出{{after}}后已全部上报',
        reportedUnnoticed: '指令发出{{after}}后已重新连接并全部上报；没有收到机器通知，也可能是机器自行重连',
        reportedAnyway: '指令发出{{after}}后已全部上报；机器没有为此断开重连，不能据此确认',
        connectedAnew: '已重新连接',
      },
      absent: { linux: 'Linux 机器没有重新连接的指令，请用“查询状态”和“查询余量”。' },
    },
    restartPart: {
      name: '重启部件',
      ask: '选“制冰机”只重启该部件；其余各项会重启机器程序并重新登录，正在制作的饮品会丢失。',
      send: '重启部件',
      says: {
        part: '重启部件：{{part}}',
      },
      waits: {
        login: '等待登录',
        notice: '等待机器接受指令',
      },
      form: {
        part: '部件',
        partValues: {
          ice: '制冰机',
          app: '程序',
          stum: 'stum 模块',
          all: '全部',
        },
      },
      absent: { linux: 'Linux 机器只能整机重启，请用“重启”。' },
    },
    querySupplies: {
      name: '查询余量',
      ask: '让机器上报物料余量。',
      send: '查询余量',
      waits: {
        proof: '等待机器上报余量',
      },
      steps: {
        suppliesReported: '已上报余量',
        noAnswer: '没有应答：不统计库存的机器不会应答',
      },
      absent: { android: '安卓机器没有查询指令。“同步”会让它重新连接并全部上报。' },
    },
    upgrade: {
      name: '升级',
      ask: '请保持 Crema 运行，直到机器以新版本登录。',
      send: '升级',
      says: {
        package: '升级到 {{version}}（{{file}}）',
      },
      waits: {
        download: '等待下载完成',
        again: '等待机器重新下载',
        install: '等待安装完成并登录',
        notInstalled: '重启后仍是版本 {{version}}，未安装；继续等待',
        failure: '已下载，等待机器可能的失败上报',
      },
      steps: {
        updateXmlFetched: '{{remoteAddress}} 已下载 update.xml',
        downloadBegan: '开始下载，共 {{total}}',
        downloadEnded: '已下载 {{sent}}',
        downloadResumed: '从 {{from}} 处继续下载',
        downloadPart: '只下载了一部分：{{sent}}',
        fetchedElsewhere: '{{remoteAddress}} 请求下载升级包，但这不是该机器的地址',
        downloadRefused: '{{remoteAddress}} 请求下载升级包，本机答复 {{status}}，没有发送',
        downloadBroke: '下载中断：{{sent}} / {{total}}',
        versionConfirmed: '下载了升级包，并以版本 {{version}} 登录',
        versionNew: '以版本 {{version}} 登录（之前为 {{before}}），但没有看到它从这里下载升级包',
        alreadyThere: '上报版本 {{version}}，但升级前就是这个版本，无法确认已装上新包',
        notApplied: '下载后重启，登录版本仍为 {{version}}：未安装（应为 {{expected}}）',
        versionSame: '机器重连后版本仍为 {{version}}',
        versionDiffers: '登录版本为 {{version}}，而不是 {{expected}}',
      },
      form: {
        packages: '升级包',
        from: '机器当前版本 {{version}}。',
        fromUnknown: '机器还没有上报版本。',
        fromDoubt: '版本不确定：{{what}}。',
        same: '机器已是这个版本。',
        size: '{{size}}，{{date}} 添加',
        hidden_other: '另有{{count, number}}个升级包不适合这台机器或信息不全，见“升级”。',
        none: '没有适合这台机器的升级包。',
        gone: '所选的升级包已不在，或不适合这台机器。请另选一个。',
        forThis: '升级包没有注明适用的机器，将按这台机器（{{platform}}）处理。',
        wrongPlatform: '{{file}} 用于{{platform}}，不适合这台机器。',
        incomplete: '{{file}} 的信息不全，请在“升级”中补全。',
      },
    },
  },
};
