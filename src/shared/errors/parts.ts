/**
 * The rule `ERROR:ccff` [field]: cc is the part and ff the fault, two hexadecimal digits each. Drives (motors, pumps, valves) report 81
 * and 88, motors also 80 [field3], sensors 80 and 81. The remedies are unverified suggestions.
 */
import type { Words } from '../words';

type PartKind = 'motor' | 'pump' | 'valve' | 'sensor' | 'light';
interface Part {
  readonly kind: PartKind;
  readonly name: Words;
}
interface PartFault {
  readonly code: string;
  readonly part: Words;
  readonly title: Words;
  readonly meaning: Words;
  readonly cause: Words;
  readonly remedy: Words;
}

const hex = (value: number): string => value.toString(16).toUpperCase().padStart(2, '0');

/** Parts cc = from, from + 1, … that differ only in their number. */
function numbered(
  from: number,
  firstNumber: number,
  count: number,
  kind: PartKind,
  name: Words,
): [string, Part][] {
  return Array.from({ length: count }, (_, i) => {
    const n = String(firstNumber + i);
    return [hex(from + i), { kind, name: { en: `${name.en} ${n}`, zh: `${name.zh}${n}` } }];
  });
}

const parts: ReadonlyMap<string, Part> = new Map<string, Part>([
  ...numbered(0x00, 1, 6, 'motor', { en: 'Mixer motor', zh: '搅拌电机' }),
  ['06', { kind: 'pump', name: { en: 'Air pump', zh: '空气泵' } }],
  ...numbered(0x08, 1, 8, 'motor', { en: 'Canister motor', zh: '料盒电机' }),
  ['10', { kind: 'motor', name: { en: 'Coffee brewer (ES) press motor', zh: '咖啡酿造器（ES）挤饼电机' } }],
  ['11', { kind: 'motor', name: { en: 'Coffee brewer (ES) seal motor', zh: '咖啡酿造器（ES）密封电机' } }],
  ['12', { kind: 'motor', name: { en: 'Tea brewer (FB) wiper motor', zh: '泡茶器（FB）刮片电机' } }],
  ['13', { kind: 'motor', name: { en: 'Tea brewer (FB) seal motor', zh: '泡茶器（FB）密封电机' } }],
  ['16', { kind: 'pump', name: { en: 'Gear pump', zh: '齿轮泵' } }],
  ['18', { kind: 'motor', name: { en: 'Cup dispensing motor', zh: '分杯电机' } }],
  ['19', { kind: 'motor', name: { en: 'Cup tube motor', zh: '杯桶电机' } }],
  ['1A', { kind: 'motor', name: { en: 'Cup carrier motor', zh: '运杯电机' } }],
  ['1B', { kind: 'motor', name: { en: 'Door motor', zh: '大门电机' } }],
  ['1C', { kind: 'motor', name: { en: 'Small door motor', zh: '小门电机' } }],
  ['20', { kind: 'valve', name: { en: 'Warm water inlet valve', zh: '常温进水阀' } }],
  ['21', { kind: 'valve', name: { en: 'Cold water inlet valve', zh: '冷水进水阀' } }],
  ['22', { kind: 'valve', name: { en: 'Coffee brewer (ES) 3-way valve', zh: '咖啡酿造器（ES）三通阀' } }],
  [
    '24',
    {
      kind: 'motor',
      // [field3] from the vendor's header; operators' tables use "piston".
      name: { en: 'Second coffee brewer (ES2) squeeze motor', zh: '第二冲煮器（ES2）挤饼电机' },
    },
  ],
  [
    '25',
    {
      kind: 'motor',
      name: { en: 'Second coffee brewer (ES2) seal motor', zh: '第二冲煮器（ES2）密封电机' },
    },
  ],
  [
    '26',
    { kind: 'motor', name: { en: 'Second tea brewer (FB2) wiper motor', zh: '第二泡茶器（FB2）刮片电机' } },
  ],
  [
    '27',
    { kind: 'motor', name: { en: 'Second tea brewer (FB2) seal motor', zh: '第二泡茶器（FB2）密封电机' } },
  ],
  ...numbered(0x28, 1, 8, 'valve', { en: '2-way valve', zh: '二通阀' }),
  ['35', { kind: 'sensor', name: { en: 'Air-break water probe', zh: '水盒探针' } }],
  ['3A', { kind: 'sensor', name: { en: 'Cup dispensing position sensor', zh: '分杯位置开关' } }],
  ['3B', { kind: 'sensor', name: { en: 'Cup tube rotation sensor', zh: '杯桶旋转开关' } }],
  ...numbered(0x3c, 1, 2, 'sensor', { en: 'Cup carrier switch', zh: '运杯微动开关' }),
  ['43', { kind: 'sensor', name: { en: 'Tea brewer (FB) wiper sensor', zh: '泡茶器（FB）刮渣开关' } }],
  ['44', { kind: 'sensor', name: { en: 'Tea brewer (FB) seal sensor', zh: '泡茶器（FB）密封开关' } }],
]);

