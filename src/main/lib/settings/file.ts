/** The settings file as read: valid values, values of the copy in place of damaged ones, and lost values. */
import { z } from 'zod';
import type { MachineConfig } from '#shared/model/machine';
import { machineSettingRows } from '#shared/model/machineSettings';
import { fromErrorNames } from '#shared/model/ownErrors';
import { readSettings, unfitKeys } from '#shared/model/settingRow';
import { firstSettings, settingRows, type Settings } from '#shared/model/settings';
import type { LostKey, LostSetting } from '#shared/model/settingsLoss';
import { isParts, readKept, type KeptFile, type KeptState, type Parts } from '../files/keptFile';
import { mend, type Mended, windowSchema, type WindowPlace } from './mend';

interface FileContent {
  readonly settings: Settings;
  /** Settings of a newer version. */
  readonly unknown: Readonly<Record<string, unknown>>;
  readonly machines: ReadonlyMap<number, MachineConfig>;
  readonly window: WindowPlace | null;
  /** Sealed verification codes by machine number. */
  readonly secrets: Readonly<Record<number, string>>;
}

export interface FoundFile extends Omit<Mended, 'parts'>, Pick<KeptFile, 'detail' | 'isReadable' | 'isSafe'> {
  readonly state: KeptState;
  /** The whole content, including members that this version does not know. */
  readonly parts: Parts;
  readonly content: FileContent;
  /** `null`: nothing was readable, for the reason in `detail`. */
  readonly lost: readonly LostSetting[] | null;
  /** One line for each invalid value. */
  readonly problems: readonly string[];
}

/** Changes nothing on disk. */
export function readSettingsFile(file: string): FoundFile {
  const kept = readKept(file);
  const { state, detail, isReadable, isSafe } = kept;
  if (kept.parts === null) {
    const found = foundIn({});
    const nothing = { state, detail, isReadable, isSafe, parts: {}, fromCopy: [], unsure: [] };
    return state === 'none'
      ? { ...nothing, ...found, content: { ...found.content, settings: firstSettings } }
      : { ...nothing, ...found, lost: null, problems: [`the file can't be read (${detail})`] };
  }
  const { parts, fromCopy, unsure } = mend({
    ...kept,
    parts: carriedOver(kept.parts),
    other: kept.other === null ? null : carriedOver(kept.other),
  });
  const found = foundIn(parts);
  const gone = kept.isCut ? goneFrom(parts) : [];
  return {
    ...found,
    state,
    detail,
    isReadable,
    isSafe,
    parts,
    fromCopy,
    unsure,
    lost: [...found.lost, ...gone],
    problems: [...damageLines({ state, fromCopy, unsure }), ...found.problems],
  };
}

function damageLines({
  state,
  fromCopy,
  unsure,
}: Pick<FoundFile, 'state' | 'fromCopy' | 'unsure'>): string[] {
  const named = (lost: readonly LostSetting[]): string =>
    lost.map(({ machine, key }) => (machine === null ? key : `${key} of machine ${machine}`)).join(', ');
  return [
    ...(state === 'fromCopy' ? ['the file was damaged; its copy is used'] : []),
    ...(state === 'damaged' ? ['the file was damaged, and no copy proves what it was'] : []),
    ...(fromCopy !== null && fromCopy.length > 0 ? [`as in the copy: ${named(fromCopy)}`] : []),
    ...(unsure.length > 0 ? [`otherwise in the copy: ${named(unsure)}`] : []),
  ];
}

/** Crema stores every value, so a value missing in a damaged file was lost. */
function goneFrom({ settings, machines, secrets, window }: Parts): readonly LostSetting[] {
  const missing = (machine: string | null, rows: object, stored: unknown): readonly LostSetting[] =>
    isParts(stored)
      ? Object.keys(rows)
          .filter((key) => !Object.hasOwn(stored, key))
          .map((key) => ({ machine, key: key as LostKey }))
      : [];
  return [
    ...missing(null, settingRows, settings ?? {}),
    ...Object.entries(isParts(machines) ? machines : {}).flatMap(([number, config]) =>
      missing(number, machineSettingRows, config),
    ),
    ...(machines === undefined ? [{ machine: null, key: 'machines' } as const] : []),
    ...(secrets === undefined ? [{ machine: null, key: 'codes' } as const] : []),
    ...(window === undefined ? [{ machine: null, key: 'window' } as const] : []),
  ];
}

function foundIn(stored: Parts): {
  readonly content: FileContent;
  readonly lost: readonly LostSetting[];
  readonly problems: readonly string[];
} {
  const lost: LostSetting[] = [];
  const lose = (machine: string | null, keys: readonly string[]): void => {
    for (const key of keys) lost.push({ machine, key: key as LostKey });
  };
  const read = readSettings(settingRows, stored['settings']);
  lose(null, unfitKeys(settingRows, stored['settings']));
  const problems = [...read.problems];
  const partOf = (name: 'machines' | 'secrets', key: LostKey): Readonly<Record<string, unknown>> => {
    const part = stored[name] ?? {};
    if (isParts(part)) return part;
    lose(null, [key]);
    problems.push(`${name} are not what they should be; none is used`);
    return {};
  };
  const machines = new Map<number, MachineConfig>();
  for (const [number, config] of Object.entries(partOf('machines', 'machines'))) {
    const machine = readSettings(machineSettingRows, config);
    problems.push(...machine.problems.map((problem) => `machine ${number}: ${problem}`));
    if (!isNumber(number) || !isParts(config)) lose(number, ['all']);
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
    Object.entries(isParts(all) ? all : {}).filter(([key]) => !Object.hasOwn(settingRows, key)),
  );
  const content = { settings: read.values, unknown, machines, window: window.data ?? null, secrets };
  return { content, lost, problems };
}

const errorNames = z.record(z.string().min(1).max(64), z.string().trim().min(1));

/** Moves error names of an earlier version to the user's own catalogue of errors. */
function carriedOver(stored: Parts): Parts {
  const { settings } = stored;
  if (!isParts(settings) || !Object.hasOwn(settings, 'errorNames')) return stored;
  const { errorNames: names, ...others } = settings;
  const read = errorNames.safeParse(names);
  if (Object.hasOwn(others, 'ownErrors')) return { ...stored, settings: others };
  // Unreadable names are reported as lost.
  const ownErrors = read.success ? fromErrorNames(read.data) : names;
  return { ...stored, settings: { ...others, ownErrors } };
}

const isNumber = (text: string): boolean => /^\d{1,16}$/.test(text) && Number.isSafeInteger(Number(text));
