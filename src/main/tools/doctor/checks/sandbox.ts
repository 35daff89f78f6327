/** Checks whether Chromium's sandbox can start. Some Linux systems forbid it, and the app then does not start at all. */
import { readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { finding, type DoctorResult } from '#shared/doctor';
import type { Computer } from '../computer';

export interface System {
  readonly platform: NodeJS.Platform;
  readonly uid: number | undefined;
  /** A file of /proc, trimmed; '' if it does not exist. */
  readonly read: (file: string) => Promise<string>;
  /** Chromium's setuid helper exists and has the root permissions that it needs. */
  readonly hasHelper: () => Promise<boolean>;
}

const here: System = {
  platform: process.platform,
  uid: process.getuid?.(),
  read: async (file) => (await readFile(file, 'utf8').catch(() => '')).trim(),
  hasHelper: async () => {
    const helper = await stat(join(dirname(process.execPath), 'chrome-sandbox')).catch(() => null);
    return helper?.uid === 0 && (helper.mode & 0o4000) !== 0;
  },
};

/** Kernel settings that forbid the namespaces of a sandbox: the file, the forbidding value and the allowing command. */
const forbids = [
  {
    file: '/proc/sys/kernel/unprivileged_userns_clone',
    by: '0',
    name: 'kernel.unprivileged_userns_clone',
    allow: '1',
  },
  {
    file: '/proc/sys/user/max_user_namespaces',
    by: '0',
    name: 'user.max_user_namespaces',
    allow: '15000',
  },
] as const;

export async function sandbox(
  { electron, hasNoSandbox }: Computer,
  system: System = here,
): Promise<readonly DoctorResult[]> {
  if (electron === null) return [finding('sandbox', 'noWindow', {})];
  if (system.platform === 'linux' && system.uid === 0) return [finding('sandbox', 'root', {})];
  if (hasNoSandbox) return [finding('sandbox', 'off', {})];
  if (system.platform !== 'linux' || (await system.hasHelper())) return [finding('sandbox', 'on', {})];
  for (const { file, by, name, allow } of forbids)
    if ((await system.read(file)) === by)
      return [finding('sandbox', 'refused', { setting: `${name}=${by}`, change: `${name}=${allow}` })];
  // AppArmor forbids user namespaces to programs without a profile.
  const name = 'kernel.apparmor_restrict_unprivileged_userns';
  const restricts = (await system.read(`/proc/sys/kernel/${name.slice(7)}`)) === '1';
  const profile = await system.read('/proc/self/attr/current');
  if (restricts && (profile === '' || profile === 'unconfined'))
    return [finding('sandbox', 'refused', { setting: `${name}=1`, change: `${name}=0` })];
  return [finding('sandbox', 'on', {})];
}
