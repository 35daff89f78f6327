/**
 * Named error codes and `WARNING:` numbers, with their texts. Only EC_2 is in the vendor's document [doc]; the rest is [field].
 * The remedies are unverified suggestions.
 */
import type { ErrorTableRow } from './numbers';

/** Errors between the machine's boards. The assignment of the numbers is unknown. */
const boardErrors: readonly ErrorTableRow[] = [9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 20].map((n) => ({
  codes: [`Z00${String(n).padStart(2, '0')}`],
  severity: 'fault',
  title: { en: `Communication error between the boards (${n})`, zh: `板间通讯错误（${n}）` },
  remedy: {
    en: 'Check the cables between the boards, then restart the machine.',
    zh: '检查各板之间的通讯线，再重启机器。',
  },
}));

/** android's reasons for refusing a command, in its notices and failed orders [field3]. */
const refusals: readonly ErrorTableRow[] = [
  ['Z0022', 'The drink can’t be made', '该产品无法制作', 'Choose another drink.', '选择其他产品。'],
  ['Z0025', 'The machine has a fault', '机器有故障', 'Clear the fault, then try again.', '排除故障后重试。'],
  ['Z0026', 'Another task is running', '正在执行其他任务', 'Wait, then try again.', '稍后重试。'],
  [
    'Z0027',
    'A customer is ordering',
    '顾客正在下单',
    'Wait until the customer is done.',
    '等顾客完成后重试。',
  ],
  ['Z0028', 'A material is lacking', '物料不足', 'Refill the material.', '补充物料。'],
].map(([code = '', en = '', zh = '', todo = '', todoZh = '']) => ({
  codes: [code],
  severity: 'info',
  title: { en, zh },
  remedy: { en: todo, zh: todoZh },
}));

