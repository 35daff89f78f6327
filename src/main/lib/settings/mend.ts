/** Repairs settings value by value: a value of the copy replaces a damaged one. */
import { machineSettingRows } from '#shared/model/machineSettings';
import { settingRows } from '#shared/model/settings';
import type { LostKey, LostSetting } from '#shared/model/settingsLoss';
import type { SettingRow, SettingRows } from '#shared/model/settingRow';
import { isParts, type KeptFile, type Parts } from '../files/keptFile';
import { z } from 'zod';

export interface Mended {
  readonly parts: Parts;
  /** Values taken from the copy because the file's own were damaged; `null`: all. */
  readonly fromCopy: readonly LostSetting[] | null;
  /** The copy has another value, and neither is proven. */
  readonly unsure: readonly LostSetting[];
}

/** A value and its path. */
interface Leaf extends LostSetting {
  readonly path: readonly string[];
  readonly value: unknown;
  readonly fits: boolean;
}

export function mend({ state, parts: own, other }: Pick<KeptFile, 'state' | 'parts' | 'other'>): Mended {
  let parts = own ?? {};
  const fromCopy: LostSetting[] = [];
  const unsure: LostSetting[] = [];
  const settingOf = ({ machine, key }: Leaf): LostSetting => ({ machine, key });
  if (other === null) return { parts, fromCopy: state === 'fromCopy' ? null : [], unsure };
  const ours = leavesOf(parts);
  const others = leavesOf(other);
  if (state === 'fromCopy') {
    for (const [id, leaf] of ours) if (!isSame(leaf, others.get(id))) fromCopy.push(settingOf(leaf));
    return { parts, fromCopy, unsure };
  }
  for (const [id, leaf] of others) {
    if (!leaf.fits) continue;
    const mine = ours.get(id);
    // A value missing in a sound file was removed on purpose.
    const isDamaged = mine === undefined ? state === 'damaged' || !hasPlace(parts, leaf.path) : !mine.fits;
    if (isDamaged) {
      parts = put(parts, leaf.path, leaf.value);
      fromCopy.push(settingOf(leaf));
    } else if (state === 'damaged' && !isSame(leaf, mine)) unsure.push(settingOf(leaf));
  }
  return { parts, fromCopy, unsure };
}

const isSame = (a: Leaf, b: Leaf | undefined): boolean =>
  b !== undefined && JSON.stringify(a.value) === JSON.stringify(b.value);

function leavesOf({ settings, machines, secrets, window }: Parts): ReadonlyMap<string, Leaf> {
  const leaves: Leaf[] = [];
  const add = (leaf: Leaf): void => void leaves.push(leaf);
  const ofRows = (
    stored: unknown,
    rows: SettingRows,
    at: { readonly machine: string | null; readonly path: readonly string[] },
  ): void => {
    if (!isParts(stored)) return;
    for (const [key, value] of Object.entries(stored)) {
      const row: SettingRow | undefined = Object.hasOwn(rows, key) ? rows[key] : undefined;
      if (row === undefined) continue;
      const fits = row.schema.safeParse(value).success;
      add({ machine: at.machine, key: key as LostKey, path: [...at.path, key], value, fits });
    }
  };
  ofRows(settings, settingRows, { machine: null, path: ['settings'] });
  for (const [machine, config] of entriesOf(machines))
    ofRows(config, machineSettingRows, { machine, path: ['machines', machine] });
  for (const [machine, value] of entriesOf(secrets))
    add({ machine, key: 'code', path: ['secrets', machine], value, fits: typeof value === 'string' });
  if (window !== undefined) {
    const fits = window === null || windowSchema.safeParse(window).success;
    add({ machine: null, key: 'window', path: ['window'], value: window, fits });
  }
  return new Map(leaves.map((leaf) => [leaf.path.join('\n'), leaf]));
}

const entriesOf = (part: unknown): readonly (readonly [string, unknown])[] =>
  isParts(part) ? Object.entries(part) : [];

/** The parent exists or was never stored, so that only the value itself is missing. */
function hasPlace(parts: Parts, [first, ...rest]: readonly string[]): boolean {
  if (first === undefined || rest.length === 0) return true;
  const inner = parts[first];
  return inner === undefined || (isParts(inner) && hasPlace(inner, rest));
}

function put(parts: Parts, [first, ...rest]: readonly string[], value: unknown): Parts {
  if (first === undefined) return parts;
  const inner = parts[first];
  return { ...parts, [first]: rest.length === 0 ? value : put(isParts(inner) ? inner : {}, rest, value) };
}

/** The stored place of the window. */
export const windowSchema = z.object({
  x: z.int().optional(),
  y: z.int().optional(),
  width: z.int().min(400).max(20_000),
  height: z.int().min(300).max(20_000),
  maximized: z.boolean(),
});
export type WindowPlace = z.infer<typeof windowSchema>;
