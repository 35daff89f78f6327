/** Collects all files of a support file except the frames. */
import { readdir, readFile, stat, statfs } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import { checkNames, doctorSentence, type DoctorResult } from '#shared/doctor';
import type { SupportKind } from '#shared/model/support';
import { crashIdForm } from '#shared/model/crash';
import { visible, visibleJson } from '#shared/visible';
import { examine } from '../doctor/checks';
import { schemaVersion } from '../../journal/embed';
import { cleared } from '../../core/masking/cleared';
import type { PrivateTexts } from '../../core/masking/privateTexts';
import type { Collected, CollectRequest, Staged } from './calls';
import { knownTexts, mapTexts } from './knownTexts';
import { forManifest, stagedOf, stagePiece } from './stage';

/** Crash notes included, newest first. */
const notesTaken = 5;
const day = 86_400_000;

type Progress = (progress: { readonly done: number; readonly total: number }) => void;

/** A candidate file. Its content is created when its turn comes. */
interface Wish {
  readonly kind: SupportKind;
  readonly name: string;
  readonly content: () => string | Promise<string>;
}

export async function collect(
  request: CollectRequest,
  signal: AbortSignal,
  onProgress: Progress,
): Promise<Collected> {
  const { stage, limit, facts } = request;
  const texts = textsOf(request);
  const json = (value: unknown): string => jsonOf(cleanedValue(value, texts));
  const doctor = await examined(request, signal, onProgress);
  // The most important files come first, because the space is limited.
  const wishes: readonly Wish[] = [
    {
      kind: 'versions',
      name: 'versions.json',
      content: () => json(versions(facts.versions)),
    },
    { kind: 'settings', name: 'settings.json', content: () => json(facts.settings) },
    { kind: 'network', name: 'network.json', content: () => json(facts.network) },
    { kind: 'doctor', name: 'doctor.json', content: () => json(withSentences(doctor, request)) },
    { kind: 'journal', name: 'journal.json', content: () => json(journal(request, doctor)) },
    { kind: 'disk', name: 'disk.json', content: async () => json(await disk(request.computer.folder)) },
    ...(await crashWishes(request, texts)),
    ...(await logWishes(request, texts)),
  ];
  const files: Staged[] = [];
  const leftOut: Wish[] = [];
  let room = limit - forManifest;
  for (const wish of wishes) {
    signal.throwIfAborted();
    const staged = stagedOf(wish.kind, wish.name, [await stagePiece(stage, await contentOf(wish))]);
    if (staged.packed > room) leftOut.push(wish);
    else {
      files.push(staged);
      room -= staged.packed;
    }
    onProgress({
      done: checkNames.length + files.length + leftOut.length,
      total: checkNames.length + wishes.length,
    });
  }
  return { files, leftOut: leftOut.map(({ kind, name }) => ({ kind, name })) };
}

/** An unreadable file must not prevent the others. */
async function contentOf({ content }: Wish): Promise<string> {
  try {
    return await content();
  } catch (error) {
    return jsonOf({ notRead: messageOf(error) });
  }
}

/** Replaces private texts in every string of a JSON value, names included. */
const cleanedValue = (value: unknown, texts: PrivateTexts): unknown =>
  mapTexts(value, (text) => texts.cleaned(text));

function textsOf(request: CollectRequest): PrivateTexts {
  const db = opened(request.journal);
  try {
    return knownTexts(db, request);
  } catch {
    // A damaged journal must not prevent a support file about the damage.
    return knownTexts(null, request);
  } finally {
    db?.close();
  }
}

function opened(file: string | null): DatabaseSyncInstance | null {
  if (file === null) return null;
  try {
    const db = new DatabaseSync(file, { readOnly: true });
    db.exec('PRAGMA busy_timeout = 5000');
    return db;
  } catch {
    return null;
  }
}

async function examined(
  { computer, known }: CollectRequest,
  signal: AbortSignal,
  onProgress: Progress,
): Promise<readonly DoctorResult[]> {
  const results: DoctorResult[] = [];
  for (const [index, name] of checkNames.entries()) {
    signal.throwIfAborted();
    onProgress({ done: index, total: checkNames.length });
    const ours = known.filter(({ check }) => check === name);
    results.push(...(ours.length > 0 ? ours : await examine(name, computer)));
  }
  return results;
}

const withSentences = (results: readonly DoctorResult[], { language }: CollectRequest): object =>
  results.map((one) => ({ ...one, says: doctorSentence(one)[language] }));

function versions(facts: object): object {
  const db = new DatabaseSync(':memory:');
  try {
    return { ...facts, ...(db.prepare('SELECT sqlite_version() AS sqlite').get() as object) };
  } finally {
    db.close();
  }
}

