/** Reads the settings that filters depend on: machine names (`vmc:Lobby`) and the user's own error severities. */
import { join } from 'node:path';
import { z } from 'zod';
import { ownErrorsSchema, type OwnErrors } from '#shared/model/ownErrors';
import { readKept } from '../../lib/files/keptFile';

/** The part of the settings file (main/lib/settings/store.ts) that filters need; other members are not checked. */
const settings = z.object({
  machines: z.record(z.string(), z.unknown()).default({}),
  settings: z.object({ ownErrors: ownErrorsSchema.catch({}).default({}) }).default({ ownErrors: {} }),
});
const machine = z.object({ name: z.string().min(1).max(60) });

export interface Chosen {
  /** By machine number. */
  readonly names: Readonly<Record<number, string>>;
  /** The numbers of all machines in the settings. */
  readonly machines: readonly number[];
  readonly ownErrors: OwnErrors;
}
export const nothingChosen: Chosen = { names: {}, machines: [], ownErrors: {} };

/** @throws Error if the settings file exists but can't be read */
export function readChosen(dataDir: string): Chosen {
  const file = join(dataDir, 'settings.json');
  const { state, parts, detail } = readKept(file);
  if (state === 'none') return nothingChosen;
  if (parts === null) throw new Error(detail);
  const names: Record<number, string> = {};
  const read = settings.parse(parts);
  for (const [vmcNo, config] of Object.entries(read.machines)) {
    const named = machine.safeParse(config);
    if (named.success) names[Number(vmcNo)] = named.data.name;
  }
  return { names, machines: Object.keys(read.machines).map(Number), ownErrors: read.settings.ownErrors };
}
