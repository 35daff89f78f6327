/**
 * Every row of a table has words in both languages and a test by its name.
 * Unions without a table are checked by the types of locales/en: end reasons of a connection, commands and their states, states of a machine.
 * The shape of en is the type of zh-CN.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commandNames, commands } from '#shared/commands/index';
import { rowOf } from '#shared/commands/kit/rows';
import { sharedSteps } from '#shared/commands/kit/steps';
import { errorCodes } from '#shared/contract/errors';
import { checkNames } from '#shared/doctor';
import { doctorChecks } from '#shared/doctorWords';
import { ruleNames, ruleOf } from '#shared/diagnosis/index';
import { findings } from '#shared/findings';
import { messages } from '#shared/messages/index';
import { commandWords, everyPlace, questionsOf } from '#shared/messages/lookup';
import { machineSettingRows } from '#shared/model/machineSettings';
import type { SettingRow } from '#shared/model/settingRow';
import { settingRows } from '#shared/model/settings';
import type { Direction } from '#shared/model/wire';
import { en } from '../../src/renderer/src/locales/en';
import { zhCN } from '../../src/renderer/src/locales/zh-CN';
import { badInputs } from '../fixtures/badInputs';
import { diagnosisCases } from '../fixtures/diagnosisCases';
import { findingCauses } from '../fixtures/findingCauses';
import { readExamples } from '../fixtures/readExamples';
import { machineSettingCases, settingCases } from '../fixtures/settingCases';
import { flat } from '../builders/flat';

/** A key that ends with a point has words below it. */
function keysOfSetting(setting: string, { control }: SettingRow): readonly string[] {
  switch (control.kind) {
    case 'none':
      return [];
    case 'form':
      return [`${setting}.`];
    case 'text':
    case 'whole':
      return [`${setting}.title`];
    case 'choice':
      return [
        `${setting}.title`,
        ...control.values.map((value) => `${setting}.value.${value}`),
        ...control.asks.flatMap((value) => [`${setting}.ask.${value}`, `${setting}.yes.${value}`]),
      ];
  }
}

/** An error may have a text for each of its reasons. */
const ofReasons: ReadonlySet<string> = new Set(['listenFailed', 'packageRefused']);

const words: Readonly<Record<string, readonly string[]>> = {
  message: commandWords.map((cmd) => `message.${cmd}.name`),
  field: everyPlace.map(({ means }) => `field.${means}.means`),
  'value of a field': everyPlace.flatMap(({ means, values = [] }) =>
    values.map((value) => `field.${means}.value.${value}`),
  ),
  unit: everyPlace.flatMap(({ unit }) => (unit === undefined ? [] : [`fieldUnit.${unit}`])),
  command: commandNames.flatMap((name) => [
    `command.${name}.name`,
    `command.${name}.ask`,
    `command.${name}.send`,
    `commandRisk.${commands[name].risk.linux}`,
    `commandRisk.${commands[name].risk.android}`,
  ]),
  'step of one command alone': commandNames.flatMap((name) =>
    Object.keys(commands[name].steps).map((step) => `command.${name}.steps.${step}`),
  ),
  'step that any command can take': Object.keys(sharedSteps).map((step) => `commandStep.${step}`),
  finding: Object.keys(findings).flatMap((code) => [`finding.${code}.says`, `finding.${code}.title`]),
  'rule of the diagnosis': ruleNames.flatMap((name) => [
    `diagnosis.rule.${name}.says`,
    `diagnosis.rule.${name}.leads`,
    ...Object.keys(ruleOf(name).causes).flatMap((cause) => [
      `diagnosis.rule.${name}.causes.${cause}.why`,
      `diagnosis.rule.${name}.causes.${cause}.todo`,
    ]),
  ]),
  setting: Object.entries(settingRows).flatMap(([key, row]) => keysOfSetting(`setting.${key}`, row)),
  'setting of a machine': Object.entries(machineSettingRows).flatMap(([key, row]) =>
    keysOfSetting(`machineSetting.${key}`, row),
  ),
  error: errorCodes.map((code) => (ofReasons.has(code) ? `error.${code}.` : `error.${code}`)),
};

describe.each([
  ['en', flat(en)],
  ['zh-CN', flat(zhCN)],
] as const)('%s', (_language, texts) => {
  const said = [...texts].filter(([, text]) => text.trim() !== '').map(([key]) => key);
  const keys = new Set(said);
  const has = (key: string): boolean =>
    key.endsWith('.') ? said.some((one) => one.startsWith(key)) : keys.has(key);

  it.each(Object.entries(words))('has words for every %s', (_table, wanted) => {
    expect(wanted.length).toBeGreaterThan(5);
    expect(wanted.filter((key) => !has(key))).toEqual([]);
  });
});