const counted = ['entries', 'machines', 'orders', 'faults', 'commands', 'marks', 'blocks'] as const;

function journal({ journal: file, facts }: CollectRequest, doctor: readonly DoctorResult[]): object {
  const integrity = doctor
    .filter(({ check }) => check === 'journal')
    .map(({ code, params }) => ({ code, params }));
  const base = { ...facts.journal, readsVersion: schemaVersion, integrity };
  const db = opened(file);
  if (db === null) return base;
  try {
    const one = (sql: string): Readonly<Record<string, unknown>> =>
      db.prepare(sql).get() as Readonly<Record<string, unknown>>;
    const number = (sql: string): number => Number(Object.values(one(sql))[0]);
    const span = one('SELECT min(at) AS first, max(at) AS last FROM entries');
    const [first, last] = [Number(span['first'] ?? 0), Number(span['last'] ?? 0)];
    return {
      ...base,
      version: number('PRAGMA user_version'),
      bytes: number('PRAGMA page_count') * number('PRAGMA page_size'),
      unusedBytes: number('PRAGMA freelist_count') * number('PRAGMA page_size'),
      rows: Object.fromEntries(counted.map((table) => [table, number(`SELECT count(*) FROM ${table}`)])),
      from: timeOf(first),
      to: timeOf(last),
      days: Math.round(((last - first) / day) * 10) / 10,
    };
  } catch (error) {
    return { ...base, notRead: messageOf(error) };
  } finally {
    db.close();
  }
}

const timeOf = (at: number): string | null => (at === 0 ? null : new Date(at).toISOString());

async function disk(folder: string): Promise<object> {
  const { bavail, blocks, bsize } = await statfs(folder);
  const names = await readdir(folder);
  const files = await Promise.all(
    names.map(async (name) => {
      const info = await stat(join(folder, name)).catch(() => null);
      return info?.isFile() === true ? [[name, info.size] as const] : [];
    }),
  );
  return { folder, free: bavail * bsize, total: blocks * bsize, files: Object.fromEntries(files.flat()) };
}

/** Lists the memory images by name only: their content can be anything and stays on this computer. */
async function crashWishes(
  { crashes, dumps, codes }: CollectRequest,
  texts: PrivateTexts,
): Promise<readonly Wish[]> {
  const secrets = new Set(codes);
  const notes = (await namesIn(crashes)).filter((name) => crashIdForm.test(name.replace(/\.json$/, '')));
  const images = dumps === null ? [] : (await namesIn(dumps, true)).filter((name) => name.endsWith('.dmp'));
  const newest = notes
    .toSorted((a, b) => Number.parseInt(b, 10) - Number.parseInt(a, 10))
    .slice(0, notesTaken);
  const listed = await Promise.all(
    images.map(async (name) => {
      const info = await stat(join(dumps ?? '', name)).catch(() => null);
      return { name, bytes: info?.size ?? null, at: info?.mtime.toISOString() ?? null };
    }),
  );
  return [
    ...newest.map((name): Wish => ({
      kind: 'crashes',
      name: `crashes/${name}`,
      content: async () => noteOf(await readFile(join(crashes, name), 'utf8'), texts, secrets),
    })),
    {
      kind: 'crashes',
      name: 'crashes/memory-images.json',
      content: () => jsonOf(cleanedValue(listed, texts)),
    },
  ];
}

function noteOf(text: string, texts: PrivateTexts, secrets: ReadonlySet<string>): string {
  const clean = (part: string): string => cleared(texts.cleaned(part), secrets);
  return jsonOf(mapTexts(JSON.parse(text), clean));
}

async function logWishes({ logs, codes }: CollectRequest, texts: PrivateTexts): Promise<readonly Wish[]> {
  if (logs === null) return [];
  const secrets = new Set(codes);
  const names = (await namesIn(logs)).filter((name) => /^crema(?:\.\d)?\.log$/.test(name));
  // The current log first, then crema.1.log and so on: newest first.
  const newestFirst = names.toSorted((a, b) => a.length - b.length || (a < b ? -1 : 1));
  return newestFirst.map((name): Wish => ({
    kind: 'log',
    name: `log/${basename(name)}`,
    content: async () => visible(cleared(texts.cleaned(await readFile(join(logs, name), 'utf8')), secrets)),
  }));
}

async function namesIn(folder: string, recursive = false): Promise<readonly string[]> {
  try {
    return await readdir(folder, { recursive, encoding: 'utf8' });
  } catch {
    return [];
  }
}

const jsonOf = (value: unknown): string => `${visibleJson(JSON.stringify(value, null, 2))}\n`;
const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
