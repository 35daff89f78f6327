/**
 * Every row of a table is tested: a message, a command, a finding or a setting that no test names fails here. Its words are
 * checked in renderer/locales/tables.test.ts.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commandNames } from '#shared/commands/index';
import { findings } from '#shared/findings';
import { messages } from '#shared/messages/index';
import { machineSettingRows } from '#shared/model/machineSettings';
import { settingRows } from '#shared/model/settings';

const tests = resolve(import.meta.dirname, '..');
const isTest = (file: string): boolean => file.endsWith('.test.ts') && !file.endsWith('tables.test.ts');
const texts = readdirSync(tests, { recursive: true, encoding: 'utf8' })
  .filter(isTest)
  .map((file) => readFileSync(join(tests, file), 'utf8'))
  .join('\n');

/** The name stands in a test as a text or as a member; a code such as `head.missing` is no other word. */
const isNamed = (name: string): boolean =>
  (name.includes('.') && texts.includes(name)) ||
  texts.includes(`'${name}'`) ||
  texts.includes(`"${name}"`) ||
  new RegExp(`\\b${name}\\s*[:,(}]`).test(texts);

const tables: Readonly<Record<string, readonly string[]>> = {
  message: [...new Set(messages.map(({ names: [name] }) => name))],
  command: commandNames,
  finding: Object.keys(findings),
  setting: [...Object.keys(settingRows), ...Object.keys(machineSettingRows)],
};

describe('every row has a test', () => {
  it.each(Object.entries(tables))('%s', (_table, names) => {
    expect(names.length).toBeGreaterThan(5);
    expect(names.filter((name) => !isNamed(name))).toEqual([]);
  });

  it('a name that no test has is found out', () => {
    expect(isNamed(['no', 'Such', 'Row'].join(''))).toBe(false);
  });
});
