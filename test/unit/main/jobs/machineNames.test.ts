import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { readMachineNames } from '../../../../src/main/jobs/machineNames';

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'crema-names-'));
  onTestFinished(() => rmSync(made, { recursive: true }));
  return made;
}

it('finds the names in what the app has written', () => {
  const data = folder();
  const written = {
    settings: { language: 'en' },
    machines: { '33232': { name: 'Lobby 大堂', platform: null }, '33233': { name: '', platform: 'linux' } },
    window: null,
  };
  writeFileSync(join(data, 'settings.json'), JSON.stringify(written));
  expect(readMachineNames(data)).toEqual({ 33232: 'Lobby 大堂' });
});

it('makes do with what is there', () => {
  const data = folder();
  expect(readMachineNames(data)).toEqual({});
  const file = join(data, 'settings.json');
  writeFileSync(file, '{}');
  expect(readMachineNames(data)).toEqual({});
  writeFileSync(file, '{"machines":{"1":{"name":7},"2":null,"3":{"name":"Bar","head":"new"}},"other":[]}');
  expect(readMachineNames(data)).toEqual({ 3: 'Bar' });
  writeFileSync(file, '{"machines":');
  expect(() => readMachineNames(data)).toThrow(/JSON/);
});
