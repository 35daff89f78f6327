import { afterEach, describe, expect, it } from 'vitest';
import { errorKey, knownErrorCodes, lookupErrorCode, severityOf, slotOf } from '#shared/errors/codes';
import { setOwnErrors } from '#shared/errors/own';
import { errorFamilies, errorNames, errorNumbers } from '../../../fixtures/errorCodes';

const ids = (codes: readonly string[]): (string | undefined)[] =>
  codes.map((code) => lookupErrorCode(code)?.id);

describe('lookupErrorCode', () => {
  // Every code of operators' tables and logs, listed by hand so that a lost range or row is detected.
  const single =
    '0000 5300 5406 5500 5600 5700 5901 5902 5A00 5A02 5B00 5C00 5C05 5C07 5CFF 5D00 5DFF 6100 6D00 7000 7600 7100 7200 ' +
    '7300 7700 7701 7702 7703 7704 7705 7706 7707 7708 7902 7906 7A20 7AA5 7AA7 CUP_01 Z0005';
  const named = 'EC_2 EC_3 EC_4 EC_6 INT_1 EC_7 ECB_03 ECE_2 EI_2 EJA_01 EJA_02 HOPPER_2';
  const warnings = '01 02 03 0A 10009 10016 10007 10006 10008 10284 9991 19991';

  it.each(single.split(' '))('knows ERROR:%s with and without prefix and in either case', (code) => {
    const id = `ERROR:${code}`;
    expect(
      ids([id, code, id.toLowerCase(), code.toLowerCase(), ` ${id} `, `Error: ${code}`, `error：${code}`]),
    ).toEqual(Array(7).fill(id));
  });

  it.each(named.split(' '))('knows %s under any prefix', (code) => {
    expect(ids([code, code.toLowerCase(), `ERROR:${code}`, `WARNING:${code}`])).toEqual(Array(4).fill(code));
  });

  it.each(warnings.split(' '))('knows WARNING:%s with and without prefix', (code) => {
    const id = `WARNING:${code}`;
    expect(ids([id, id.toLowerCase(), code, code.toLowerCase()])).toEqual(Array(4).fill(id));
  });

  it('knows over-current from 5200 to 5214 and no further', () => {
    const found = Array.from({ length: 0x20 }, (_, i) => (0x51f8 + i).toString(16)).filter(
      (c) => lookupErrorCode(c)?.isListed === true,
    );
    expect([found[0], found.at(-1), found.length]).toEqual(['5200', '5214', 0x15]);
    expect(ids(['770A', '76FF', '5903'])).toEqual([undefined, undefined, undefined]);
  });

  it('keeps the two numberings separate', () => {
    expect(ids(['ERROR:01', 'ERROR:0A', 'ERROR:10009', 'ERROR:9991'])).toEqual(Array(4).fill(undefined));
    expect(ids(['WARNING:5300', 'WARNING:0881', 'WARNING:0000'])).toEqual(Array(3).fill(undefined));
    expect(lookupErrorCode('WARNING:01')?.title.en).toBe('Low on sugar');
    expect(lookupErrorCode('ERROR:0181')?.title.en).toBe('Mixer motor 2: open circuit');
    expect(lookupErrorCode('WARNING:10009')?.title).toEqual({ en: 'Low on coffee beans', zh: '咖啡豆不足' });
  });

  it('accepts an unknown material id under WARNING, but does not guess one without prefix', () => {
    expect(lookupErrorCode('warning:10455')).toMatchObject({
      id: 'WARNING:10455',
      severity: 'warning',
      title: { en: 'Low on material 10455', zh: '物料 10455 不足' },
    });
    expect(ids(['10455', 'ERROR:10455', 'WARNING:1045', 'WARNING:1e999', 'WARNING:0123456789'])).toEqual(
      Array(5).fill(undefined),
    );
  });

  it.each([
    ['0381', 'Mixer motor 4', '搅拌电机4', 'open circuit', '开路'],
    ['0688', 'Air pump', '空气泵', 'blocked', '堵转'],
    ['0881', 'Canister motor 1', '料盒电机1', 'open circuit', '开路'],
    ['0f88', 'Canister motor 8', '料盒电机8', 'blocked', '堵转'],
    ['1688', 'Gear pump', '齿轮泵', 'blocked', '堵转'],
    ['1881', 'Cup dispensing motor', '分杯电机', 'open circuit', '开路'],
    ['1B88', 'Door motor', '大门电机', 'blocked', '堵转'],
    ['2181', 'Cold water inlet valve', '冷水进水阀', 'open circuit', '开路'],
    ['2988', '2-way valve 2', '二通阀2', 'blocked', '堵转'],
    ['2C81', '2-way valve 5', '二通阀5', 'open circuit', '开路'],
    ['3580', 'Air-break water probe', '水盒探针', 'always off', '一直处于关状态'],
    ['3D81', 'Cup carrier switch 2', '运杯微动开关2', 'always on', '一直处于开状态'],
    ['4480', 'Tea brewer (FB) seal sensor', '泡茶器（FB）密封开关', 'always off', '一直处于关状态'],
  ])('splits %s by the rule ccff', (code, part, zhPart, fault, zhFault) => {
    expect(lookupErrorCode(`ERROR:${code}`)).toMatchObject({
      id: `ERROR:${code.toUpperCase()}`,
      severity: 'fault',
      part: { en: part, zh: zhPart },
      title: { en: `${part}: ${fault}`, zh: `${zhPart}${zhFault}` },
    });
  });

  it('has exactly two faults per part: 80 and 81 for sensors, 81 and 88 for the others', () => {
    const byPart = new Map<string, string[]>();
    for (const { id, part } of knownErrorCodes) {
      if (part) byPart.set(id.slice(6, 8), [...(byPart.get(id.slice(6, 8)) ?? []), id.slice(8)]);
    }
    expect([...byPart.keys()].toSorted().join(' ')).toBe(
      '00 01 02 03 04 05 06 08 09 0A 0B 0C 0D 0E 0F 10 11 12 13 16 18 19 1A 1B 1C 20 21 22 24 25 26 27 28 29 2A 2B 2C 2D ' +
        '2E 2F 35 3A 3B 3C 3D 43 44',
    );
    for (const [cc, faults] of byPart) expect(faults).toEqual(cc >= '35' ? ['80', '81'] : ['81', '88']);
  });

  it('names the part of an unnamed fault, and that its meaning is unknown', () => {
    for (const code of ['0482', '3588', '0882', 'error:1b07', '1F81', '1482'])
      expect(lookupErrorCode(code)).toMatchObject({ isListed: false, severity: 'fault', remedy: null });
    expect(lookupErrorCode('ERROR:0882')).toMatchObject({
      part: { en: 'Canister motor 1', zh: '料盒电机1' },
      title: {
        en: 'Canister motor 1: fault 82, whose meaning is not known',
        zh: '料盒电机1：故障 82，含义不明',
      },
    });
  });

  it.each([
    ['1481', 'Fan 1: open circuit', '风扇1开路'],
    ['error:1588', 'Fan 2: blocked', '风扇2堵转'],
    ['1781', 'Suction pump: open circuit', '抽水泵开路'],
    ['1d80', 'Sugar motor: short circuit', '糖电机短路'],
    ['0480', 'Mixer motor 5: short circuit', '搅拌电机5短路'],
    ['2388', 'Tea brewer (FB) 3-way valve: blocked', '泡茶器（FB）三通阀堵转'],
    ['3080', 'Bean sensor: always off', '豆传感器一直处于关状态'],
    ['3F81', 'Door hall sensor: always on', '门霍尔传感器一直处于开状态'],
    ['4281', 'Cup sensor: always on', '有杯传感器一直处于开状态'],
    ['7709', 'Coffee brewer movement error: purification', '咖啡酿造器动作错误：净化'],
    ['7904', 'Tea brewer movement error: wiper position', '泡茶器动作错误：刮片位置'],
  ])('infers %s, and marks the inference', (code, en, zh) => {
    const info = lookupErrorCode(code);
    expect(info).toMatchObject({ title: { en, zh }, isListed: false, severity: 'fault' });
    expect(info?.meaning?.en).toContain('inferred from the numbering');
    expect(info?.remedy).not.toBeNull();
  });

  it('has the vendor’s texts for the second brewers, and the step of a brewer error', () => {
    const titles = ['2481', '2588', '2781'].map((code) => lookupErrorCode(code)?.part?.zh);
    expect(titles).toEqual([
      '第二冲煮器（ES2）挤饼电机',
      '第二冲煮器（ES2）密封电机',
      '第二泡茶器（FB2）密封电机',
    ]);
    expect(lookupErrorCode('ERROR:7703')?.meaning?.en).toContain('Step: cleaning (inferred');
    expect(lookupErrorCode('7906')?.meaning?.zh).toContain('刮片运动');
  });

  it.each(['Z0022', 'error:z0025', 'Z0026', 'Z0027', 'Z0028', 'Z0047'])('knows the notice %s', (code) => {
    expect(lookupErrorCode(code)).toMatchObject({ isListed: true, severity: 'info' });
  });

  it('does not invent parts', () => {
    expect(ids(['4581', '0781', '4081', '07', 'WARNING:0882', '08822'])).toEqual(Array(6).fill(undefined));
  });

  it.each(errorFamilies)('reads unknown codes of the family %s as its first', (family) => {
    const first = lookupErrorCode(`ERROR:${family}00`);
    const other = lookupErrorCode(`error:${family}ee`);
    expect(other).toMatchObject({ id: `ERROR:${family}EE`, isListed: false });
    expect(other?.title.en).toContain(`Of the family ${family}00`);
    const isKnown = first?.isListed === true;
    expect(other?.title.en.includes('not known')).toBe(!isKnown);
    expect(other?.title.zh.includes(isKnown ? first.title.zh : '不明')).toBe(true);
    expect(isKnown ? other : first).toMatchObject({ severity: first?.severity, remedy: first?.remedy });
  });

  it('has every known code', () => {
    const listed = new Set(knownErrorCodes.map(({ id }) => id));
    expect(errorNumbers.filter((code) => !listed.has(`ERROR:${code}`))).toEqual([]);
    expect(errorNames.filter((code) => lookupErrorCode(code)?.isListed !== true)).toEqual([]);
    expect(lookupErrorCode('EC2')?.id).toBe('EC_2');
  });

  it.each([
    '',
    ' ',
    ':',
    'ERROR:',
    'WARNING:',
    'constructor',
    '__proto__',
    'ERROR',
    '5300 5300',
    'EC_',
    '\u0000',
  ])('knows nothing about %j and does not throw', (code) => {
    expect(lookupErrorCode(code)).toBeNull();
  });

  it('marks only EC_2 as documented', () => {
    expect(knownErrorCodes.filter((info) => info.source === 'doc').map((info) => info.id)).toEqual(['EC_2']);
  });

  it('has one entry per id, found by its id, with texts in both languages', () => {
    const seen = knownErrorCodes.map((info) => info.id);
    expect(new Set(seen).size).toBe(seen.length);
    for (const info of knownErrorCodes) {
      expect(lookupErrorCode(info.id)).toBe(info);
      for (const words of [info.title, info.meaning, info.cause, info.remedy, info.part]) {
        if (words === null) continue;
        expect(words.en, info.id).toMatch(/^[A-Z0-9][\x20-\x7e’]+$/);
        expect(words.zh, info.id).toMatch(/\p{Script=Han}/u);
        expect(words.zh, info.id).not.toMatch(/undefined|,|;/);
      }
      expect(info.title.en, info.id).not.toMatch(/\.$/);
    }
  });
});