/** Parts in the vendor's header [field3]. No list contains their codes, so everything about them follows from the rule. */
const unseenParts: ReadonlyMap<string, Part> = new Map<string, Part>([
  ...numbered(0x14, 1, 2, 'motor', { en: 'Fan', zh: '风扇' }),
  ['17', { kind: 'pump', name: { en: 'Suction pump', zh: '抽水泵' } }],
  ['1D', { kind: 'motor', name: { en: 'Sugar motor', zh: '糖电机' } }],
  ['1E', { kind: 'motor', name: { en: 'Stirrer', zh: '搅拌' } }],
  ['1F', { kind: 'light', name: { en: 'LED', zh: 'LED 灯' } }],
  ['23', { kind: 'valve', name: { en: 'Tea brewer (FB) 3-way valve', zh: '泡茶器（FB）三通阀' } }],
  ['30', { kind: 'sensor', name: { en: 'Bean sensor', zh: '豆传感器' } }],
  ...numbered(0x31, 1, 2, 'sensor', { en: 'Water tank sensor', zh: '水箱传感器' }),
  ['33', { kind: 'sensor', name: { en: 'Drip tray hall sensor', zh: '接水盘霍尔传感器' } }],
  ['34', { kind: 'sensor', name: { en: 'Drip tray probe', zh: '接水盘探针' } }],
  ['36', { kind: 'sensor', name: { en: 'Waste water probe', zh: '废水探针' } }],
  ['37', { kind: 'sensor', name: { en: 'Tea brewer (FB) seal sensor 2', zh: '泡茶器（FB）密封开关2' } }],
  ['38', { kind: 'sensor', name: { en: 'Small door hall sensor', zh: '小门霍尔传感器' } }],
  ['39', { kind: 'sensor', name: { en: 'Cup tube infrared sensor', zh: '杯桶红外传感器' } }],
  ['3E', { kind: 'sensor', name: { en: 'Cup sensor in the small door', zh: '小门有杯传感器' } }],
  ['3F', { kind: 'sensor', name: { en: 'Door hall sensor', zh: '门霍尔传感器' } }],
  ['41', { kind: 'sensor', name: { en: 'Infrared proximity sensor', zh: '红外接近传感器' } }],
  ['42', { kind: 'sensor', name: { en: 'Cup sensor', zh: '有杯传感器' } }],
]);

const kindWords: Readonly<Record<PartKind, Words>> = {
  motor: { en: 'motor', zh: '电机' },
  pump: { en: 'pump', zh: '泵' },
  valve: { en: 'valve', zh: '阀' },
  sensor: { en: 'sensor', zh: '传感器' },
  light: { en: 'light', zh: '灯' },
};

const sensorRemedy: Words = {
  en: 'Clean the sensor, check that it sits straight, then check its plug and wiring.',
  zh: '清洁传感器，检查安装位置是否对正，再检查插头和线路。',
};
const sensorCause: Words = {
  en: 'Dirt, a sensor that sits askew, its plug or a broken wire.',
  zh: '传感器脏污、安装歪斜、插头松动或断线。',
};
type PartRow = readonly [ff: string, what: Words, meaning: Words, cause: Words, remedy: Words];
const sensorFaults: readonly PartRow[] = [
  [
    '80',
    { en: 'always off', zh: '一直处于关状态' },
    {
      en: 'Its signal does not change with the mechanism: the machine does not know the position.',
      zh: '无论机构如何动作都没有信号，机器无法判断位置。',
    },
    sensorCause,
    sensorRemedy,
  ],
  [
    '81',
    { en: 'always on', zh: '一直处于开状态' },
    {
      en: 'Its signal does not change with the mechanism: the machine does not know the position.',
      zh: '无论机构如何动作信号都不变，机器无法判断位置。',
    },
    sensorCause,
    sensorRemedy,
  ],
];
const driveFaults = ({ en, zh }: Words): readonly PartRow[] => [
  [
    '81',
    { en: 'open circuit', zh: '开路' },
    {
      en: `The board drives the ${en} and no current flows through it.`,
      zh: `电路板驱动${zh}时没有电流通过。`,
    },
    {
      en: `A loose plug, a broken wire, or a ${en} that is burnt out.`,
      zh: `插头松动、断线，或${zh}烧坏。`,
    },
    {
      en: `Check the plug and the wiring, then measure the ${en} itself; replace it if it has no continuity.`,
      zh: `检查插头和线路，再测量${zh}本身是否导通，不导通则更换。`,
    },
  ],
  [
    '88',
    { en: 'blocked', zh: '堵转' },
    {
      en: `The ${en} is driven and does not move: its current is too high.`,
      zh: `${zh}通电后不动作，电流过大。`,
    },
    en === 'valve'
      ? { en: 'Scale or dirt in the valve.', zh: '阀内有水垢或异物。' }
      : { en: 'Something holds it, or its gear is worn.', zh: '被异物卡住，或齿轮磨损。' },
    en === 'valve'
      ? {
          en: 'Clear what blocks the valve and clean it: scale is the usual cause.',
          zh: '清除阀内异物并清洗，重点检查水垢。',
        }
      : {
          en: `Remove what holds the ${en} and clean around it, then check the gear for wear.`,
          zh: `清除卡住${zh}的异物并清洁，再检查齿轮是否磨损。`,
        },
  ],
];

