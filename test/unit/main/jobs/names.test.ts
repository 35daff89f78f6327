import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { namesIn } from '../../../../src/main/jobs/names';

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
  expect(namesIn(data)).toEqual({ 33232: 'Lobby 大堂' });
});

it('makes do with what is there', () => {
  const data = folder();
  expect(namesIn(data)).toEqual({});
  const file = join(data, 'settings.json');
  writeFileSync(file, '{}');
  expect(namesIn(data)).toEqual({});
  writeFileSync(file, '{"machines":{"1":{"name":7},"2":null,"3":{"name":"Bar","head":"new"}},"other":[]}');
  expect(namesIn(data)).toEqual({ 3: 'Bar' });
  writeFileSync(file, '{"machines":');
  expect(() => namesIn(data)).toThrow(/JSON/);
});