export const namedErrors: readonly ErrorTableRow[] = [
  {
    codes: ['ERROR:CUP_01'],
    severity: 'warning',
    title: { en: 'Drink not collected', zh: '饮品未取走' },
    remedy: { en: 'Take the cup out, then clean the cup sensor.', zh: '取走杯子，再清洁杯子传感器。' },
  },
  {
    codes: ['ERROR:Z0005', 'WARNING:0A'],
    severity: 'info',
    title: { en: 'Door open', zh: '大门打开' },
    remedy: {
      en: 'Close the door. If it is closed, check the door switch.',
      zh: '关好大门；门已关好仍报警时检查门控开关。',
    },
  },
  {
    codes: ['WARNING:01'],
    severity: 'warning',
    title: { en: 'Low on sugar', zh: '糖不足' },
    remedy: { en: 'Refill sugar soon.', zh: '尽快补充糖。' },
  },
  {
    codes: ['WARNING:02'],
    severity: 'warning',
    title: { en: 'Low on water', zh: '水不足' },
    remedy: { en: 'Refill water soon.', zh: '尽快加水。' },
  },
  {
    codes: ['WARNING:03'],
    severity: 'warning',
    title: { en: 'Low on cups', zh: '杯子不足' },
    remedy: { en: 'Refill cups soon.', zh: '尽快补充杯子。' },
  },
  {
    codes: ['WARNING:Z0040'],
    severity: 'warning',
    title: { en: 'Waste water barrel full', zh: '废水桶满' },
    remedy: { en: 'Empty it.', zh: '倒空废水桶。' },
  },
  {
    codes: ['WARNING:Z0050'],
    severity: 'warning',
    title: { en: 'Seen on machines; the meaning is not known', zh: '现场出现过，含义不明' },
    remedy: {
      en: 'Write down what the machine shows and does then, and add it to your own catalogue.',
      zh: '记下当时机器的显示和动作，补充到自定义故障库。',
    },
  },
  ...[1, 2, 3, 4, 5].map((n): ErrorTableRow => ({
    codes: [`WARNING:0E0${n}`],
    severity: 'warning',
    title: {
      en: `Cup lids need a check (warning ${n}, cause not published)`,
      zh: `杯盖需要检查（预警 ${n}，厂家未说明原因）`,
    },
    remedy: {
      en: 'Refill cup lids. Then check the cup lid unit for jammed lids.',
      zh: '补充杯盖，再检查落盖器，看杯盖是否卡住。',
    },
  })),
  {
    codes: ['20000'],
    severity: 'warning',
    title: { en: 'The machine had lost its server', zh: '机器与服务器断开过' },
    remedy: {
      en: 'Check the network of the machine, then the list of servers in its menu.',
      zh: '检查机器的网络，再核对机器菜单中的服务器列表。',
    },
  },
  ...boardErrors,
  ...refusals,
  {
    codes: ['Z0047'],
    severity: 'info',
    title: { en: 'Payment failed', zh: '支付失败' },
    remedy: { en: 'Let the customer pay again.', zh: '请顾客重新支付。' },
  },
  {
    codes: ['Z0023'],
    severity: 'info',
    title: {
      en: 'Somebody is in the machine’s management screen',
      zh: '有人正在使用机器的管理界面',
    },
    remedy: {
      en: 'Ask the person at the machine to leave its management screen. Then send the command again.',
      zh: '请现场人员退出机器的管理界面，再重新下发。',
    },
  },
  {
    codes: ['Z0024'],
    severity: 'info',
    title: { en: 'The machine is making a drink', zh: '机器正在制作' },
    remedy: { en: 'Wait until the drink is made, then try again.', zh: '等制作结束后重试。' },
  },
  {
    codes: ['EC_2'],
    severity: 'fatal',
    title: { en: 'No I/O board', zh: '未检测到 IO 板' },
    remedy: { en: 'Check the cable and the power of the I/O board.', zh: '检查 IO 板的通讯线和供电。' },
    source: 'doc', // document 3.4: "No machine connected"
  },
  {
    codes: ['EC_3'],
    severity: 'fatal',
    title: { en: 'System not ready', zh: '系统未就绪' },
    remedy: {
      en: 'Wait for it to finish starting; restart it if it does not.',
      zh: '等待启动完成；长时间未就绪则重启。',
    },
  },
  {
    codes: ['EC_4'],
    severity: 'fault',
    title: { en: 'No payment device', zh: '未检测到支付设备' },
    remedy: {
      en: 'Check the payment settings in the machine menu, then the MDB cable.',
      zh: '检查机器菜单中的支付设置，再检查 MDB 线。',
    },
  },
  {
    codes: ['EC_6', 'INT_1'],
    severity: 'fault',
    title: { en: 'Machine has no network', zh: '机器未联网' },
    remedy: {
      en: 'Check the cable or the Wi-Fi, then switch the machine off and on.',
      zh: '检查网线或 Wi-Fi，然后断电重启机器。',
    },
  },
  {
    codes: ['EC_7'],
    severity: 'fault',
    title: { en: 'Network settings wrong', zh: '网络参数错误' },
    remedy: {
      en: 'Check address, port and machine number on the machine, and the ret our login reply carried.',
      zh: '核对机器上的 IP、端口和机器编号，并查看登录应答中的 ret。',
    },
  },
  {
    codes: ['ECB_03'],
    severity: 'fault',
    title: { en: 'Too much current on circuit 3', zh: '电路 3 过流' },
    remedy: { en: 'Power off, then find the short on circuit 3.', zh: '断电后查找电路 3 的短路点。' },
  },
  {
    codes: ['ECE_2'],
    severity: 'fatal',
    title: { en: 'I/O board 2 does not answer', zh: 'IO 板 2 无响应' },
    remedy: { en: 'Check the cable of I/O board 2.', zh: '检查 IO 板 2 的通讯线。' },
  },
  {
    codes: ['EI_2'],
    severity: 'fault',
    title: { en: 'Communication error', zh: '通讯错误' },
    remedy: {
      en: 'Restart the machine; if it comes back, check the protocol setting.',
      zh: '重启机器；再次出现则检查协议设置。',
    },
  },
  {
    codes: ['EJA_01'],
    severity: 'fault',
    title: { en: 'Door motor not found', zh: '未检测到大门电机' },
    remedy: { en: 'Check the plug of the door motor.', zh: '检查大门电机插头。' },
  },
  {
    codes: ['EJA_02'],
    severity: 'fault',
    title: { en: 'Door motor faulty', zh: '大门电机故障' },
    remedy: { en: 'Check the plug, then the motor itself.', zh: '检查插头，再检查电机本身。' },
  },
  {
    codes: ['HOPPER_2'],
    severity: 'fault',
    title: { en: 'Coin hopper faulty', zh: '退币器故障' },
    remedy: {
      en: 'Clear jammed coins, then check the plug of the hopper.',
      zh: '清除卡币，再检查退币器插头。',
    },
  },
];
