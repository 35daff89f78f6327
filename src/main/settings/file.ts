/**
 * The settings file as it was found: every value that fits, and what does not. A file that can't be read, or not as a whole, is kept
 * beside as it was before anything is written.
 */
import { constants, copyFileSync, lstatSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import type { MachineConfig } from '#shared/model/machine';
import { machineSettingRows } from '#shared/model/machineSettings';
import { fromErrorNames } from '#shared/model/ownErrors';
import { readSettings, unfitKeys } from '#shared/model/settingRow';
import { firstSettings, settingRows, type Settings } from '#shared/model/settings';
import type { LostKey, LostSetting } from '#shared/model/settingsLoss';
import { nameAside, setAside } from '../files/setAside';

const windowSchema = z.object({
  x: z.int().optional(),
  y: z.int().optional(),
  width: z.int().min(400).max(20_000),
  height: z.int().min(300).max(20_000),
  maximized: z.boolean(),
});
export type WindowPlace = z.infer<typeof windowSchema>;

interface FileContent {
  readonly settings: Settings;
  /** There is no file yet. */
  readonly isNew?: boolean;
  /** What a newer Crema has stored among them. */
  readonly unknown: Readonly<Record<string, unknown>>;
  readonly machines: ReadonlyMap<number, MachineConfig>;
  readonly window: WindowPlace | null;
  /** Sealed verification codes by machine number. */
  readonly secrets: Readonly<Record<number, string>>;
}

type Parts = Readonly<Record<string, unknown>>;

export interface FoundFile {
  readonly content: FileContent;
  /** `null`: nothing of it could be read, for this reason. */
  readonly lost: readonly LostSetting[] | null;
  readonly detail: string;
  /** One line for each value that made no sense. */
  readonly problems: readonly string[];
}

export function readSettingsFile(file: string): FoundFile {
  let stored: Parts | null;
  try {
    stored = readParts(file);
  } catch (error) {
    return unreadable(error instanceof Error ? error.message : String(error));
  }
  return stored === null ? newFile() : foundIn(stored);
}

/** What stands in the file by its outermost names; `null`: there is none. @throws Error where it can't be read */
export function readParts(file: string): Parts | null {
  let stored: unknown;
  try {
    stored = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
  if (!isObject(stored)) throw new Error('it holds no settings');
  return stored;
}

/** Where it is kept then. @throws Error where that can't be written */
export function keepAside(file: string, isReadable: boolean): string {
  const now = Date.now();
  // Somebody has taken it away meanwhile.
  if (lstatSync(file, { throwIfNoEntry: false }) === undefined) return file;
  // Readable: what fits is written over it next.
  if (!isReadable) return setAside(file, { why: 'damaged', now });
  const copy = nameAside(file, { why: 'damaged', now });
  copyFileSync(file, copy, constants.COPYFILE_EXCL);
  return copy;
}

function newFile(): FoundFile {
  const found = foundIn({});
  return { ...found, content: { ...found.content, settings: firstSettings, isNew: true } };
}

const isObject = (value: unknown): value is Parts =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function unreadable(detail: string): FoundFile {
  return { ...foundIn({}), lost: null, detail, problems: [`the file can't be read (${detail})`] };
}

function foundIn(found: Parts): FoundFile {
  const stored = carriedOver(found);
  const lost: LostSetting[] = [];
  const lose = (machine: string | null, keys: readonly string[]): void => {
    for (const key of keys) lost.push({ machine, key: key as LostKey });
  };
  const read = readSettings(settingRows, stored['settings']);
  lose(null, unfitKeys(settingRows, stored['settings']));
  const problems = [...read.problems];
  const partOf = (name: 'machines' | 'secrets', key: LostKey): Readonly<Record<string, unknown>> => {
    const part = stored[name] ?? {};
    if (isObject(part)) return part;
    lose(null, [key]);
    problems.push(`${name} are not what they should be; none is used`);
    return {};
  };
  const machines = new Map<number, MachineConfig>();
  for (const [number, config] of Object.entries(partOf('machines', 'machines'))) {
    const machine = readSettings(machineSettingRows, config);
    problems.push(...machine.problems.map((problem) => `machine ${number}: ${problem}`));
    if (!isNumber(number) || !isObject(config)) lose(number, ['all']);
    else lose(number, unfitKeys(machineSettingRows, config));
    if (isNumber(number)) machines.set(Number(number), machine.values);
  }
  const secrets: Record<number, string> = {};
  for (const [number, sealed] of Object.entries(partOf('secrets', 'codes'))) {
    if (isNumber(number) && typeof sealed === 'string') secrets[Number(number)] = sealed;
    else {
      lose(number, ['code']);
      problems.push(`machine ${number}: its verification code can't be read`);
    }
  }
  const window = windowSchema.safeParse(stored['window']);
  if (!window.success && stored['window'] != null) {
    lose(null, ['window']);
    problems.push('the place of the window makes no sense; the usual one is used');
  }
  const all = stored['settings'];
  const unknown = Object.fromEntries(
    Object.entries(isObject(all) ? all : {}).filter(([key]) => !Object.hasOwn(settingRows, key)),
  );
  const content = { settings: read.values, unknown, machines, window: window.data ?? null, secrets };
  return { content, lost, detail: '', problems };
}

const errorNames = z.record(z.string().min(1).max(64), z.string().trim().min(1));

/** Names that an earlier Crema kept of error codes are entries of the workshop's own catalogue now. */
function carriedOver(stored: Parts): Parts {
  const { settings } = stored;
  if (!isObject(settings) || !Object.hasOwn(settings, 'errorNames')) return stored;
  const { errorNames: names, ...others } = settings;
  const read = errorNames.safeParse(names);
  if (Object.hasOwn(others, 'ownErrors')) return { ...stored, settings: others };
  // What is not read is told of as lost.
  const ownErrors = read.success ? fromErrorNames(read.data) : names;
  return { ...stored, settings: { ...others, ownErrors } };
}

const isNumber = (text: string): boolean => /^\d{1,16}$/.test(text) && Number.isSafeInteger(Number(text));