const namesIn = (folder: string): readonly string[] => readdirSync(resolve(import.meta.dirname, folder));
const textOf = (file: string): string => readFileSync(resolve(import.meta.dirname, file), 'utf8');

/**
 * Messages tested by their example or by a conversation.
 * The conversation is their own, that of their state change, or that of the command that sends them.
 */
const conversations = new Set([
  ...namesIn('shared/messages').map((file) => file.split('.')[0]),
  ...namesIn('main/core/state/apply').map((file) => file.split('.')[0]),
  ...namesIn('main/core/state/apply').flatMap((file) =>
    [...textOf(`main/core/state/apply/${file}`).matchAll(/^describe\('(\w+)'/gm)].map(([, cmd]) => cmd),
  ),
  ...commandNames.flatMap((name) => Object.values(rowOf(name).messages).flat()),
]);
function isTested(direction: Direction, cmd: string): boolean {
  if (`${direction} ${cmd}` in readExamples || conversations.has(cmd)) return true;
  // An answer, with its question.
  const other = direction === 'in' ? 'out' : 'in';
  return questionsOf(direction, cmd).some((question) => question !== cmd && isTested(other, question));
}

describe('every row is tested by its name', () => {
  it('message, by its example or by a conversation', () => {
    const rows = messages.filter(({ direction, cmd }) => !isTested(direction, cmd));
    expect(rows.map(({ direction, cmd }) => `${direction} ${cmd}`)).toEqual([]);
  });

  it.each(commandNames)('command %s, by its conversation', (name) => {
    const file = resolve(import.meta.dirname, `shared/commands/${name}.test.ts`);
    expect(existsSync(file), `${file} is missing`).toBe(true);
    const text = readFileSync(file, 'utf8');
    expect(text).toMatch(new RegExp(`\\.gives\\('${name}'`));
    // The outcomes with a virtual machine, for each of its answers.
    expect(text).toMatch(new RegExp(`^answers\\(\\s*'${name}'`, 'm'));
  });

  it('rule of the diagnosis, by how it is true and how it is no longer', () => {
    const folder = resolve(import.meta.dirname, '../../src/shared/diagnosis');
    const files = readdirSync(folder).filter((file) => /^(?!index)\w+\.ts$/.test(file));
    const rules = files.flatMap((file) =>
      [...readFileSync(resolve(folder, file), 'utf8').matchAll(/^export const (\w+)/gm)].map(
        ([, name = '']) => name,
      ),
    );
    expect(ruleNames.toSorted()).toEqual(rules.toSorted());
    expect(Object.keys(diagnosisCases).toSorted()).toEqual(rules.toSorted());
  });

  it.each(checkNames)('check %s of the doctor, each finding by its code', (name) => {
    const file = name.endsWith('Port') ? 'port' : name;
    const text = readFileSync(
      resolve(import.meta.dirname, `main/tools/doctor/checks/${file}.test.ts`),
      'utf8',
    );
    const codes = Object.keys(doctorChecks[name].says).filter((code) => code !== 'failed');
    expect(codes.filter((code) => !new RegExp(`\\b${code}\\b`).test(text))).toEqual([]);
  });

  it('a command’s form of its own, by its refusals on each platform', () => {
    const forms = commandNames.filter((name) => rowOf(name).fields === null);
    expect(forms.filter((name) => badInputs[name] === undefined)).toEqual([]);
    const without = (['linux', 'android'] as const).flatMap((platform) =>
      forms.filter((name) => {
        const cases = badInputs[name] ?? [];
        return (
          rowOf(name).has[platform] && cases.length > 0 && !cases.some(({ on }) => on.includes(platform))
        );
      }),
    );
    expect(without).toEqual([]);
  });

  it('setting with a form of its own on a page of Settings, by the file of its form', () => {
    const drawn = Object.entries<SettingRow>(settingRows).filter(
      ([, { control, section }]) => control.kind === 'form' && section !== null,
    );
    const files = namesIn('../../src/renderer/src/features/settings/forms');
    expect(files.toSorted()).toEqual(drawn.map(([name]) => `${name}.tsx`).toSorted());
  });

  it.each([
    ['finding, by how it comes about', findings, findingCauses],
    ['setting, by what it takes and refuses', settingRows, settingCases],
    ['setting of a machine, by what it takes and refuses', machineSettingRows, machineSettingCases],
  ] as const)('%s', (_table, rows, tested) => {
    expect(Object.keys(tested).toSorted()).toEqual(Object.keys(rows).toSorted());
  });
});