it('has the meaning, the cause and the remedy of every listed code', () => {
  const silent = knownErrorCodes.filter(
    ({ meaning, cause, remedy }) => meaning === null || cause === null || remedy === null,
  );
  expect(silent.map(({ id }) => id)).toEqual([]);
  expect(lookupErrorCode('warning:10455')?.meaning).not.toBeNull();
});

describe('severityOf with the workshop’s catalogue', () => {
  afterEach(() => setOwnErrors({}));

  it('prefers it to the built-in catalogue and to the machine, in any spelling, until removal', () => {
    setOwnErrors({ 'ERROR:5300': { severity: 'warning' }, 'ERROR:9A01': { severity: 'info' } });
    expect(severityOf('5300', true, 'linux')).toBe('warning');
    expect(severityOf(' error:9a01', true, 'linux')).toBe('info');
    expect(severityOf('ERROR:5700', null, null)).toBe('fatal');
    setOwnErrors({ 'ERROR:5300': { name: 'Cups' } });
    expect(severityOf('5300', true, 'linux')).toBe('fatal');
  });

  it('does not change which codes are equal: records stay the same', () => {
    setOwnErrors({ 'ERROR:9A01': { name: 'Steam valve' } });
    expect(errorKey('9A01')).toBe('9A01');
    expect(lookupErrorCode('ERROR:9A01')).toBeNull();
  });
});

