import { describe, expect, it } from 'vitest';
import { commandNames, commands } from '#shared/commands/index';
import { sharedSteps } from '#shared/commands/kit/steps';
import { findings } from '#shared/findings';
import { commandWords, everyPlace } from '#shared/messages/lookup';
import { errorCodes } from '#shared/contract/errors';
import { machineSettingRows } from '#shared/model/machineSettings';
import type { SettingRow } from '#shared/model/settingRow';
import { settingRows } from '#shared/model/settings';
import { en } from '../../../../src/renderer/src/locales/en';
import { zhCN } from '../../../../src/renderer/src/locales/zh-CN';
import { flat } from './flat';

function keysOfSetting(setting: string, { control }: SettingRow): readonly string[] {
  if (control.kind === 'form' || control.kind === 'none') return [];
  if (control.kind !== 'choice') return [`${setting}.title`];
  const asks = control.asks.flatMap((value) => [`${setting}.ask.${value}`, `${setting}.yes.${value}`]);
  return [`${setting}.title`, ...control.values.map((value) => `${setting}.value.${value}`), ...asks];
}

/**
 * Every row of every table has its words in both languages. What is a union and no table (reasons of a connection's end, what a command
 * says and waits for, its states, states of a machine) is checked by the types of locales/en, and zh-CN by the shape of those.
 */
const wanted: Readonly<Record<string, readonly string[]>> = {
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
    `commandRisk.${commands[name].risk}`,
  ]),
  'step of one command alone': commandNames.flatMap((name) =>
    Object.keys(commands[name].steps).map((step) => `command.${name}.steps.${step}`),
  ),
  'step that any command can take': Object.keys(sharedSteps).map((step) => `commandStep.${step}`),
  finding: Object.keys(findings).flatMap((code) => [`finding.${code}.says`, `finding.${code}.title`]),
  setting: Object.entries(settingRows).flatMap(([key, row]) => keysOfSetting(`setting.${key}`, row)),
  'setting of a machine': Object.entries(machineSettingRows).flatMap(([key, row]) =>
    keysOfSetting(`machineSetting.${key}`, row),
  ),
  error: errorCodes.map((code) => `error.${code}`),
};

describe.each([
  ['en', flat(en)],
  ['zh-CN', flat(zhCN)],
] as const)('%s', (_language, texts) => {
  it.each(Object.entries(wanted))('has words for every %s', (_table, keys) => {
    expect(keys.length).toBeGreaterThan(5);
    // An error may say one thing for each of its reasons.
    const missing = keys.filter(
      (key) => !texts.has(key) && ![...texts.keys()].some((k) => k.startsWith(`${key}.`)),
    );
    expect(missing).toEqual([]);
  });
});
