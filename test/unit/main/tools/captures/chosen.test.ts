import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readChosen } from '../../../../../src/main/tools/captures/chosen';
import { useFolder } from '../../../../builders/useFolder';

const folder = useFolder();

it('reads the names and the own error severities that the app has written', () => {
  const data = folder();
  const written = {
    settings: { language: 'en', ownErrors: { '9A01': { name: 'Steam valve', severity: 'fatal' } } },
    machines: { '33232': { name: 'Lobby 大堂', platform: null }, '33233': { name: '', platform: 'linux' } },
    window: null,
  };
  writeFileSync(join(data, 'settings.json'), JSON.stringify(written));
  expect(readChosen(data)).toEqual({
    names: { 33232: 'Lobby 大堂' },
    machines: [33_232, 33_233],
    ownErrors: { '9A01': { name: 'Steam valve', severity: 'fatal' } },
  });
});

it('uses the readable members of a partial file', () => {
  const data = folder();
  expect(readChosen(data)).toEqual({ names: {}, machines: [], ownErrors: {} });
  const file = join(data, 'settings.json');
  writeFileSync(file, '{}');
  expect(readChosen(data)).toEqual({ names: {}, machines: [], ownErrors: {} });
  writeFileSync(
    file,
    '{"settings":{"ownErrors":7},"machines":{"1":{"name":7},"2":null,"3":{"name":"Bar","head":"new"}},"other":[]}',
  );
  expect(readChosen(data)).toEqual({ names: { 3: 'Bar' }, machines: [1, 2, 3], ownErrors: {} });
  writeFileSync(file, '{"machines":');
  expect(() => readChosen(data)).toThrow(/JSON/);
});
