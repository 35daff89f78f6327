/** Instructions for this system's firewall. Only an administrator may read its current rules. */
import { access } from 'node:fs/promises';
import { finding, type DoctorResult } from '#shared/doctor';
import { defaultListen } from '#shared/model/settings';
import type { Computer } from '../computer';

export interface System {
  readonly platform: NodeJS.Platform;
  readonly has: (program: string) => Promise<boolean>;
  readonly program: string;
}

const folders = ['/usr/sbin', '/usr/bin', '/sbin', '/bin'];
const here: System = {
  platform: process.platform,
  program: process.execPath,
  has: async (program) => {
    const found = folders.map((folder) =>
      access(`${folder}/${program}`).then(
        () => true,
        () => false,
      ),
    );
    return (await Promise.all(found)).includes(true);
  },
};

export async function firewall(
  { machines, updates }: Pick<Computer, 'machines' | 'updates'>,
  { platform, has, program }: System = here,
): Promise<readonly DoctorResult[]> {
  const wanted = [machines.port || defaultListen.machines.port, updates.port || defaultListen.updates.port];
  const numbers = [...new Set(wanted)];
  const ports = numbers.join(',');
  if (platform === 'win32') return [finding('firewall', 'windows', { ports })];
  if (platform === 'darwin') return [finding('firewall', 'macos', { program })];
  if (await has('ufw')) return [finding('firewall', 'ufw', { ports })];
  if (await has('firewall-cmd')) {
    const switches = numbers.map((port) => `--add-port=${port}/tcp`).join(' ');
    return [finding('firewall', 'firewalld', { switches })];
  }
  return [finding('firewall', 'iptables', { ports })];
}
