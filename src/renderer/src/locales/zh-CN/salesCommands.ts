/** 与销售有关的指令：价格、菜单、物料余量和支付。 */
import { longQr } from '#shared/limits';
import type { salesCommands as en } from '../en/salesCommands';
import type { Shape } from '../shape';

export const salesCommands: Shape<typeof en> = {
  setPrices: {
    name: '改价',
    ask: '顾客请求该产品的二维码时逐个确认，之后取回的产品列表也可确认。',
    send: '改价',
    says: {
      one: '改价：产品 {{first}} 改为 {{price}}',
      many: '修改{{count, number}}个产品的价格',
    },
    waits: {
      product: '等待1个产品的二维码请求',
      products: '等待{{count, number}}个产品的二维码请求',
    },
    steps: {
      pricesListed: '机器的产品列表中有{{listed, number}}个新价格',
      pricesDiffer:
        '机器的产品列表中有{{differing, number}}个价格不同：产品 {{productId}} 为 {{amount}}，而不是 {{expected}}',
    },
    form: {
      table: '新价格',
      product: '产品编号',
      price: '价格',
      priceIn: '价格（{{unit}}）',
      fen: '分 = 1/100 {{currency}}',
      unit: '价格单位',
      unitOf: { yuan: '{{unit}}，例如 9.50', fen: '{{unit}}，例如 950' },
      unitMissing: '请选择导入价格的单位。',
      type: '类型',
      change: '产品、改动',
      typeNote: '类型 0–3，含义以机器程序为准；不清楚时填 0。',
      paste: '可从表格软件复制多行粘贴到任一格，或读取 CSV 文件：产品编号和价格，或带这样的表头。',
      machineColumn: '带机器编号列时，各台机器用各自的价格。',
      file: '读取 CSV 文件',
      fileRead: '已读取 {{file}}。',
      fileBroken: '已读取 {{file}}，以下各行不是表格行，未读取：{{lines}}。',
      now: '现价',
      fileAsk: '文件内容将替换表中所有行。',
      ignored: '未使用的列：{{columns}}。',
      otherMachines_other: '其他机器的{{count, number}}行未使用。',
      perMachine: '{{file}} 按机器列出价格，未读取。请先在机器总表中选中机器，再读取。',
      perMachineTooLong: '价格太多，一次作业放不下。请减少选中的机器。',
      noLines: '文件中没有这些机器的价格，它们会被排除：{{machines}}。',
      unpriced_other: '{{count, number}}个产品未填价格，不会下发。',
      fill: '加入全部已知产品',
      clear: '清空表格',
      remove: '删除第{{row}}行',
      cell: '{{column}}，第{{row}}行',
      none: '请至少填一个产品和价格。',
      ready_other: '{{count, number}}个价格',
      frames_other: '分{{count, number}}帧发送',
      counts:
        '{{prices}}，{{frames}}：改动{{changed, number}}个，与现价相同{{same, number}}个，现价未知{{unknown, number}}个。',
      same: '与现价相同',
      unknown: '现价未知',
      unproved: '{{at}}已发送 {{amount}}，尚未确认',
      suspicious: {
        high: '这些价格明显偏高，单位确实是{{unit}}吗？',
        low: '这些价格明显偏低，单位确实是{{unit}}吗？',
      },
      cut: '机器可能收到第一个数据帧就重启，收不到其余的；只有之后顾客请求二维码时用到的价格才算确认。',
      wrong_other: '{{count, number}}行未填完或有误。',
      pasted: '粘贴的表格',
      pastedTooMuch: '粘贴的内容太长：最多{{max}}行、{{characters}}个字符。没有粘贴任何内容。',
      tooMany: '一次最多{{max}}个价格。',
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
    ask: '顾客先后以折后价请求两个金额不同的产品的二维码，或之后取回的产品列表写有该折扣时确认。',
    send: '设置折扣',
    says: {
      percent: '折扣：按原价的 {{percent}}%',
    },
    waits: {
      proof: '等待两个产品的折后价二维码请求',
    },
    steps: {
      discountListed: '机器的产品列表写有该折扣（{{listed, number}}个产品）',
      discountDiffers:
        '机器的产品列表中有{{differing, number}}个折扣不同：产品 {{productId}} 为 {{percent}}%，而不是 {{wanted}}%',
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
      many: '下架{{count, number}}个产品：{{list}}',
    },
    waits: {
      proof: '等待机器接受，或其产品列表',
    },
    steps: {
      menuListed: '机器的产品列表显示已下架（{{listed, number}}个）',
      menuDiffers: '机器的产品列表中仍有{{differing, number}}个在售：产品 {{productId}}',
    },
    form: {
      productIds: '产品编号或名称',
      productIdsNote: '与机器菜单一致，用逗号隔开：101, 102。',
    },
    absent: { linux: 'Linux 机器没有已知的修改菜单指令。' },
  },
  unlockProducts: {
    name: '上架',
    ask: '顾客会重新看到这些产品，并可购买。',
    send: '上架',
    says: {
      one: '上架产品 {{first}}',
      many: '上架{{count, number}}个产品：{{list}}',
    },
    waits: {
      proof: '等待机器接受，或其产品列表',
    },
    steps: {
      menuListed: '机器的产品列表显示已上架（{{listed, number}}个）',
      menuDiffers: '机器的产品列表中仍有{{differing, number}}个下架：产品 {{productId}}',
    },
    form: {
      productIds: '产品编号或名称',
      productIdsNote: '与机器菜单一致，用逗号隔开：101, 102。',
    },
    absent: { linux: 'Linux 机器没有已知的修改菜单指令。' },
  },
  refill: {
    name: '录入补料',
    ask: '这里只修改机器中的余量数字，请先把物料加入料盒。',
    send: '修改余量',
    says: {
      one: '余量：{{material}} {{by}}',
      many: '余量：{{material}} {{by}}，另有{{count, number}}种',
    },
    waits: {
      record: '等待补料记录',
      sum: '等待机器上报补料后的余量',
      warning: '等待机器解除缺料预警',
    },
    notNow: {
      notCounted: '机器不统计{{material}}的余量，无法增减。',
    },
    steps: {
      refilledEarlier: '有一条补料记录，可能属于此前发出的补料指令',
      refilledSometime: '有一条相同的补料记录，但按机器时钟可能发生在指令发出之前',
      notCounted: '机器不统计{{material}}的余量，不会增减',
      refillRecorded: '指令发出{{after}}后有补料记录',
      sumReported: '指令发出{{after}}后上报的余量与增减后一致',
      sumDiffers: '上报的{{material}}为 {{amountLeft}}，而不是 {{sum}}',
      warningOver: '已解除{{material}}的缺料预警',
      warningStays: '缺料预警没有解除',
    },
    form: {
      material: '物料',
      now: '已上报',
      by: '增减',
      byOf: '{{material}}的增减',
      to: '或现有量',
      toOf: '{{material}}的现有量',
      sum: '补后余量',
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
    absent: { linux: 'Linux 机器没有已知的修改余量指令。' },
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
      length: '{{length}} / {{max}}个字符',
      long: `{{length}}个字符：超过${longQr}个字符，机器可能显示不出二维码。`,
      test: '测试文字',
      send: '发送二维码',
      empty: '二维码内容不能为空。',
      tooLong: '最多发送{{max}}个字符。',
    },
  },
  payResult: {
    name: '支付结果',
    ask: '机器会当作支付平台的通知来处理，不会真正收付款。',
    send: '发送',
    says: {
      paid: '通知机器：订单 {{orderNo}} 已支付，{{amount}}，{{payType}}',
      notPaid: '通知机器：订单 {{orderNo}} 未支付',
    },
    waits: {
      proof: '等待机器应答',
    },
    steps: {
      refusedPayment: '机器拒绝支付结果：{{status}}',
      answeredOne: '同一订单发过多个支付结果，机器只回复了其中一个（{{status}}），无法判断是哪一个',
      paidOtherwise: '制作成功，但支付方式为{{payType}}，不能说明机器收到了这个支付结果',
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
      send: '开始模拟支付',
      askPaid:
        'Crema 会通知机器 {{vmcNo}} 已用 {{type}} 支付 {{amount}}，机器会像真的收款一样出货。请先放好杯子。',
      askNotPaid: 'Crema 会通知机器 {{vmcNo}} 这个订单未支付，机器会取消它。',
      yesPaid: '通知机器已支付',
      yesNotPaid: '通知机器未支付',
    },
  },
};
