/** 指令：每条指令一项，包含与它有关的全部文字；其后是状态、步骤和等待的内容。 */
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
        doorOpened: '门已打开',
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
        productId: '产品编号',
        productIdNote: '与机器菜单一致，例如 801。',
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
        rinsed: '冲洗完成',
        rinseFailed: '冲洗失败',
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
      ask: '机器保存下表价格后会重启。顾客下次请求该产品的二维码时，逐个确认。',
      send: '改价并重启',
      says: {
        one: '改价：产品 {{first}} 改为 {{price}}',
        many: '修改 {{count, number}} 个产品的价格',
      },
      waits: {
        product: '等待 1 个产品的二维码请求',
        products: '等待 {{count, number}} 个产品的二维码请求',
      },
      form: {
        table: '新价格',
        product: '产品编号',
        price: '价格（元）',
        type: '类型',
        typeNote: '类型 0–3，含义以机器程序为准；不清楚时填 0。',
        paste: '可从表格软件复制多行，粘贴到任一格：产品编号、价格、类型。',
        fill: '加入近期售出的产品',
        clear: '清空表格',
        remove: '删除第 {{row}} 行',
        cell: '{{column}}，第 {{row}} 行',
        none: '请至少填一个产品和价格。',
        ready_other: '{{count, number}} 个价格',
        frames: '分 {{count, number}} 帧发送',
        wrong_other: '{{count, number}} 行有误',
        tooMany: '一次最多 {{max}} 个价格。',
        bad: {
          product: '产品编号：100 到 999999 的整数',
          price: '价格：例如 10.00，最高 100000.00',
          type: '类型：0、1、2 或 3',
          twice: '表中已有这个产品',
        },
        free: '价格为 0：机器不收款，直接出货。',
      },
    },
    setDiscount: {
      name: '折扣',
      ask: '机器保存折扣后会重启。顾客下次以折后价请求二维码时确认。',
      send: '设置折扣并重启',
      says: {
        percent: '折扣：按原价的 {{percent}}%',
      },
      waits: {
        proof: '等待折后价的二维码请求',
      },
      form: {
        percent: '顾客支付（原价的 %）',
        preview: '¥10.00 变为 {{amount}}。80 即八折，100 为不打折。',
      },
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
        saidStatus: '机器回复 {{status}}，含义不明',
        acknowledged: '机器已收到支付结果',
      },
      form: {
        title: '模拟支付结果',
        result: '结果',
        paid: '支付成功',
        notPaid: '未支付',
        amount: '金额（元）',
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
        statusReported: '已上报状态',
        connectedAnew: '已重新连接',
      },
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
        downloadPart: '只取走了一部分：{{sent}}',
        fetchedElsewhere: '{{remoteAddress}} 来取升级包，但这不是该机器的地址',
        downloadBroke: '下载中断：{{sent}} / {{total}}',
        versionConfirmed: '已运行版本 {{version}}',
        alreadyThere: '上报版本 {{version}}，但升级前就是这个版本，无法证明已装上新包',
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
  /** 对机器或货款的影响。 */
  commandRisk: {
    none: '对机器没有影响。',
    opens: '门锁会打开。',
    dispenses: '会流出热水或热饮。',
    restarts: '机器会重启，约一分钟内不能出货。',
    reconnects: '机器会断开并重新连接服务器列表中的第一个地址，可能转到别的服务器。',
    pays: '机器会认为订单已有支付结果。',
  },
  commandState: {
    queued: { name: '排队中', note: '还没有发送：机器未连接，或另一条指令在前。' },
    sent: { name: '已发送', note: '已发给机器，还没有消息证明它已执行。' },
    confirmed: { name: '已确认', note: '机器自己的消息证明已执行。' },
    failed: { name: '失败', note: '没有执行，原因见步骤。' },
    expired: { name: '超时未确认', note: '已发送，但没有在限时内收到证明。也可能已经执行，请到现场确认。' },
    unconfirmable: { name: '无法确认', note: '已发送。这类机器不上报此结果，只能到现场确认。' },
    cancelled: { name: '已撤回', note: '发送前已撤回。' },
    unsent: { name: '未发送', note: '机器没有在限时内连接，或 Crema 已关闭，什么都没有发送。' },
    replaced: { name: '已改发', note: '同一指令已重新下发，以新的一条为准。' },
  },
  commandStep: {
    queued: '机器未连接',
    waitsFor: '等“{{behind}}”结束后再发',
    notNow: '没有发送：{{reason}}',
    sent: '已发送',
    notOnPlatform: '没有发送：{{platform}} 机器程序没有这条指令',
    notOffered: '没有发送：机器取不到升级包，{{reason}}',
    refusedTooLong: '没有发送：{{bytes}} 超过一帧的上限',
    sendFailed: '发送途中连接断开',
    connectionClosed: '连接断开',
    loggedIn: '重新登录',
    cameBack: '重新连接，但没有重启',
    drinkMade: '制作成功：产品 {{productId}}，订单号 {{orderNo}}',
    drinkFailed: '制作失败：{{reason}}',
    amountSeen: '产品 {{productId}} 的售价为 {{amount}}',
    amountDiffers: '产品 {{productId}} 的售价为 {{amount}}，而不是 {{expected}}',
    accepted: '机器已接受，还没有执行完',
    machineSaidDone: '机器回报已完成',
    machineSaidFailed: '机器回报失败：{{reason}}',
    replaced: '已重新发送，不再等待',
    noProof: '没有收到任何证明',
    stoppedWaiting: '不再等待',
    late: '证明来迟了：放弃等待 {{waited}}后才收到',
    notSent: '机器没有在限时内连接',
    cannotProve: '机器不上报此结果',
    cancelled: '已撤回',
    cremaClosed: '发送前 Crema 已关闭',
  },
  commandStepMore: {
    loggedIn: '重新登录，版本 {{version}}',
    times: '{{step}}（{{count, number}} 次）',
    noReason: '没有说明原因',
    connection: '等待机器连接',
    turn: '等待轮到它',
  },
  commandStop: {
    takeBack: { name: '撤回', note: '还没有发送。' },
    stopWaiting: { name: '不再等待', note: '指令已经发出，无法撤回；之后收到证明仍会告知。' },
  },
  /** Why its package could not be offered. */
  commandOffer: {
    updatesOff: 'Crema 没有监听升级下载',
    updatesUnreachable: '机器所连的地址上没有监听升级下载',
    unknownPackage: '升级包已移除',
    other: '升级包还不能下发',
  },
  /** 按指令的参数生成的表单。 */
  commandForm: {
    whole: '{{min}} 到 {{max}} 的整数。',
    sold: '近期售出',
  },
  commandHindrance: {
    alreadyRunning: '同一指令正在进行，见标题下方。',
    notOnPlatform: '{{platform}} 机器程序没有这条指令。',
    doorOpen: '门开着。',
    cupInPlace: '杯子滞留，没有取走。',
    inFault: '机器无法出货：{{error}}（{{code}}）。',
    suppliesGone: '{{material}}已用完。',
  },
};
