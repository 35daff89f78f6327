import { describe, expect, it } from 'vitest';
import { defaultMachineConfig } from '#shared/model/machine';
import { machineSettingRows } from '#shared/model/machineSettings';
import { patchOf, readSettings, text, withoutSecrets, type SettingRows } from '#shared/model/settingRow';
import { defaultSettings, settingRows } from '#shared/model/settings';
import { machineSettingCases, settingCases, type SettingCase } from '../../../fixtures/settingCases';

const tables: readonly (readonly [string, SettingRows, Readonly<Record<string, SettingCase>>])[] = [
  ['settings', settingRows, settingCases],
  ['machine settings', machineSettingRows, machineSettingCases],
];

describe.each(tables)('%s', (_name, rows, cases) => {
  it.each(Object.entries(rows))('%s: its default, its valid and its invalid values', (key, row) => {
    const one = cases[key];
    expect(row.initial).toEqual(one?.initial);
    const patch = patchOf(rows);
    const isDrawn = row.control.kind !== 'none';
    for (const value of [row.initial, ...(one?.takes ?? [])]) {
      const { values, problems } = readSettings(rows, { [key]: value });
      expect(values[key]).toEqual(value);
      expect(problems).toEqual([]);
      expect(patch.safeParse({ [key]: value }).success).toBe(isDrawn);
    }
    for (const value of one?.refuses ?? []) {
      const { values, problems } = readSettings(rows, { [key]: value });
      expect(values[key], JSON.stringify(value)).toEqual(row.initial);
      expect(problems).toHaveLength(1);
      expect(patch.safeParse({ [key]: value }).success).toBe(false);
    }
  });
});

describe('stored settings', () => {
  it('missing: the defaults', () => {
    expect(readSettings(settingRows, undefined)).toEqual({ values: defaultSettings, problems: [] });
    expect(readSettings(machineSettingRows, {})).toEqual({ values: defaultMachineConfig, problems: [] });
  });

  it('an invalid value falls back alone, and is named', () => {
    const stored = { theme: 'pink', language: 'zh-CN', retention: { days: 0, bytes: 1 }, directLink: 7 };
    const { values, problems } = readSettings(settingRows, stored);
    // An earlier version stored the direct link as a number alone, and rejected other machines.
    const directLink = { vmcNo: 7, tells: true };
    expect(values).toEqual({ ...defaultSettings, language: 'zh-CN', directLink });
    expect(problems).toEqual([
      'theme is "pink", which is not possible; "system" is used',
      expect.stringMatching(/^retention is \{"days":0,"bytes":1\}, which is not possible; \{"days":30/),
    ]);
  });

  it('an unknown member is ignored; a value that is not an object is named', () => {
    expect(readSettings(settingRows, { colour: 'red' }).values).toEqual(defaultSettings);
    expect(readSettings(settingRows, 'all').values).toEqual(defaultSettings);
    expect(readSettings(settingRows, 'all').problems).toEqual(['"all" is stored; the defaults are used']);
    expect(readSettings(settingRows, null).problems).toHaveLength(1);
  });

  it('a long value is cut in its report', () => {
    expect(readSettings(settingRows, { theme: 'x'.repeat(500) }).problems[0]?.length).toBeLessThan(140);
  });
});

describe('the window may change', () => {
  const patch = patchOf(settingRows);
  it('what it renders, one or several', () => {
    for (const good of [{}, { theme: 'dark' }, { language: 'en', retention: { days: 1, bytes: 50_000_000 } }])
      expect(patch.safeParse(good)).toEqual({ success: true, data: good });
  });
  it('nothing else, and no invalid value', () => {
    const wrong = [
      { theme: 'pink' },
      { theme: undefined },
      { colour: 'red' },
      { machineListen: { host: '0.0.0.0', port: 1 } },
      { directLink: 5 },
      { retention: { days: 1, bytes: 50_000_000, more: 1 } },
    ];
    for (const one of wrong) expect(patch.safeParse(one).success, JSON.stringify(one)).toBe(false);
  });
  it('a name, without outer blanks', () => {
    expect(patchOf(machineSettingRows).parse({ name: ' Lobby ' })).toEqual({ name: 'Lobby' });
    expect(patchOf(machineSettingRows).safeParse({ name: 'x'.repeat(61) }).success).toBe(false);
  });
});

describe('forwarded settings', () => {
  it('have every row, without secret values, and nothing unknown', () => {
    const rows: SettingRows = { name: text(60), token: { ...text(60), isSecret: true } };
    expect(withoutSecrets(rows, { name: 'Lobby', token: 'q7w8e9r0', other: 'x' })).toEqual({
      name: 'Lobby',
      token: '[withheld]',
    });
    expect(withoutSecrets(settingRows, defaultSettings)).toEqual(defaultSettings);
    const config = { ...defaultMachineConfig, notes: 'Key under the mat' };
    expect(withoutSecrets(machineSettingRows, config)).toEqual({
      ...config,
      notes: '[withheld]',
      qrTemplate: '[withheld]',
    });
  });

  it('have the relay’s rules without their patterns and answers, which may contain an order or a payment text', () => {
    const rule = {
      id: 1,
      name: 'Pay here',
      filter: 'order == "594f803b"',
      when: 'always',
      does: 'answer',
      answer: '{"cmd":"qrcode_r","qrcode":"weixin://wxpay/x"}',
      isOn: true,
    } as const;
    const plain = { ...rule, id: 2, filter: '', does: 'drop', answer: '' } as const;
    const relay = { ...defaultSettings.relay, isOn: true, rules: [rule, plain] };
    expect(withoutSecrets(settingRows, { ...defaultSettings, relay })).toEqual({
      ...defaultSettings,
      relay: { ...relay, rules: [{ ...rule, filter: '[withheld]', answer: '[withheld]' }, plain] },
    });
  });
});

it('the defaults for a machine', () => {
  expect(defaultMachineConfig).toMatchObject({
    platform: null,
    head: null,
    signPolicy: null,
    replyProfile: 'extended',
    qrAnswers: 'auto',
    doorSpelling: null,
    notices: 'on',
  });
  expect(defaultSettings).toMatchObject({ language: 'system', theme: 'system', notices: 'all' });
});
