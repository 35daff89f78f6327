/** All checks of the doctor, by their names in `shared/doctor.ts`. */
import { finding, type CheckName, type DoctorResult } from '#shared/doctor';
import { adapterAddresses } from './checks/adapters';
import { clock } from './checks/clock';
import { firewall } from './checks/firewall';
import { folder } from './checks/folder';
import { journal } from './checks/journal';
import { machines } from './checks/machines';
import { packages } from './checks/packages';
import { port } from './checks/port';
import { runtime } from './checks/runtime';
import { sandbox } from './checks/sandbox';
import { settings } from './checks/settings';
import { space } from './checks/space';
import type { Check, Computer } from './computer';

const checks: Readonly<Record<CheckName, Check>> = {
  runtime,
  sandbox,
  folder,
  space,
  settings,
  journal,
  machinePort: port('machinePort', (computer) => computer.machines),
  updatePort: port('updatePort', (computer) => computer.updates),
  noticePort: port('noticePort', (computer) => computer.notices),
  adapters: adapterAddresses,
  machines,
  packages,
  clock,
  firewall,
};

export async function examine(name: CheckName, computer: Computer): Promise<readonly DoctorResult[]> {
  try {
    return await checks[name](computer);
  } catch (error) {
    return [finding(name, 'failed', { detail: error instanceof Error ? error.message : String(error) })];
  }
}
