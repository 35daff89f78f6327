/** Reads the machines' names from the app's settings file, for filters such as `vmc:Lobby`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** The members needed of the settings file (main/settings/store.ts); others are not checked. */
const settings = z.object({ machines: z.record(z.string(), z.unknown()).default({}) });
const machine = z.object({ name: z.string().min(1).max(60) });

/** By machine number. @throws Error where there are settings and they can't be read */
export function readMachineNames(dataDir: string): Readonly<Record<number, string>> {
  const file = join(dataDir, 'settings.json');
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {};
    throw error;
  }
  const names: Record<number, string> = {};
  for (const [vmcNo, config] of Object.entries(settings.parse(JSON.parse(text)).machines)) {
    const read = machine.safeParse(config);
    if (read.success) names[Number(vmcNo)] = read.data.name;
  }
  return names;
}