describe('severityOf', () => {
  it.each([
    ['WARNING:10009', true, 'android', 'warning'],
    ['ERROR:0881', true, 'android', 'fault'],
    ['5300', false, 'android', 'fatal'],
    ['ERROR:0881', true, null, 'fault'],
  ] as const)('follows the catalogue except on linux: %s, fatal %s, %s is %s', (code, flag, platform, is) => {
    expect(severityOf(code, flag, platform)).toBe(is);
  });

  it.each([
    ['ERROR:0881', true, 'fatal'],
    ['ERROR:Z0005', true, 'fatal'],
    ['WARNING:10009', true, 'fatal'],
    ['WARNING:10009', false, 'warning'],
    ['5300', false, 'fault'],
    ['5300', null, 'fatal'],
  ] as const)('follows the flag on linux: %s, fatal %s is %s', (code, flag, is) => {
    expect(severityOf(code, flag, 'linux')).toBe(is);
  });

  it('treats only errors that prevent all sales as fatal', () => {
    const fatal = knownErrorCodes.filter((info) => info.severity === 'fatal').map((info) => info.id);
    expect(fatal.join(' ')).toBe(
      'ERROR:5300 ERROR:5406 ERROR:5500 ERROR:5700 ERROR:5901 ERROR:5902 ERROR:5900 ERROR:9998 ERROR:5A00 ERROR:5A02 ' +
        'ERROR:7000 ERROR:7600 EC_2 EC_3 ECE_2',
    );
  });

  it.each([
    ['ERROR:9A01', true, 'linux', 'fatal'],
    ['ERROR:9A01', false, 'linux', 'fault'],
    ['ERROR:9A01', null, 'linux', 'fault'],
    ['ERROR:9A01', true, 'android', 'fault'], // android marks everything fatal
    ['ERROR:9A01', true, null, 'fatal'],
    ['ERROR:0882', true, 'linux', 'fatal'],
    ['ERROR:0882', true, 'android', 'fault'],
    ['ERROR:5BEE', true, 'linux', 'fatal'],
    ['WARNING:ZZ', true, 'linux', 'fatal'],
    ['WARNING:ZZ', true, 'android', 'warning'],
    ['warning:ZZ', null, null, 'warning'],
    ['WARNING:10455', true, null, 'warning'],
  ] as const)('rates unknown codes: %s, fatal %s, %s is %s', (code, flag, platform, expected) => {
    expect(severityOf(code, flag, platform)).toBe(expected);
  });
});

it.each([
  ['ERROR:5300', 'machine'],
  ['EC_2', 'machine'],
  ['9998', 'soldOut'],
  ['ERROR:0EE0', 'cupLid'],
  ['warning:0e03', 'cupLid'],
  ['WARNING:10009', null],
  ['WARNING:0A', null],
] as const)('%s is in the slot %s', (code, slot) => {
  expect(slotOf(code)).toBe(slot);
});
