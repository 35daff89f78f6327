/** The contents that a person finds in Crema after its start, and the reports about lost parts. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { everyFrame } from '#shared/filter/frames';
import type { FramePage } from '#shared/model/frame';
import type { Crema } from './crema';
import { everyLine } from '../builders/rows';

/** Rows of everything, each as a text that names it. */
export type Found = ReadonlySet<string>;

const row = (kind: string, value: unknown): string => `${kind} ${JSON.stringify(value)}`;

/** Asked in parallel: one after the other would mostly wait. */
const all = <T, R>(values: readonly T[], ask: (value: T) => Promise<R>): Promise<readonly R[]> =>
  Promise.all(values.map(ask));

/** Includes contents that a person opens: frames, files and packages. */
export async function foundIn({ ask }: Crema, folder: string): Promise<Found> {
  const found: string[] = [];
  const note = (kind: string, values: readonly unknown[]): void => {
    for (const value of values) found.push(row(kind, value));
  };
  const limit = 500;
  const snapshot = await ask('snapshot', undefined);
  note('setting', Object.entries(snapshot.settings));
  note('machine settings', Object.entries(snapshot.configs));
  note('package', snapshot.packages);
  note('fetched file', snapshot.fetched);
  note('sequence', snapshot.sequences.all);
  note(
    'machine',
    snapshot.machines.map(({ vmcNo, name, platform, model }) => [vmcNo, name, platform, model]),
  );
  for (let before: number | null = null; ;) {
    const page: FramePage = await ask('frames', { filter: everyFrame, place: { before }, limit });
    for (const { bytes, ...detail } of await all(page.rows, ({ id }) => ask('frame', { id })))
      found.push(row('entry', { ...detail, bytes: Buffer.from(bytes).toString('latin1') }));
    if (page.next === null) break;
    before = page.next;
  }
  note('fault', await ask('faults', { vmcNo: null, activeOnly: false, before: null, limit }));
  note('order', await ask('orders', { vmcNo: null, before: null, limit }));
  note('command', await ask('commands', { vmcNo: null, before: null, limit }));
  const runs = await ask('runs', { before: null, limit });
  note('run', runs);
  for (const lines of await all(runs, ({ id }) => ask('runLines', { run: id }))) note('run line', lines);
  const acts = await ask('audit', { filter: everyLine, before: null, limit });
  note('act', acts.rows);
  for (const { id } of snapshot.fetched)
    found.push(row('content', [id, await ask('fetchedContent', { id }).catch(String)]));
  note('photo', files(join(folder, 'photos'), /\.jpg$/));
  note('package file', files(join(folder, 'packages'), /\.zip$/));
  return new Set(found);
}

/** Snapshot members for contents. All other members may report faults; they are compared without numbers, which differ between starts. */
const content: ReadonlySet<string> = new Set([
  'seq',
  'settings',
  'configs',
  'packages',
  'fetched',
  'sequences',
  'machines',
  'listeners',
  'transfers',
  'packageSpace',
  'network',
]);
const withoutNumbers = (text: string): string => text.replaceAll(/[0-9a-f]*\d[0-9a-f.:-]*/gi, '#');

/** Lines of the terminal and parts of the snapshot, to be compared with those of a sound start. */
export async function saidBy(crema: Crema): Promise<ReadonlySet<string>> {
  const snapshot = await crema.ask('snapshot', undefined);
  const parts = Object.entries(snapshot).filter(([name]) => !content.has(name));
  return new Set([
    ...parts.map(([name, value]) => withoutNumbers(row(name, value))),
    ...crema.text().split('\n').map(withoutNumbers),
  ]);
}

/** A row that reports its own damage. */
export const saysDamage = (text: string): boolean =>
  text.includes('"record.damaged"') ||
  /"fault":"(?:unreadable|changed|missing|rewritten|beyondEnd|endMissing)/.test(text) ||
  text.startsWith('content ["damaged"');

/** Files with a hash of their contents: only a person deletes them. */
function files(folder: string, wanted: RegExp): readonly unknown[] {
  let names: readonly string[];
  try {
    names = readdirSync(folder);
  } catch {
    return [];
  }
  return names
    .filter((name) => wanted.test(name))
    .map((name) => [
      name,
      createHash('sha256')
        .update(readFileSync(join(folder, name)))
        .digest('hex'),
    ]);
}
