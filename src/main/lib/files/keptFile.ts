/**
 * JSON files of the data folder: settings, lists, and what is known of a file beside it. Each ends with a checksum of its content and has a
 * copy beside it, so that damage on the disk is noticed and costs nothing that either of the two still proves.
 */
import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { format, parse } from 'node:path';
import { parse as parseLeniently } from 'jsonc-parser';

export type Parts = Readonly<Record<string, unknown>>;

/**
 * none: there is neither file nor copy. sound: as Crema wrote it, or without a checksum, as an earlier Crema or a person did. fromCopy: its
 * copy proves what it was. damaged: neither of them is proven.
 */
export type KeptState = 'none' | 'sound' | 'fromCopy' | 'damaged';

export interface KeptFile {
  readonly state: KeptState;
  /** The best known content; `null`: nothing can be read. */
  readonly parts: Parts | null;
  /** What the other one of file and copy says, as far as it can be read. */
  readonly other: Parts | null;
  /** Why the file itself can't be read; '': it can, or there is none. */
  readonly detail: string;
  /** Something of the file itself can be read. */
  readonly isReadable: boolean;
  /** `parts` is what could be read of a file that is no JSON: values may be missing in it. */
  readonly isCut: boolean;
  /** File and copy are both proven, and say the same. */
  readonly isSafe: boolean;
}

interface Found {
  /** none: there is no file. proven: its checksum is right. plain: it has none. wrong: it is another. broken: no JSON, or it can't be read. */
  readonly as: 'none' | 'proven' | 'plain' | 'wrong' | 'broken';
  readonly parts: Parts | null;
  readonly detail: string;
  readonly check?: string;
}

export const copyOf = (file: string): string => {
  const { dir, name, ext } = parse(file);
  return format({ dir, name: `${name}.copy`, ext });
};

/** Nothing is changed. */
export function readKept(file: string): KeptFile {
  const main = find(file);
  const copy = find(copyOf(file));
  const isSafe = main.as === 'proven' && copy.as === 'proven' && main.check === copy.check;
  const of = { detail: main.detail, isReadable: main.parts !== null, isSafe, isCut: false };
  if (main.as === 'proven' || main.as === 'plain')
    return { ...of, state: 'sound', parts: main.parts, other: copy.as === 'proven' ? copy.parts : null };
  if (copy.as === 'proven') return { ...of, state: 'fromCopy', parts: copy.parts, other: main.parts };
  if (main.as === 'none' && copy.as === 'none') return { ...of, state: 'none', parts: null, other: null };
  // What is still JSON is nearer to what was written.
  const [best, other] = main.as === 'broken' && copy.as !== 'broken' ? [copy, main] : [main, copy];
  const isCut = (best.parts === null ? other : best).as === 'broken';
  return {
    ...of,
    state: 'damaged',
    parts: best.parts ?? other.parts,
    other: best.parts && other.parts,
    isCut,
  };
}

function find(file: string): Found {
  let text: string;
  try {
    // A pipe never ends, and a device may have no end.
    const found = statSync(file, { throwIfNoEntry: false });
    if (found === undefined) return { as: 'none', parts: null, detail: '' };
    if (!found.isFile()) return broken('it is no regular file');
    text = readFileSync(file, 'utf8');
  } catch (error) {
    return broken(messageOf(error));
  }
  try {
    const value: unknown = JSON.parse(text);
    if (!isParts(value)) return broken('it is no JSON object');
    const { check, ...parts } = value;
    const actual = checkOf(parts);
    if (check === undefined) return { as: 'plain', parts, detail: '' };
    return { as: check === actual ? 'proven' : 'wrong', parts, detail: '', check: actual };
  } catch (error) {
    return { ...broken(messageOf(error)), parts: rescued(text) };
  }
}

const broken = (detail: string): Found => ({ as: 'broken', parts: null, detail });

/** Of what stands before and after the damage as much as possible; `null`: nothing. */
function rescued(text: string): Parts | null {
  try {
    const value: unknown = parseLeniently(text);
    if (!isParts(value) || Object.keys(value).length === 0) return null;
    const { check: _, ...parts } = value;
    // What can't be written as JSON, because it is nested too deeply, is of no use to any reader.
    JSON.stringify(parts);
    return parts;
  } catch {
    return null;
  }
}

export const checkOf = (parts: Parts): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex');

export const isParts = (value: unknown): value is Parts =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
