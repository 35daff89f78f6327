import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { finding } from '#shared/doctor';
import { readSettingsFile } from '../../../lib/settings/file';
import type { Check } from '../computer';

export const settings: Check = ({ folder }) => Promise.resolve([checkFile(join(folder, 'settings.json'))]);

function checkFile(file: string): ReturnType<typeof finding> {
  if (!existsSync(file)) return finding('settings', 'none', {});
  const { lost, detail } = readSettingsFile(file);
  if (lost === null) return finding('settings', 'unreadable', { detail });
  return lost.length === 0
    ? finding('settings', 'whole', {})
    : finding('settings', 'some', { count: lost.length });
}