/** [field3] A motor reports 80 for a short circuit; no list contains such a code. */
const shortCircuit: PartRow = [
  '80',
  { en: 'short circuit', zh: '短路' },
  { en: 'The board drives the motor and too much current flows.', zh: '电路板驱动电机时电流过大。' },
  { en: 'A shorted motor or a damaged wire.', zh: '电机内部短路，或线路破损。' },
  {
    en: 'Switch the machine off, then check the wiring and measure the motor.',
    zh: '断电后检查线路，再测量电机。',
  },
];

function faultsOf(kind: PartKind): readonly PartRow[] {
  if (kind === 'light') return [];
  return kind === 'sensor' ? sensorFaults : driveFaults(kindWords[kind]);
}

const rowOf = (cc: string, { name }: Part, [ff, what, meaning, cause, remedy]: PartRow): PartFault => ({
  code: cc + ff,
  part: name,
  title: { en: `${name.en}: ${what.en}`, zh: `${name.zh}${what.zh}` },
  meaning,
  cause,
  remedy,
});

/** All listed codes that follow the rule, without prefix. */
export const partFaults: readonly PartFault[] = [...parts].flatMap(([cc, part]) =>
  faultsOf(part.kind).map((row) => rowOf(cc, part, row)),
);

const inferred: ReadonlyMap<string, PartFault> = new Map(
  [
    ...[...parts, ...unseenParts].flatMap(([cc, part]) =>
      part.kind === 'motor' ? [rowOf(cc, part, shortCircuit)] : [],
    ),
    ...[...unseenParts].flatMap(([cc, part]) => faultsOf(part.kind).map((row) => rowOf(cc, part, row))),
  ].map((fault) => [fault.code, fault]),
);

/** The rule's result for an unlisted code; `null`: unknown fault. `name`: without prefix, in capitals. */
export const inferredFault = (name: string): PartFault | null => inferred.get(name) ?? null;

/** The names of all parts. */
export const partNames = (): readonly Words[] =>
  [...parts.values(), ...unseenParts.values()].map(({ name }) => name);

/** The part of a code, whatever its fault; `null`: unknown part. `name`: without prefix, in capitals. */
export const partOf = (name: string): Words | null =>
  /^[0-9A-F]{4}$/.test(name)
    ? ((parts.get(name.slice(0, 2)) ?? unseenParts.get(name.slice(0, 2)))?.name ?? null)
    : null;

/** Steps by the last digit of a brewer's movement error, in the order of the vendor's header [field3]: inferred. */
const brewers: Readonly<Record<'77' | '79', { readonly name: Words; readonly steps: readonly Words[] }>> = {
  '77': {
    name: { en: 'Coffee brewer', zh: '咖啡酿造器' },
    steps: [
      { en: 'dosing', zh: '落粉' },
      { en: 'brewing', zh: '冲煮' },
      { en: 'last squeeze', zh: '最后挤压' },
      { en: 'cleaning', zh: '清洁' },
      { en: 'flushing', zh: '冲洗' },
      { en: 'service position on', zh: '进入维护位' },
      { en: 'service position off', zh: '退出维护位' },
      { en: 'initialising', zh: '初始化' },
      { en: 'chamber', zh: '腔体动作' },
      { en: 'purification', zh: '净化' },
    ],
  },
  '79': {
    name: { en: 'Tea brewer', zh: '泡茶器' },
    steps: [
      { en: 'initialising', zh: '初始化' },
      { en: 'sealing', zh: '密封' },
      { en: 'water inlet', zh: '进水' },
      { en: 'dosing', zh: '落粉' },
      { en: 'wiper position', zh: '刮片位置' },
      { en: 'service', zh: '维护' },
      { en: 'wiper moving', zh: '刮片运动' },
      { en: 'duration', zh: '时长' },
    ],
  },
};

/** The brewer and the failed step of a movement error; `null`: another code. `name`: without prefix, in capitals. */
export function brewerStep(name: string): { readonly brewer: Words; readonly step: Words } | null {
  const [, family, digit] = /^(77|79)[0-9A-F]([0-9])$/.exec(name) ?? [];
  if (family !== '77' && family !== '79') return null;
  const { name: brewer, steps } = brewers[family];
  const step = steps[Number(digit)];
  return step === undefined ? null : { brewer, step };
}

/** Families in which the machine treats an unknown code as the first one [field]. */
const families: ReadonlySet<string> = new Set(
  '50 51 52 54 55 56 5B 5C 5D 5E 5F 60 61 62 63 64 65 6D 7A 7B A2 A3 A4 A7'.split(' '),
);

/** The first code of a code's family; `null`: no family. Both without prefix, in capitals. */
export const familyOf = (name: string): string | null =>
  /^[0-9A-F]{4}$/.test(name) && families.has(name.slice(0, 2)) ? `${name.slice(0, 2)}00` : null;
