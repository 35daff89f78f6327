/** 指令：每条指令一项，包含与它有关的全部文字；各指令共有的文字见 anyCommand.ts。 */
import { longQr } from '#shared/limits';
import type { commands as en } from '../en/commands';
import type { Shape } from '../shape';

export const commands: Shape<typeof en> = {
  command: {
    openDoor: {
      name: '远程开门',
      ask: '机器旁须有人照看，并负责重新关门。',
      send: '开门',
      says: {
        spelled: '远程开门（写作“{{spelling}}”）',
      },
      waits: {
        proof: '等待机器上报门已打开',
      },
      steps: {
        doorOpened: '指令发出 {{after}}后上报门已打开',
        otherSpelling: '改用另一种写法发送',
      },
      retry: {
        why: '已 {{time}} 没有上报门已打开。有些 linux 程序只认“{{spelling}}”这种写法。',
        send: '改发“{{spelling}}”',
      },
    },
    makeDrink: {
      name: '制作饮品',
      ask: '会真实出货且无人付款。请在出口放好杯子，小心热水。',
      send: '开始制作',
      says: {
        drink: '制作产品 {{productId}}，浓度 {{strength}}，奶 {{milk}}，糖 {{sugar}}',
        named: '制作 {{name}}（{{productId}}），浓度 {{strength}}，奶 {{milk}}，糖 {{sugar}}',
      },
      waits: {
        proof: '等待出货',
      },
      steps: {
        drinkRefused: '机器拒绝制作：{{status}}',
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
      send: '开始冲洗',
      waits: {
        proof: '等待冲洗记录',
      },
      steps: {
        rinsed: '有冲洗完成的记录，按机器时钟在指令发出 {{after}}后',
        rinseFailed: '有冲洗失败的记录，按机器时钟在指令发出 {{after}}后',
      },
    },
    reboot: {
      name: '重启',
      ask: '正在制作的饮品会丢失。Crema 会等它重新登录。',
      send: '重启',
      waits: {
        close: '等待连接断开',
        login: '等待登录',
      },
    },
    setPrices: {
      name: '改价',
      ask: '机器保存下表价格。顾客下次请求该产品的二维码时逐个确认，之后取回的产品列表也可证实。',
      send: '改价',
      says: {
        one: '改价：产品 {{first}} 改为 {{price}}',
        many: '修改 {{count, number}} 个产品的价格',
      },
      waits: {
        product: '等待 1 个产品的二维码请求',
        products: '等待 {{count, number}} 个产品的二维码请求',
      },
      steps: {
        pricesListed: '机器的产品列表中有 {{listed, number}} 个新价格',
        pricesDiffer:
          '机器的产品列表中有 {{differing, number}} 个价格不同：产品 {{productId}} 为 {{amount}}，而不是 {{expected}}',
      },
      form: {
        table: '新价格',
        product: '产品编号',
        price: '价格',
        priceIn: '价格（{{unit}}）',
        fen: '分 = 1/100 {{currency}}',
        unit: '价格单位',
        unitOf: { yuan: '{{unit}}，例如 9.50', fen: '{{unit}}，例如 950' },
        unitMissing: '请说明导入的价格是什么单位。',
        type: '类型',
        change: '改动',
        typeNote: '类型 0–3，含义以机器程序为准；不清楚时填 0。',
        paste: '可从表格软件复制多行粘贴到任一格，或读取 CSV 文件：产品编号和价格，或带这样的表头。',
        file: '读取 CSV 文件',
        fileRead: '已读取 {{file}}。',
        fileBroken: '已读取 {{file}}，以下各行不是表格行，未读取：{{lines}}。',
        fill: '加入全部已知产品',
        clear: '清空表格',
        remove: '删除第 {{row}} 行',
        cell: '{{column}}，第 {{row}} 行',
        none: '请至少填一个产品和价格。',
        ready_other: '{{count, number}} 个价格',
        frames_other: '分 {{count, number}} 帧发送',
        counts:
          '改动 {{changed, number}} 个，与现价相同 {{same, number}} 个，现价未知 {{unknown, number}} 个。',
        same: '与现价相同',
        unknown: '现价未知',
        unproved: '{{at}}已发送 {{amount}}，尚未证实',
        suspicious: {
          high: '这些价格明显偏高，单位确实是{{unit}}吗？',
          low: '这些价格明显偏低，单位确实是{{unit}}吗？',
        },
        cut: '机器可能收到第一帧就重启，收不到其余各帧；只有之后顾客付款时看到的价格才算确认。',
        wrong_other: '{{count, number}} 行有误',
        tooMany: '一次最多 {{max}} 个价格。',
        bad: {
          product: '产品编号：{{min}} 到 {{max}} 的整数',
          price: '价格：例如 10.00，最高 100000.00',
          fen: '价格（分）：整数，例如 950，最高 10000000',
          type: '类型：0、1、2 或 3',
          twice: '产品 {{product}} 在表中出现两次',
        },
        free: '价格为 0：机器不收款，直接出货。',
      },
    },
    setDiscount: {
      name: '折扣',
      ask: '机器保存折扣。顾客下次以折后价请求二维码，或之后取回的产品列表写有该折扣时确认。',
      send: '设置折扣',
      says: {
        percent: '折扣：按原价的 {{percent}}%',
      },
      waits: {
        proof: '等待折后价的二维码请求',
      },
      steps: {
        discountListed: '机器的产品列表写有该折扣（{{listed, number}} 个产品）',
        discountDiffers:
          '机器的产品列表中有 {{differing, number}} 个折扣不同：产品 {{productId}} 为 {{percent}}%，而不是 {{wanted}}%',
      },
      form: {
        percent: '顾客支付（原价的 %）',
        preview: '{{price}} 变为 {{amount}}。80 即八折，100 为不打折。',
      },
    },
    lockProducts: {
      name: '下架',
      ask: '顾客不再看到这些产品；配方和价格仍留在机器中。',
      send: '下架',
      says: {
        one: '下架产品 {{first}}',
        many: '下架 {{count, number}} 个产品：{{list}}',
      },
      waits: {
        proof: '等待机器回报已接受，或其产品列表',
      },
      steps: {
        menuListed: '机器的产品列表显示已下架（{{listed, number}} 个）',
        menuDiffers: '机器的产品列表中仍有 {{differing, number}} 个在售：产品 {{productId}}',
      },
      form: {
        productIds: '产品编号或名称',
        productIdsNote: '与机器菜单一致，用逗号隔开：101, 102。',
      },
      absent: { linux: '没有已知的 linux 指令可以修改菜单。' },
    },
    unlockProducts: {
      name: '上架',
      ask: '顾客会重新看到这些产品，并可购买。',
      send: '上架',
      says: {
        one: '上架产品 {{first}}',
        many: '上架 {{count, number}} 个产品：{{list}}',
      },
      waits: {
        proof: '等待机器回报已接受，或其产品列表',
      },
      steps: {
        menuListed: '机器的产品列表显示已上架（{{listed, number}} 个）',
        menuDiffers: '机器的产品列表中仍有 {{differing, number}} 个下架：产品 {{productId}}',
      },
      form: {
        productIds: '产品编号或名称',
        productIdsNote: '与机器菜单一致，用逗号隔开：101, 102。',
      },
      absent: { linux: '没有已知的 linux 指令可以修改菜单。' },
    },
    refill: {
      name: '补料',
      ask: '机器按加入或取出的量修改余量。请先把物料加入料盒：这里只改数字。',
      send: '修改余量',
      says: {
        one: '余量：{{material}} {{by}}',
        many: '余量：{{material}} {{by}}，另有 {{count, number}} 种',
      },
      waits: {
        record: '等待补料记录',
        sum: '等待机器上报补料后的余量',
        warning: '等待机器解除缺料报警',
      },
      notNow: {
        notCounted: '机器不统计{{material}}的余量，无法增减。',
      },
      steps: {
        refillRecorded: '指令发出 {{after}}后有补料记录',
        sumReported: '指令发出 {{after}}后上报的余量与增减后一致',
        sumDiffers: '上报的{{material}}为 {{amountLeft}}，而不是 {{sum}}',
        warningOver: '已解除{{material}}的缺料报警',
        warningStays: '缺料报警没有解除',
      },
      form: {
        material: '物料',
        now: '已上报',
        by: '增减',
        byOf: '{{material}}的增减',
        to: '或更正为',
        toOf: '{{material}}的现有量',
        sum: '之后',
        note: '加入填 200，取出填 -50；若机器统计有误，可直接填现有量。不填的保持不变。期间若有出货，余量会相应减少。',
        noteMany: '每台机器加入填 200，取出填 -50；不填的保持不变。',
        notCounted: '不统计',
        wrong: {
          by: {
            bad: '{{min}} 到 {{max}} 的整数，不能为 0。',
            both: '两项只填一项。',
            same: '没有变化。',
          },
          to: {
            bad: '0 到 {{max}} 的整数。',
            both: '两项只填一项。',
            same: '机器统计的就是这个数。',
          },
        },
        floor: '最低为 0',
        none: '机器还没有上报余量，无法增减。',
      },
      absent: { linux: '没有已知的 linux 指令可以修改余量。' },
    },
    answerQr: {
      name: '应答二维码',
      ask: '机器会把这段文字显示为二维码。',
      send: '发送',
      says: {
        text: '应答订单号 {{orderNo}} 的二维码请求（{{qrType}}）',
      },
      waits: {
        proof: '正在发送',
      },
      form: {
        title: '应答二维码请求',
        titleAgain: '再次应答',
        type: '支付方式',
        text: '二维码内容',
        length: '{{length}} / {{max}} 个字符',
        long: `{{length}} 个字符：超过 ${longQr} 个字符，机器可能显示不出二维码。`,
        test: '测试文字',
        send: '发送二维码',
        empty: '二维码内容不能为空。',
        tooLong: '最多发送 {{max}} 个字符。',
      },
    },
    payResult: {
      name: '支付结果',
      ask: '机器会当作支付平台的通知来处理，不会真正收付款。',
      send: '发送',
      says: {
        paid: '告知订单号 {{orderNo}} 已支付：{{amount}}，{{payType}}',
        notPaid: '告知订单号 {{orderNo}} 未支付',
      },
      waits: {
        proof: '等待机器确认',
      },
      steps: {
        refusedPayment: '机器拒绝支付结果：{{status}}',
        answeredOne: '同一订单发过多个支付结果，机器只回复了其中一个（{{status}}），无法判断是哪一个',
        saidStatus: '机器回复 {{status}}，含义不明',
        acknowledged: '机器已收到支付结果',
      },
      form: {
        title: '模拟支付结果',
        result: '结果',
        paid: '支付成功',
        notPaid: '未支付',
        amount: '金额（{{currency}}）',
        amountWrong: '例如 10.00，最多 100000.00',
        type: '支付方式',
        typeWrong: '例如 wx_pub',
        send: '发送结果',
        askPaid:
          '将告知机器 {{vmcNo}} 已用 {{type}} 支付 {{amount}}，机器会像真的收款一样制作饮品。请先放好杯子。',
        askNotPaid: '将告知机器 {{vmcNo}} 这个订单未支付，机器会取消它。',
        yesPaid: '告知支付成功',
        yesNotPaid: '告知未支付',
      },
    },
    queryStatus: {
      name: '查询状态',
      ask: '请机器上报状态。',
      send: '查询',
      waits: {
        proof: '等待机器上报状态',
      },
      steps: {
        statusReported: '查询 {{after}}后上报了状态',
      },
      absent: { android: 'android 机器没有查询指令。“同步”会让它重新连接并全部上报。' },
    },
    fetchFile: {
      name: '取回文件',
      ask: '机器会通过 HTTP 把文件发送到本机，机器上的内容不变。',
      send: '取回',
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
      absent: { linux: 'linux 机型没有已知的取回文件指令。' },
    },
    sync: {
      name: '同步',
      ask: '机器重新连接并登录后，会上报门控、余量和缺料。',
      send: '让机器重新连接',
      waits: {
        proof: '等待机器登录并上报',
      },
      steps: {
        allReported: '指令发出 {{after}}后已全部上报',
        connectedAnew: '已重新连接',
      },
      absent: { linux: 'linux 机器请用“查询状态”和“查询余量”；没有让它重新连接的指令。' },
    },
    restartPart: {
      name: '重启部件',
      ask: '杯器、I/O 板和制冰机只重启该部件，正在制作的饮品会丢失；其余各项会重启程序并重新登录。',
      send: '重启',
      says: {
        part: '重启部件：{{part}}',
      },
      waits: {
        login: '等待登录',
        notice: '等待机器回报已接受',
      },
      form: {
        part: '部件',
        partValues: {
          cup: '杯器',
          io: 'I/O 板',
          ice: '制冰机',
          app: '程序',
          stum: 'stum 模块',
          all: '全部',
        },
      },
      absent: { linux: 'linux 机器只能整机重启，请用“重启”。' },
    },
    querySupplies: {
      name: '查询余量',
      ask: '请机器上报物料余量。',
      send: '查询',
      waits: {
        proof: '等待机器上报余量',
      },
      steps: {
        suppliesReported: '已上报余量',
      },
      absent: { android: 'android 机器没有查询指令。“同步”会让它重新连接并全部上报。' },
    },
    upgrade: {
      name: '升级',
      ask: '机器从本机下载升级包，安装后重启。期间请保持 Crema 运行、机器通电。以新版本登录才算完成。',
      send: '开始升级',
      says: {
        package: '升级到 {{version}}（{{file}}）',
      },
      waits: {
        download: '等待机器下载',
        again: '等待机器重新下载',
        install: '等待安装完成并登录',
        notice: '等待机器报告完成',
      },
      notNow: {
        noPackage: '还没有升级包，请先在“升级”中添加。',
      },
      steps: {
        updateXmlFetched: '{{remoteAddress}} 已取走 update.xml',
        downloadBegan: '开始下载，共 {{total}}',
        downloadEnded: '已下载 {{sent}}',
        downloadResumed: '从 {{from}} 处继续下载',
        downloadPart: '只取走了一部分：{{sent}}',
        fetchedElsewhere: '{{remoteAddress}} 来取升级包，但这不是该机器的地址',
        downloadBroke: '下载中断：{{sent}} / {{total}}',
        versionConfirmed: '下载了升级包，并以版本 {{version}} 登录',
        versionNew: '以版本 {{version}} 登录（之前为 {{before}}），但没有看到它从这里下载升级包',
        alreadyThere: '上报版本 {{version}}，但升级前就是这个版本，无法证明已装上新包',
        notApplied: '下载后重启，登录版本仍为 {{version}}：未安装（应为 {{expected}}）',
        versionSame: '重新连接，版本仍为 {{version}}',
        versionDiffers: '登录版本为 {{version}}，而不是 {{expected}}',
      },
      form: {
        packages: '升级包',
        from: '机器当前版本 {{version}}。',
        fromUnknown: '机器还没有上报版本。',
        same: '机器已是这个版本。',
        size: '{{size}}，{{date}} 添加',
        noVersion: '还没有填写版本，见“升级”',
        noPlatform: '还没有选择 Linux 或 Android，见“升级”',
        wrongPlatform: '适用于 {{platform}} 机器',
        none: '没有适合这台机器的升级包。',
      },
    },
  },
};
