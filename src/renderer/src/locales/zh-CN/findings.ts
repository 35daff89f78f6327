/** 异常发现：每项的说明、标题，以及处理方式的理由。 */
import { maxTotal } from '#shared/framing';
import { longestTaken, numbersOfConnection, silenceLimit, swapWindow } from '#shared/limits';
import type { findings as en } from '../en/findings';
import type { Shape } from '../shape';

export const findings: Shape<typeof en> = {
  finding: {
    head: {
      unrecognised: {
        says: 'JSON 前的12个字节不是已知的两种帧头',
        title: '无法识别的帧头',
        repair: '按帧头保留，数据帧的内容以 JSON 对象为准。',
      },
      lengthWrong: {
        says: '帧头写{{declared}}字节，实际{{actual}}字节',
        title: '帧头长度有误',
        repair: '以 JSON 对象的结尾作为数据帧的结尾。',
      },
      lengthInChars: {
        says: '帧头写 {{declared}}：按字符数计算，应为{{actual}}字节',
        title: '帧头按字符数计长度',
        repair: '非 ASCII 字符占多个字节，却只按一个计数。以 JSON 对象的结尾为准。',
      },
      missing: {
        says: '只有 JSON，没有帧头',
        title: '没有帧头的 JSON',
        repair: '数据帧直接从 JSON 对象开始。',
      },
      changed: { says: '连接中帧头由 {{from}} 变为 {{to}}', title: '两种帧头来回切换' },
    },
    json: {
      lenient: {
        says: 'JSON 有误但已读出：第{{offset}}个字符处{{what}}',
        title: 'JSON 有误但已读出',
        repair: '能确定的内容都已列出；可能被截断的值不列。',
      },
      invalid: { says: '包体无法按 JSON 读取', title: '包体不是 JSON', repair: '按原文显示。' },
    },
    text: {
      gb18030: {
        says: '文字用 GB18030 编码，而非 UTF-8',
        title: '文字用 GB18030 编码',
        repair: '每个字节都是有效的 GB18030 编码。',
      },
      undecodable: {
        says: '从第{{offset}}字节起，文字既不是 UTF-8 也不是 GB18030',
        title: '文字编码无法识别',
        repair: '无法解码的字节显示为 �，原始字节没有改动。',
      },
    },
    field: {
      missing: { says: '缺少字段 {{field}}', title: '缺少字段' },
      invalid: { says: '字段 {{field}} 的值不合理：{{value}}', title: '字段值不合理' },
      unknown: { says: '不认识的字段{{count}}个，第一个为 {{field}}', title: '未知字段' },
    },
    cmd: {
      unknown: { says: 'Crema 不认识的命令：{{cmd}}', title: '不认识的命令' },
    },
    vmcNo: {
      changed: { says: '同一连接中机器编号由 {{from}} 变为 {{to}}', title: '同一连接中机器编号变了' },
    },
    junk: {
      noFrame: { says: '无法识别的字节：{{bytes}}个，不属于任何数据帧', title: '无法识别的字节' },
      cut: { says: '数据帧不完整：只收到{{bytes}}字节', title: '不完整的数据帧' },
    },
    seq: {
      gap: { says: '有数据帧丢失：应为序号 {{expected}}，收到 {{got}}', title: '有数据帧丢失（序号不连续）' },
      restart: { says: '序号从 {{got}} 重新开始：机器重启过', title: '机器重启，序号重新开始' },
    },
    out: {
      long: {
        says: `发出{{bytes}}字节；Linux 机器会丢弃超过${longestTaken.linux}字节的数据帧`,
        title: '发出的数据帧过长',
      },
      tooLong: {
        says: `{{bytes}}字节的数据帧没有发送：上限为${maxTotal}字节`,
        title: '数据帧太长，没有发送',
      },
    },
    login: {
      missing: { says: '没有登录就先发了数据帧', title: '没有登录就先发数据帧' },
    },
    number: {
      shared: {
        says: `两台机器共用此编号：${swapWindow / 60_000}分钟内互相顶替{{swaps}}次`,
        title: '两台机器共用此编号',
      },
      replaced: { says: '同一编号的新连接取代了它', title: '被同一编号的新连接取代' },
      taken: {
        says: '此编号被其他地址的连接接管：{{address}} 取代了 {{from}}',
        title: '编号被其他地址接管',
      },
      takenUnsigned: {
        says: '此编号被签名不符的连接接管：{{address}} 取代了 {{from}} 上长时间无数据的已核验机器',
        title: '编号被签名不符的连接接管',
      },
      moved: {
        says: '此编号现由 {{address}} 使用，上一连接来自 {{from}}，无法确认是同一台机器',
        title: '编号来自其他地址',
      },
      contested: {
        says: '签名不符：编号 {{vmcNo}} 仍归 {{address}} 上的已核验机器。此数据帧不改变机器状态，也不能作为确认依据',
        title: '签名不符的连接使用已核验机器的编号',
      },
      claimed: {
        says: '{{address}} 以不符的签名冒用此编号；{{here}} 上的已核验机器保持不变',
        title: '编号被签名不符的连接冒用',
      },
      tooMany: {
        says: `同一连接已用过${numbersOfConnection}个机器编号，又以编号 {{vmcNo}} 登录，该编号未被采用`,
        title: `同一连接使用的机器编号超过${numbersOfConnection}个`,
      },
    },
    link: {
      reserved: { says: '已断开：直连模式只服务机器 {{vmcNo}}', title: '直连模式下被拒绝' },
      crowded: {
        says: '已断开让给新的连接：{{places}}个连接全部占满，其中{{held}}个来自此地址',
        title: '连接过多而断开',
      },
      silence: {
        says: '{{time}}没有收到数据，连接已关闭',
        title: `${silenceLimit / 60_000}分钟无数据而关闭`,
      },
      startedAnew: {
        says: 'Crema 重新启动，距上一条记录{{time}}，期间没有记录',
        title: 'Crema 重新启动',
      },
      asleep: { says: '本机休眠了{{time}}，期间收不到任何数据', title: '本机休眠' },
      clockForward: {
        says: '本机时间被调快了{{time}}，前后的时间不能直接比较',
        title: '本机时间被调快',
      },
      clockBack: {
        says: '本机时间被调慢了{{time}}，前后的时间不能直接比较',
        title: '本机时间被调慢',
      },
      slept: { says: '本机休眠了{{time}}，唤醒后此连接再无数据', title: '本机休眠导致连接失效' },
      halfFrame: { says: '数据帧没有发完（收到{{bytes}}字节），连接已关闭', title: '因数据帧不完整而关闭' },
      noFrame: { says: '{{bytes}}字节中没有数据帧，连接已关闭', title: '因一直没有完整的数据帧而关闭' },
      internal: {
        says: 'Crema 自身出错，连接被断开：{{detail}}。请连同最后几个数据帧一起反馈',
        title: '因 Crema 出错而关闭',
      },
      notReading: { says: '机器有{{bytes}}字节没有接收，连接已关闭', title: '因机器不接收数据而关闭' },
    },
    relay: {
      unreachable: {
        says: '无法连接真实服务器 {{host}}:{{port}}（{{detail}}），Crema 没有代为服务',
        title: '转发：真实服务器无法连接',
      },
      servedMeanwhile: {
        says: '无法连接真实服务器 {{host}}:{{port}}（{{detail}}），由 Crema 临时应答；真实服务器收不到这些数据',
        title: '转发：由 Crema 临时应答',
      },
      machineEnds: { says: '机器不再发送；之前的数据帧转发完后通知真实服务器', title: '转发：机器结束发送' },
      serverEnds: { says: '真实服务器不再发送；之前的数据帧转发完后通知机器', title: '转发：服务器结束发送' },
      machineCuts: { says: '机器中断了连接，到服务器的连接也随之中断', title: '转发：机器中断连接' },
      serverCuts: { says: '真实服务器中断了连接，到机器的连接也随之中断', title: '转发：服务器中断连接' },
      unrecorded: {
        says: '有{{bytes}}字节已转发但没有记录：来得太快，来不及写入',
        title: '转发：已转发但未记录',
      },
      ours: { says: '由 Crema 发出，不是机器或真实服务器发的', title: '转发：Crema 发出的数据帧' },
      renumbered: {
        says: '转发时序号由 {{from}} 改为 {{to}}，因为 Crema 插入或拦截过其他数据帧',
        title: '转发：序号已改',
      },
      held: { says: '被规则 {{rule}} 拦截，等待人工处理', title: '转发：已拦截' },
      released: { says: '先前被拦截（本连接第{{held}}个），现已原样放行', title: '转发：拦截后放行' },
      edited: { says: '先前被拦截（本连接第{{held}}个），经人工修改后发出', title: '转发：人工修改' },
      heldDropped: { says: '本连接拦截的第{{held}}个已由人工丢弃', title: '转发：拦截后丢弃' },
      heldAtEnd: { says: '连接结束时还有{{frames}}帧被拦截，没有转发', title: '转发：结束时仍被拦截' },
      dropped: { says: '被规则 {{rule}} 丢弃，没有转发', title: '转发：按规则丢弃' },
      answered: { says: '由 Crema 应答（规则 {{rule}}），没有转发', title: '转发：由 Crema 应答' },
      noOwnAnswer: {
        says: '规则 {{rule}} 要应答它，但 Crema 对它没有应答，已照常转发',
        title: '转发：Crema 无应答而放行',
      },
      replaced: {
        says: '没有转发原帧：规则 {{rule}} 改发修改后的数据帧，另有一条记录',
        title: '转发：已由修改后的数据帧代替',
      },
      rewritten: {
        says: '规则 {{rule}} 修改了 {{member}}，代替收到的数据帧发出',
        title: '转发：按规则修改',
      },
      memberMissing: {
        says: '规则 {{rule}} 要修改 {{member}}，但该帧没有此字段，已原样转发',
        title: '转发：没有要修改的字段',
      },
      notRewritten: {
        says: '规则 {{rule}} 无法修改 {{member}}：包体无法解析，或修改后过长，已原样转发',
        title: '转发：无法修改',
      },
      signRenewed: { says: '已用保存的验证码为修改后的登录包重新签名', title: '转发：已重新签名' },
      signKept: {
        says: '签名与修改后的登录包不符：Crema 没有对应的验证码，无法重新签名，服务器可能拒绝登录',
        title: '转发：签名与修改不符',
      },
      delayed: {
        says: '规则 {{rule}} 延时{{delay}}毫秒；同方向在它之后的数据帧也要等待',
        title: '转发：按规则延时',
      },
      queued: { says: '排在规则 {{rule}} 延时的数据帧之后等待', title: '转发：排队等待' },
      sentLate: { says: '延时的数据帧，收到{{delay}}毫秒后转发', title: '转发：延时后转发' },
      delayFull: {
        says: '规则 {{rule}} 要延时它，但延时的数据帧已满，只好放行',
        title: '转发：延时已满而放行',
      },
      delayedAtEnd: { says: '连接结束时还有{{frames}}帧在延时，没有转发', title: '转发：结束时仍在延时' },
      loop: {
        says: '服务器 {{host}}:{{port}} 又把机器转发回本 Crema，形成环路。请修改其中一方的转发设置',
        title: '转发：服务器把机器转发了回来',
      },
      otherServer: {
        says: '它报出编号时，已经接到了不属于它的服务器；现已断开，等它重新连接',
        title: '转发：接错了服务器',
      },
      noAnswer: {
        says: '规则 {{rule}} 要应答它，但当时正向发送方发送另一数据帧的一部分，只好放行',
        title: '转发：未应答而放行',
      },
      holdFull: { says: '规则 {{rule}} 要拦截它，但拦截已满，只好放行', title: '转发：拦截已满而放行' },
      notPassed: { says: '没有转发：没有可转发的对象', title: '转发：未转发' },
    },
    notice: {
      signWrong: {
        says: '收到会话 {{session}} 的 HTTP 通知，但签名不是这台机器的，可能是别的程序发来的',
        title: '通知签名不符',
      },
      unsigned: {
        says: '收到会话 {{session}} 的 HTTP 通知（来自 {{address}}），没有签名，不予采信',
        title: '通知没有签名',
      },
      otherAddress: {
        says: '收到会话 {{session}} 的 HTTP 通知，来自 {{address}}，不是机器的地址，不予采信',
        title: '通知来自其他地址',
      },
    },
    rehearsal: {
      unverified: {
        says: '模拟支付没有下发订单 {{orderNo}} 的支付结果：此连接未通过身份核验',
        title: '身份未核验，模拟支付未下发',
      },
    },
    fault: {
      closed: {
        says: '已人工解除故障 {{code}}，机器尚未解除：{{note}}',
        title: '人工解除的故障',
      },
    },
    record: {
      missing: { says: '缺少该站点的第{{from}}至{{to}}条记录：{{count}}条未收到', title: '记录缺失' },
      damaged: { says: '存储内容已损坏：可能与实际收发的不一致，不能作为依据', title: '记录损坏' },
    },
    capture: {
      gap: { says: '缺少{{bytes}}字节：抓包时丢失了数据包', title: '抓包缺失字节' },
      cut: { says: '{{bytes}}字节没有录下（数据包被截短）', title: '数据包被截短' },
      fragment: { says: 'IP 分片，只读取了第一部分', title: 'IP 分片' },
      midStream: { says: '抓包从连接中途开始', title: '抓包前已连接' },
      reopened: { says: '没有录到连接结束，同一地址随后建立了新连接', title: '未录到结束' },
      early: { says: '抓包开始之前的{{bytes}}字节，迟到后已无法归位', title: '早于抓包的字节' },
      fromServer: { says: '服务器发出的{{bytes}}字节不构成数据帧', title: '服务器发出的无效字节' },
    },
  },
  /** JSON 的错误，用在 `json.lenient` 的句子里。 */
  lenient: {
    byteOrderMark: '有字节序标记',
    nul: '对象后有零字节',
    controlCharacter: '文字中有控制字符',
    objectCut: '对象断成两截',
    afterEnd: '对象后还有内容',
    trailingComma: '多一个逗号',
    comment: '有注释',
    valueMissing: '缺少值或名称',
    missingComma: '缺少逗号',
    missingColon: '缺少冒号',
    unexpectedEnd: '内容提前结束',
    invalidSymbol: '有不该出现的字符',
  },
};
