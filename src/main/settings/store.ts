/** Settings on disk: one JSON file in the data directory. A value that does not fit its row falls back to the default, key by key. */
import { join } from 'node:path';
import { writeFileSync } from 'atomically';
import type { CodeStored } from '#shared/contract/detail';
import { defaultMachineConfig, type MachineConfig } from '#shared/model/machine';
import type { Settings } from '#shared/model/settings';
import type { SettingsLoss } from '#shared/model/settingsLoss';
import { keepAside, readParts, readSettingsFile, type FoundFile, type WindowPlace } from './file';

interface File {
  settings: Settings & Readonly<Record<string, unknown>>;
  machines: Readonly<Record<string, MachineConfig>>;
  window: WindowPlace | null;
  secrets: Readonly<Record<string, string>>;
}

/** The operating system's key store, as the app hands it in. */
export interface KeyStore {
  readonly available: () => boolean;
  readonly encrypt: (text: string) => string;
  /** Throws when the text was encrypted elsewhere. */
  readonly decrypt: (text: string) => string;
}

export class SettingsStore {
  readonly #directory: string;
  readonly #found: FoundFile;
  readonly #keyStore: KeyStore;
  /** Codes on a computer without a key store, and decrypted ones: never written as they are. `null`: taken away. */
  readonly #codes = new Map<number, string | null>();
  readonly #configs: Map<number, MachineConfig>;
  #settings: Settings;
  #window: WindowPlace | null;
  #secrets: Readonly<Record<number, string>>;
  #loss: SettingsLoss | null = null;
  #isNew: boolean;

  constructor(directory: string, keyStore: KeyStore) {
    this.#directory = directory;
    this.#keyStore = keyStore;
    this.#found = this.#tried(readSettingsFile(this.#file));
    const { content, lost, detail } = this.#found;
    this.#settings = content.settings;
    this.#configs = new Map(content.machines);
    this.#window = content.window;
    this.#secrets = content.secrets;
    this.#isNew = content.isNew === true;
    if (lost === null || lost.length > 0) {
      this.#loss = { lost, detail, copy: null, refused: '' };
      this.#keepAside();
    }
  }

  /** Each code is opened once: one that was sealed by another user or computer is lost here. */
  #tried(found: FoundFile): FoundFile {
    if (!this.#keyStore.available()) return found;
    const secrets: Record<number, string> = {};
    const unopened: string[] = [];
    for (const [machine, sealed] of Object.entries(found.content.secrets)) {
      try {
        this.#codes.set(Number(machine), this.#keyStore.decrypt(sealed));
        secrets[Number(machine)] = sealed;
      } catch {
        unopened.push(machine);
      }
    }
    if (unopened.length === 0) return found;
    return {
      content: { ...found.content, secrets },
      lost: [...(found.lost ?? []), ...unopened.map((machine) => ({ machine, key: 'code' }) as const)],
      detail: found.detail,
      problems: [
        ...found.problems,
        ...unopened.map(
          (machine) => `machine ${machine}: its verification code can't be opened on this computer`,
        ),
      ],
    };
  }

  get #file(): string {
    return join(this.#directory, 'settings.json');
  }

  /** What could not be read at the start; `null`: nothing was lost. */
  get loss(): SettingsLoss | null {
    return this.#loss;
  }

