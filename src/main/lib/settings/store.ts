/**
 * Settings on disk: one JSON file in the data directory. Each value that
 * does not fit its row falls back to its default.
 */
import { join } from 'node:path';
import { defaultMachineConfig, type MachineConfig } from '#shared/model/machine';
import type { Settings } from '#shared/model/settings';
import type { SettingsLoss } from '#shared/model/settingsLoss';
import { readKept, type Parts } from '../files/keptFile';
import { clearUnfinished, keepDamaged, mendKept, writeKept } from '../files/writeKept';
import { readSettingsFile, type FoundFile } from './file';
import type { OpenSettingsFile, SettingsFile } from './settingsFile';
import type { WindowPlace } from './mend';
import type { CodeStored } from '#shared/contract/detail';

interface File {
  settings: Settings & Readonly<Record<string, unknown>>;
  machines: Readonly<Record<string, MachineConfig>>;
  window: WindowPlace | null;
  secrets: Readonly<Record<string, string>>;
}

/** The key store of the operating system, provided by the app. */
export interface KeyStore {
  readonly available: () => boolean;
  readonly encrypt: (text: string) => string;
  /** Throws if the text was encrypted on another computer or by another user. */
  readonly decrypt: (text: string) => string;
}

export class SettingsStore {
  readonly #directory: string;
  readonly #found: FoundFile;
  readonly #keyStore: KeyStore;
  readonly #open: OpenSettingsFile;
  /** Opened for the first write, when a damaged file is out of the way. */
  #opened: SettingsFile | null = null;
  /** Decrypted codes, and all codes on a computer without a key store. Never written in clear. `null`: deleted. */
  readonly #codes = new Map<number, string | null>();
  readonly #configs: Map<number, MachineConfig>;
  #settings: Settings;
  #window: WindowPlace | null;
  #secrets: Readonly<Record<number, string>>;
  #loss: SettingsLoss | null = null;

  constructor(directory: string, keyStore: KeyStore, open: OpenSettingsFile) {
    this.#directory = directory;
    this.#keyStore = keyStore;
    this.#open = open;
    clearUnfinished(this.#file);
    this.#found = this.#tried(readSettingsFile(this.#file));
    const { content, lost, fromCopy, state, isSafe, parts } = this.#found;
    this.#settings = content.settings;
    this.#configs = new Map(content.machines);
    this.#window = content.window;
    this.#secrets = content.secrets;
    const isWhole = lost?.length === 0 && fromCopy?.length === 0;
    if (!isWhole || state === 'fromCopy' || state === 'damaged') this.#keepAside();
    // Files of an earlier version have no copy, and a copy can be damaged too.
    else if (state === 'sound' && !isSafe) mendKept(this.#file, parts, null, this.#store);
  }

  /** Decrypts each code. A code sealed by another user or computer is lost. */
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
      ...found,
      content: { ...found.content, secrets },
      lost: [...(found.lost ?? []), ...unopened.map((machine) => ({ machine, key: 'code' }) as const)],
      problems: [
        ...found.problems,
        ...unopened.map(
          (machine) => `machine ${machine}: its verification code can't be opened on this computer`,
        ),
      ],
    };
  }

  /** @throws Error if the disk rejects the write */
  readonly #store = (content: Parts): void => {
    this.#opened ??= this.#open(this.#directory);
    this.#opened.store = content;
  };

  get #file(): string {
    return join(this.#directory, 'settings.json');
  }

  /** The damage found; `null`: none. */
  get loss(): SettingsLoss | null {
    return this.#loss;
  }

  /** Lines for the terminal: invalid values, and the path of the damaged file. */
  get problems(): readonly string[] {
    if (this.#loss === null) return [];
    const { copy, refused } = this.#loss;
    const kept =
      copy === null
        ? `the file is not written over until it can be kept (${refused})`
        : copy === ''
          ? 'the file was gone'
          : `the file is kept as it was: ${copy}`;
    return [...this.#found.problems, kept];
  }

  get settings(): Settings {
    return this.#settings;
  }

  /** The change applies in any case. Returns why it was not stored, or `null`. The setters below do the same. */
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

  /** One write for all machines. */
  changeMachines(patches: ReadonlyMap<number, Partial<MachineConfig>>): string | null {
    for (const [vmcNo, patch] of patches) this.#configs.set(vmcNo, { ...this.config(vmcNo), ...patch });
    return this.#keep('machines', Object.fromEntries(this.#configs));
  }

  get window(): WindowPlace | null {
    return this.#window;
  }

  set window(place: WindowPlace | null) {
    this.#window = place;
    // If this fails, the window opens at the last stored place next time.
    this.#keep('window', place);
  }

  /** The machine's verification code. It never leaves the main process. */
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
      // The key store was missing at the start, and the code was sealed by
      // another user or computer. It counts as not stored.
      return null;
    }
  }

  /** All stored codes that are readable. */
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

  /** The storage of each readable code. */
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
      this.#write({ [key]: value });
      return null;
    } catch (error) {
      return messageOf(error);
    }
  }

  /**
   * Keeps a damaged file under a dated name and writes the known values in
   * its place. Returns false if the disk rejects this.
   */
  #keepAside(): boolean {
    const { lost, fromCopy, unsure, state, detail, isReadable, parts } = this.#found;
    let copy: string | null = null;
    let refused = '';
    try {
      copy = keepDamaged(this.#file, isReadable, Date.now()) ?? '';
      writeKept(this.#file, { ...parts, ...this.#all }, this.#store);
    } catch (error) {
      refused = messageOf(error);
    }
    const isUnproven = state === 'damaged' && lost !== null;
    this.#loss = { lost, fromCopy, unsure, isUnproven, detail, copy, refused };
    return copy !== null;
  }

  get #all(): File {
    return {
      settings: this.#allSettings,
      machines: Object.fromEntries(this.#configs),
      window: this.#window,
      secrets: this.#secrets,
    };
  }

  /**
   * Other members of the file stay. A file damaged since the start is kept under a
   * dated name. @throws Error if the disk rejects the write
   */
  #write(changed: Partial<File>): void {
    const { state, parts, detail, isReadable } = readKept(this.#file);
    if (state === 'sound') return writeKept(this.#file, { ...parts, ...changed }, this.#store);
    const copy = keepDamaged(this.#file, isReadable, Date.now());
    writeKept(this.#file, { ...this.#found.parts, ...this.#all }, this.#store);
    if (copy !== null)
      this.#loss = { lost: [], fromCopy: [], unsure: [], isUnproven: false, detail, copy, refused: '' };
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
