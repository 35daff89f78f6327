/**
 * Numbered `ERROR:` codes and their texts, all [field]: operators' tables, and logs of machines and servers. The remedies are unverified
 * suggestions, and the window marks them as such.
 */
import type { ErrorSeverity } from '../model/ownErrors';
import type { Words } from '../words';

export interface ErrorTableRow {
  /** Canonical spellings with this meaning. */
  readonly codes: readonly string[];
  readonly severity: ErrorSeverity;
  readonly title: Words;
  /** `null`: unknown. */
  readonly remedy: Words | null;
  /** Absent: seen in the field only. */
  readonly source?: 'doc';
}

/** ERROR codes from `first` to `last`, counted in hexadecimal like the codes themselves. */
function range(first: number, last: number): string[] {
  return Array.from(
    { length: last - first + 1 },
    (_, i) => `ERROR:${(first + i).toString(16).toUpperCase()}`,
  );
}

const numbers = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

export const numberedErrors: readonly ErrorTableRow[] = [
  {
    codes: ['ERROR:0000'],
    severity: 'fault',
    title: { en: 'Unknown error', zh: '未知错误' },
    remedy: {
      en: 'Save the frames around it as evidence, then restart the machine.',
      zh: '先保存前后的通讯记录备查，再重启机器。',
    },
  },
  {
    codes: range(0x5200, 0x5214),
    severity: 'fault',
    title: { en: 'Too much current on the board', zh: '电路板电流过大' },
    remedy: {
      en: 'Power off. Unplug the loads one by one to find the shorted one.',
      zh: '断电后逐个拔下负载，查出短路的部件。',
    },
  },
  {
    codes: ['ERROR:5300'],
    severity: 'fatal',
    title: { en: 'No cups', zh: '缺杯' },
    remedy: {
      en: 'Refill cups. If there are cups, check the cup sensor.',
      zh: '补充杯子；杯桶有杯仍报错时检查杯子传感器。',
    },
  },
  {
    codes: ['ERROR:5406'],
    severity: 'fatal',
    title: { en: 'Cup dispensing failed again and again', zh: '多次分杯失败' },
    remedy: {
      en: 'Separate cups that stick together, check that they are the right size, then test dispensing.',
      zh: '分开粘连的杯子，确认杯子规格正确，再做分杯测试。',
    },
  },
  {
    codes: ['ERROR:5500'],
    severity: 'fatal',
    title: { en: 'Cup holder does not reach its position', zh: '杯托移动不到位' },
    remedy: {
      en: 'Free the rail, then check cup carrier switches 1 and 2 (3C, 3D).',
      zh: '清理导轨上的异物，再检查运杯微动开关 1、2（3C、3D）。',
    },
  },
  {
    codes: ['ERROR:5600'],
    severity: 'fault',
    title: { en: 'A cup stands in the holder before the drink starts', zh: '制作前杯托上有多余杯子' },
    remedy: {
      en: 'Take the cup out. If there is none, clean the cup sensor.',
      zh: '取走杯子；没有杯子时清洁杯子传感器。',
    },
  },
  {
    codes: ['ERROR:5700'],
    severity: 'fatal',
    title: { en: 'No coffee beans', zh: '缺咖啡豆' },
    remedy: {
      en: 'Refill the bean hopper and open its slide. If the hopper is full, check the bean sensor. With two hoppers, check both.',
      zh: '加豆并打开豆盒插板；有豆仍报错时检查豆量传感器。有两个豆盒的，两个都要看。',
    },
  },
  ...[1, 2].map((n): ErrorTableRow => ({
    codes: [`ERROR:590${n}`],
    severity: 'fatal',
    title: { en: `Water tank ${n} empty`, zh: `净水箱 ${n} 缺水` },
    remedy: {
      en: 'Refill the tank, then check its float and the suction pipe.',
      zh: '加水，再检查浮子和吸水管。',
    },
  })),
  {
    codes: ['ERROR:5900'],
    severity: 'fatal',
    title: { en: 'Water bucket short of water', zh: '水桶缺水' },
    remedy: { en: 'Refill or change the bucket.', zh: '加水或更换水桶。' },
  },
  {
    codes: ['ERROR:3B00'],
    severity: 'fault',
    title: { en: 'Cup tube rotation sensor abnormal', zh: '杯桶旋转传感器异常' },
    remedy: { en: 'Clean the sensor, then check its plug.', zh: '清洁传感器，再检查插头。' },
  },
  {
    codes: ['ERROR:9998'],
    severity: 'fatal',
    title: { en: 'Everything sold out', zh: '全部售罄' },
    remedy: {
      en: 'Check cups, water and every canister. Refill, then enter the new amounts on the machine’s screen.',
      zh: '检查杯子、水和每个料盒；补料后，在机器屏幕的菜单中录入余量。',
    },
  },
  {
    codes: ['ERROR:0EE0'],
    severity: 'fault',
    title: { en: 'Cup lid unit: unknown error', zh: '杯盖未知错误' },
    remedy: { en: 'Check the cup lid unit for jammed lids.', zh: '检查落盖器，看杯盖是否卡住。' },
  },
  {
    codes: ['ERROR:5A00'],
    severity: 'fatal',
    title: { en: 'Waste water full, or grounds bin missing', zh: '废水桶满或渣桶未到位' },
    remedy: {
      en: 'Empty the waste water and the grounds, refit both bins, clean the level probe.',
      zh: '倒掉废水和咖啡渣，装回两个桶，清洁水位探针。',
    },
  },
  {
    codes: ['ERROR:5A02'],
    severity: 'fatal',
    title: { en: 'Emptied waste bin not back in place', zh: '清空后的废料桶未放回' },
    remedy: {
      en: 'Push the bin in completely, then check its switch.',
      zh: '将废料桶推到位，再检查到位开关。',
    },
  },
  {
    codes: ['ERROR:5B00'],
    severity: 'fault',
    title: { en: 'Drip tray missing', zh: '接水盘未装好' },
    remedy: { en: 'Refit the drip tray, then check its switch.', zh: '重新装好接水盘，再检查到位开关。' },
  },
  {
    codes: ['ERROR:5C00', 'ERROR:5C05', 'ERROR:5C07', 'ERROR:5CFF'],
    severity: 'fault',
    title: { en: 'Water flow wrong, or flow meter faulty', zh: '水流量异常或流量计故障' },
    remedy: {
      en: 'Check in this order: water supply, filter, scale, pump, the plug of the flow meter.',
      zh: '依次检查供水、滤芯、水垢、水泵和流量计插头。',
    },
  },
  {
    codes: ['ERROR:5D00', 'ERROR:5DFF'],
    severity: 'fault',
    title: { en: 'Boiler temperature sensor faulty', zh: '锅炉温度传感器故障' },
    remedy: {
      en: 'Check the plug, then measure the resistance of the sensor.',
      zh: '检查插头，再测量传感器阻值。',
    },
  },
  {
    codes: ['ERROR:6100'],
    severity: 'fault',
    title: { en: 'Boiler too cold', zh: '锅炉温度过低' },
    remedy: {
      en: 'Give it time to heat up. If it stays cold, check the heater and the thermal cut-out.',
      zh: '等待加热；长时间不升温则检查加热管和温控保护器。',
    },
  },
  {
    codes: ['ERROR:6D00'],
    severity: 'fault',
    title: { en: 'A part failed while making a drink', zh: '制作时部件动作异常' },
    remedy: {
      en: 'Look at the other errors for the part, then run the part test in the machine menu.',
      zh: '结合其他故障码判断部件，再在机器菜单中做部件测试。',
    },
  },
  {
    codes: ['ERROR:7000'],
    severity: 'fatal',
    title: { en: 'Cup board does not answer', zh: 'CUP 板无响应' },
    remedy: {
      en: 'Check the cable and the power of the board, then its address setting.',
      zh: '检查 CUP 板的通讯线和供电，再检查板地址。',
    },
  },
  {
    codes: ['ERROR:7600'],
    severity: 'fatal',
    title: { en: 'Brewer board does not answer', zh: 'Brewer 板无响应' },
    remedy: {
      en: 'Check the cable and the power of the board, then its address setting.',
      zh: '检查 Brewer 板的通讯线和供电，再检查板地址。',
    },
  },
  {
    codes: ['ERROR:7100'],
    severity: 'fault',
    title: { en: 'Boiler did not fill in time', zh: '锅炉注水超时' },
    remedy: {
      en: 'Check the water supply, the inlet valve, the pump and the level probe.',
      zh: '检查供水、进水阀、水泵和水位探针。',
    },
  },
  {
    codes: ['ERROR:7200'],
    severity: 'fault',
    title: { en: 'Air-break tank did not fill in time', zh: '水盒补水超时' },
    remedy: {
      en: 'Check the water supply, inlet valves 20 and 21, and water probe 35.',
      zh: '检查供水、进水阀（20、21）和水盒探针（35）。',
    },
  },
  {
    codes: ['ERROR:7300'],
    severity: 'fault',
    title: { en: 'Boiler not connected', zh: '锅炉未连接' },
    remedy: { en: 'Check the plug, then the boiler board.', zh: '检查插头，再检查锅炉板。' },
  },
  ...numbers(9).map((n): ErrorTableRow => ({
    codes: [`ERROR:770${n}`],
    severity: 'fault',
    title: { en: `Coffee brewer movement error ${n}`, zh: `咖啡酿造器动作错误 ${n}` },
    remedy: {
      en: 'Clean and grease the brewer. Then test motor 10 (press) and motor 11 (seal) in the machine’s menu.',
      zh: '清洁酿造器并涂食品级润滑脂，再在机器菜单中测试电机 10（挤饼）和电机 11（密封）。',
    },
  })),
  {
    codes: ['ERROR:7902', 'ERROR:7906'],
    severity: 'fault',
    title: { en: 'Tea brewer movement error', zh: '泡茶器动作错误' },
    remedy: {
      en: 'Clean the brewer. Then test motor 12 (wiper) and motor 13 (seal) in the machine’s menu.',
      zh: '清洁泡茶器，再在机器菜单中测试电机 12（刮片）和电机 13（密封）。',
    },
  },
  {
    codes: ['ERROR:7A20', 'ERROR:7AA5', 'ERROR:7AA7'],
    severity: 'fault',
    title: { en: 'Pressure sensor reading wrong', zh: '压力传感器异常' },
    remedy: {
      en: 'Check the plug, then the sensor; look for scale in the water path.',
      zh: '检查插头和传感器，再检查水路是否结垢。',
    },
  },
];
