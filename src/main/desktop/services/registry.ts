/** Exports the machine list to a CSV file and imports one. */
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { MachineConfig } from '#shared/model/machineSettings';
import type { MachineRow } from '#shared/model/machine';
import { Refusal } from '../ipc/requests';
import { writeWholeFile } from '../../lib/files/writeWholeFile';
import { TooMuch } from '../../tools/readers/api';
import { planOf } from '../../core/lists/plan';
import type { Overfull, Table } from '../../core/lists/readTable';
import type { SettingsStore } from '../../lib/settings/store';
import type { Base } from './base';
import type { Service } from './service';
import type { SettingsService } from './settings';
import { tableOr, type ReaderService } from './listFile';

/** [ours] MB: 10,000 machines with full notes. */
const largestFile = 20;

interface RegistryParts {
  readonly reader: Pick<ReaderService, 'read'>;
  readonly store: SettingsStore;
  readonly machines: () => readonly MachineRow[];
  readonly askPlace: (windowId: number, name: string) => Promise<string | null>;
  readonly askTable: (windowId: number) => Promise<string | null>;
  readonly changeMachines: (patches: ReadonlyMap<number, Partial<MachineConfig>>) => null;
}

type Patches = ReadonlyMap<number, Partial<MachineConfig>>;

type RegistryService = Service<'exportRegistry' | 'readRegistry' | 'takeRegistry'>;

export const registry = (
  base: Base,
  { reader, settings }: { readonly reader: ReaderService; readonly settings: SettingsService },
): RegistryService =>
  registryService({
    ...base,
    reader,
    machines: () => base.feed.rows('machines'),
    askPlace: base.ask.place,
    askTable: base.ask.table,
    changeMachines: settings.changeMachines,
  });

function registryService(parts: RegistryParts): RegistryService {
  const { store } = parts;
  /** The last previewed file, and the settings at that time. */
  let previewed: {
    readonly id: number;
    readonly file: string;
    readonly patches: Patches;
    readonly configs: unknown;
  } | null = null;
  let last = 0;
  return {
    live: {},
    requests: {
      exportRegistry: async ({ language }, { windowId }) => {
        const file = await parts.askPlace(windowId, 'crema machines.csv');
        if (file === null) return null;
        const { registryFile } = await import('../registry/writeRegistry');
        const numbers = new Set([...parts.machines().map(({ vmcNo }) => vmcNo), ...store.configs.keys()]);
        const machines = [...numbers]
          .toSorted((a, b) => a - b)
          .map((vmcNo) => [vmcNo, store.config(vmcNo)] as const);
        const text = registryFile(machines, language === 'zh-CN' ? 'zh' : 'en');
        try {
          await writeWholeFile(file, (write) => write(Buffer.from(text)), new AbortController().signal);
        } catch (error) {
          throw new Refusal('unwritable', { detail: messageOf(error) });
        }
        return { file: basename(file), machines: machines.length };
      },
      readRegistry: async (_args, { windowId }) => {
        const file = await parts.askTable(windowId);
        if (file === null) return null;
        const table = tableOr(await read(parts.reader, file), file);
        const heard = new Set(parts.machines().map(({ vmcNo }) => vmcNo));
        const plan = planOf(table, {
          isKnown: (vmcNo) => heard.has(vmcNo) || store.configs.has(vmcNo),
          config: (vmcNo) => store.config(vmcNo),
        });
        if (plan === null) throw new Refusal('registryNoNumber');
        const { patches, ...shown } = plan;
        previewed = { id: (last += 1), file: basename(file), patches, configs: configsOf(store, patches) };
        return { id: previewed.id, file: previewed.file, ...shown };
      },
      takeRegistry: ({ id }) => {
        const taken = previewed;
        // Changes that the user has not previewed are not applied.
        if (taken?.id !== id || configsOf(store, taken.patches) !== taken.configs)
          throw new Refusal('registryGone');
        previewed = null;
        parts.changeMachines(taken.patches);
        const changes = [...taken.patches].map(([vmcNo, patch]) => ({ vmcNo, patch }));
        return { machines: changes.length, file: taken.file, changes };
      },
    },
  };
}

/** The current settings of the machines that would change. */
const configsOf = (store: SettingsStore, patches: Patches): string =>
  JSON.stringify([...patches.keys()].map((vmcNo) => store.config(vmcNo)));

async function read(reader: RegistryParts['reader'], file: string): Promise<Table | Overfull | null> {
  try {
    if ((await stat(file)).size <= largestFile * 1e6)
      return await reader.read('table', { file, kind: 'registry' });
  } catch (error) {
    if (error instanceof TooMuch) throw new Refusal('fileTooMuch', { file: basename(file) });
    throw new Refusal('registryUnread', { detail: messageOf(error) });
  }
  throw new Refusal('registryTooBig', { max: largestFile });
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
