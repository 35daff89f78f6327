import { expect, it } from 'vitest';
import { sandbox, type System } from '../../../../../../src/main/tools/doctor/checks/sandbox';
import { codesOf, computer } from '../../../../../builders/doctor';

const clone = '/proc/sys/kernel/unprivileged_userns_clone';
const apparmor = '/proc/sys/kernel/apparmor_restrict_unprivileged_userns';
const namespaces = '/proc/sys/user/max_user_namespaces';
const profile = '/proc/self/attr/current';

function system(files: Readonly<Record<string, string>>, patch: Partial<System> = {}): System {
  const known = new Map(Object.entries(files));
  return {
    platform: 'linux',
    uid: 1000,
    read: (file) => Promise.resolve(known.get(file) ?? ''),
    hasHelper: () => Promise.resolve(false),
    ...patch,
  };
}

it.each([
  ['nothing forbids it', {}, {}, {}, 'ok on'],
  ['all is allowed', { [clone]: '1', [apparmor]: '0', [namespaces]: '63000' }, {}, {}, 'ok on'],
  ['namespaces are forbidden', { [clone]: '0' }, {}, {}, 'problem refused'],
  ['there are none', { [namespaces]: '0' }, {}, {}, 'problem refused'],
  ['AppArmor knows no profile', { [apparmor]: '1', [profile]: 'unconfined' }, {}, {}, 'problem refused'],
  ['AppArmor has a profile', { [apparmor]: '1', [profile]: 'crema (unconfined)' }, {}, {}, 'ok on'],
  ['the helper may', { [clone]: '0' }, { hasHelper: () => Promise.resolve(true) }, {}, 'ok on'],
  ['root', {}, { uid: 0 }, {}, 'warning root'],
  ['switched off', {}, {}, { hasNoSandbox: true }, 'warning off'],
  ['Windows', {}, { platform: 'win32', uid: undefined }, {}, 'ok on'],
  ['no window', { [clone]: '0' }, { uid: 0 }, { electron: null }, 'ok noWindow'],
] as const)('%s', async (_what, files, patch, about, code) => {
  expect(codesOf(await sandbox(computer(about), system(files, patch)))).toEqual([code]);
});

it('names the forbidding setting and the allowing command', async () => {
  const [found] = await sandbox(computer(), system({ [clone]: '0' }));
  expect(found?.params).toEqual({
    setting: 'kernel.unprivileged_userns_clone=0',
    change: 'kernel.unprivileged_userns_clone=1',
  });
});
