/** Settings on disk: one JSON file in the data directory. A value that does not fit its row falls back to the default, key by key. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Conf from 'conf';
import { z } from 'zod';
import { defaultMachineConfig, type MachineConfig } from '#shared/model/machine';
import { machineSettingRows } from '#shared/model/machineSettings';
import { readSettings } from '#shared/model/settingRow';
import { settingRows, type Settings } from '#shared/model/settings';
import { setAside } from '../files/setAside';

const windowSchema = z.object({
  x: z.int().optional(),
  y: z.int().optional(),
  width: z.int().min(400).max(20_000),
  height: z.int().min(300).max(20_000),
  maximized: z.boolean(),
});
export type WindowPlace = z.infer<typeof windowSchema>;

interface File {
  settings: unknown;
  machines: Record<string, unknown>;
  window: unknown;
  secrets: Record<string, string>;
}

/** The operating system's key store, as the app hands it in. */
export interface KeyStore {
  readonly available: () => boolean;
  readonly encrypt: (text: string) => string;
  /** Throws when the text was encrypted elsewhere. */
  readonly decrypt: (text: string) => string;
}

export class SettingsStore {
  readonly #store: Conf<File>;
  readonly #keyStore: KeyStore;
  /** Codes on a computer without a key store, and decrypted ones: never written as they are. `null`: taken away. */
  readonly #codes = new Map<number, string | null>();
  readonly #configs = new Map<number, MachineConfig>();
  #settings: Settings;
  /** Where a damaged settings file was put, if one was found. */
  readonly damagedCopy: string | null;
  /** One line for each stored value that made no sense; the default is used instead. */
  readonly problems: readonly string[];

  constructor(directory: string, keyStore: KeyStore) {
    this.#keyStore = keyStore;
    const opened = open(directory);
    this.#store = opened.store;
    this.damagedCopy = opened.damagedCopy;
    const stored = readSettings(settingRows, this.#store.get('settings'));
    this.#settings = stored.values;
    const problems = [...stored.problems];
    for (const [vmcNo, config] of Object.entries(this.#store.get('machines', {}))) {
      const read = readSettings(machineSettingRows, config);
      this.#configs.set(Number(vmcNo), read.values);
      problems.push(...read.problems.map((problem) => `machine ${vmcNo}: ${problem}`));
    }
    this.problems = problems;
  }

  get settings(): Settings {
    return this.#settings;
  }

  /** What is changed holds in any case; why it can't be kept beyond this run, or `null`. So do the others below. */
  change(patch: Partial<Settings>): string | null {
    this.#settings = { ...this.#settings, ...patch };
    return this.#keep('settings', this.#settings);
  }

  get configs(): ReadonlyMap<number, MachineConfig> {
    return this.#configs;
  }

  config(vmcNo: number | null): MachineConfig {
    return (vmcNo === null ? undefined : this.#configs.get(vmcNo)) ?? defaultMachineConfig;
  }

  changeMachine(vmcNo: number, patch: Partial<MachineConfig>): string | null {
    this.#configs.set(vmcNo, { ...this.config(vmcNo), ...patch });
    return this.#keep('machines', Object.fromEntries(this.#configs));
  }

  get window(): WindowPlace | null {
    const parsed = windowSchema.safeParse(this.#store.get('window'));
    return parsed.success ? parsed.data : null;
  }

  set window(place: WindowPlace | null) {
    // One that can't be kept: the next window opens where the last one did that could.
    this.#keep('window', place);
  }

  /** The machine's verification code. Only the main process ever sees it. */
  code(vmcNo: number): string | null {
    const known = this.#codes.get(vmcNo);
    if (known !== undefined) return known;
    const sealed = this.#secrets()[vmcNo];
    if (sealed === undefined || !this.#keyStore.available()) return null;
    try {
      const code = this.#keyStore.decrypt(sealed);
      this.#codes.set(vmcNo, code);
      return code;
    } catch {
      // Sealed by another user or computer: as good as not stored; the window says "none" and the person types it again.
      return null;
    }
  }

  /** All that are stored and can be read. */
  codes(): ReadonlyMap<number, string> {
    const numbers = new Set([...Object.keys(this.#secrets()).map(Number), ...this.#codes.keys()]);
    return new Map(
      [...numbers].flatMap((vmcNo) => {
        const code = this.code(vmcNo);
        return code === null ? [] : [[vmcNo, code] as const];
      }),
    );
  }

  setCode(vmcNo: number, code: string | null): string | null {
    const { [vmcNo]: _old, ...others } = this.#secrets();
    this.#codes.set(vmcNo, code);
    const sealed =
      code !== null && this.#keyStore.available() ? { [vmcNo]: this.#keyStore.encrypt(code) } : {};
    return this.#keep('secrets', { ...others, ...sealed });
  }

  codeStored(vmcNo: number): 'none' | 'keyStore' | 'memory' {
    if (this.code(vmcNo) === null) return 'none';
    return this.#secrets()[vmcNo] === undefined ? 'memory' : 'keyStore';
  }

  #keep<K extends keyof File>(key: K, value: File[K]): string | null {
    try {
      this.#store.set(key, value);
      return null;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  #secrets(): Record<number, string> {
    return this.#store.get('secrets', {});
  }
}

function open(directory: string): { store: Conf<File>; damagedCopy: string | null } {
  const create = (): Conf<File> => new Conf<File>({ cwd: directory, configName: 'settings' });
  try {
    return { store: create(), damagedCopy: null };
  } catch (error) {
    const file = join(directory, 'settings.json');
    if (!(error instanceof SyntaxError) || !existsSync(file)) throw error;
    const damagedCopy = setAside(file, { why: 'damaged', now: Date.now() });
    return { store: create(), damagedCopy };
  }
}