  /** Lines for the terminal: stored values that made no sense, and where the file is kept that held them. */
  get problems(): readonly string[] {
    if (this.#loss === null) return [];
    const { copy, refused } = this.#loss;
    const kept =
      copy === null
        ? `the file is not written over until it can be kept (${refused})`
        : `the file is kept as it was: ${copy}`;
    return [...this.#found.problems, kept];
  }

  get settings(): Settings {
    return this.#settings;
  }

  /** What is changed holds in any case; why it can't be kept beyond this run, or `null`. So do the others below. */
  change(patch: Partial<Settings>): string | null {
    this.#settings = { ...this.#settings, ...patch };
    return this.#keep('settings', this.#allSettings);
  }

  get #allSettings(): File['settings'] {
    return { ...this.#found.content.unknown, ...this.#settings };
  }

  get configs(): ReadonlyMap<number, MachineConfig> {
    return this.#configs;
  }

  config(vmcNo: number | null): MachineConfig {
    return (vmcNo === null ? undefined : this.#configs.get(vmcNo)) ?? defaultMachineConfig;
  }

  /** Written once for all of them. */
  changeMachines(patches: ReadonlyMap<number, Partial<MachineConfig>>): string | null {
    for (const [vmcNo, patch] of patches) this.#configs.set(vmcNo, { ...this.config(vmcNo), ...patch });
    return this.#keep('machines', Object.fromEntries(this.#configs));
  }

  get window(): WindowPlace | null {
    return this.#window;
  }

  set window(place: WindowPlace | null) {
    this.#window = place;
    // Where it can't be kept, the next run opens its window at the last place that could.
    this.#keep('window', place);
  }

  /** The machine's verification code. Only the main process ever sees it. */
  code(vmcNo: number): string | null {
    const known = this.#codes.get(vmcNo);
    if (known !== undefined) return known;
    const sealed = this.#secrets[vmcNo];
    if (sealed === undefined || !this.#keyStore.available()) return null;
    try {
      const code = this.#keyStore.decrypt(sealed);
      this.#codes.set(vmcNo, code);
      return code;
    } catch {
      // The key store was not there at the start, and it was sealed by another user or computer: as good as not stored.
      return null;
    }
  }

  /** All that are stored and can be read. */
  codes(): ReadonlyMap<number, string> {
    const numbers = new Set([...Object.keys(this.#secrets).map(Number), ...this.#codes.keys()]);
    return new Map(
      [...numbers].flatMap((vmcNo) => {
        const code = this.code(vmcNo);
        return code === null ? [] : [[vmcNo, code] as const];
      }),
    );
  }

  setCode(vmcNo: number, code: string | null): string | null {
    const { [vmcNo]: _old, ...others } = this.#secrets;
    this.#codes.set(vmcNo, code);
    const sealed =
      code !== null && this.#keyStore.available() ? { [vmcNo]: this.#keyStore.encrypt(code) } : {};
    this.#secrets = { ...others, ...sealed };
    return this.#keep('secrets', this.#secrets);
  }

  /** Where those are that can be read. */
  codesStored(): Readonly<Record<number, CodeStored>> {
    return Object.fromEntries(
      [...this.codes().keys()].map((vmcNo) => [
        vmcNo,
        this.#secrets[vmcNo] === undefined ? 'memory' : 'keyStore',
      ]),
    );
  }

  #keep<K extends keyof File>(key: K, value: File[K]): string | null {
    if (this.#loss?.copy === null && !this.#keepAside()) return this.#loss.refused;
    try {
      this.#write({ ...this.#unwritten, [key]: value });
      this.#isNew = false;
      return null;
    } catch (error) {
      return messageOf(error);
    }
  }

  /** Settings of a new folder differ from those that a folder of an earlier Crema has: they are stored with whatever is first. */
  get #unwritten(): Partial<File> {
    return this.#isNew ? { settings: this.#allSettings } : {};
  }

  /** What could not be read is kept beside, and what could is written in its place. False: the disk refuses. */
  #keepAside(): boolean {
    const { lost, detail } = this.#found;
    let copy: string | null = null;
    let refused = '';
    try {
      copy = keepAside(this.#file, lost !== null);
      this.#write({
        settings: this.#allSettings,
        machines: Object.fromEntries(this.#configs),
        window: this.#window,
        secrets: this.#secrets,
      });
    } catch (error) {
      refused = messageOf(error);
    }
    this.#loss = { lost, detail, copy, refused };
    return copy !== null;
  }

  /** As a whole or not at all; what else stands in the file stays. @throws Error where it can't be read or written */
  #write(parts: Partial<File>): void {
    writeFileSync(this.#file, JSON.stringify({ ...readParts(this.#file), ...parts }, null, '\t'));
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
