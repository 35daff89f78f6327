import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readComputer } from '../../../../../src/main/tools/doctor/computer';
import { lockFolder } from '../../../../../src/main/lib/files/folderLock';
import { factsOf } from '../../../../builders/doctor';
import { useFolder } from '../../../../builders/useFolder';

const folder = useFolder();

const appPath = join(import.meta.dirname, '..', '..', '..', '..', '..');
const none = { machines: null, updates: null, notices: null };
const read = (listen: Parameters<typeof readComputer>[0]['listen'] = none): ReturnType<typeof readComputer> =>
  readComputer({ folder: folder(), appPath, listen });

it('the listening address comes from the command line, then the settings, then the defaults', () => {
  expect(read().computer).toMatchObject({
    machines: { host: '127.0.0.1', port: 4_567 },
    updates: { host: '127.0.0.1', port: 12_345 },
    notices: null,
    build: 'development',
    version: expect.stringMatching(/^\d+\.\d+\.\d+/) as unknown,
  });
  const notices = { host: '0.0.0.0', port: 80 };
  const settings = {
    language: 'zh-CN',
    machineListen: { host: '192.168.1.20', port: 4_567 },
    noticeListen: notices,
  };
  writeFileSync(folder('settings.json'), JSON.stringify({ settings }));
  const before = factsOf(folder());
  expect(read()).toMatchObject({
    language: 'zh-CN',
    computer: { machines: settings.machineListen, notices },
  });
  const switched = read({ ...none, machines: { host: '::1', port: 1 } });
  expect(switched.computer.machines).toEqual({ host: '::1', port: 1 });
  expect(factsOf(folder())).toEqual(before);
  writeFileSync(folder('settings.json'), JSON.stringify({ settings: { theme: 'dark' } }));
  expect(read().computer.machines).toEqual({ host: '127.0.0.1', port: 9_700 });
});

it('a running Crema is detected without taking its lock', () => {
  expect(read().computer.isOpen).toBe(false);
  const lock = lockFolder(folder());
  const before = factsOf(folder());
  expect(read().computer.isOpen).toBe(true);
  expect(factsOf(folder())).toEqual(before);
  lock?.release();
  expect(read().computer.isOpen).toBe(false);
  // The check did not keep the lock either.
  const again = lockFolder(folder());
  expect(again).not.toBeNull();
  again?.release();
});
