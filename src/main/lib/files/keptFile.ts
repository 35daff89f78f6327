/**
 * JSON files of the data folder: settings, lists, and notes about files. Each ends with a checksum of its content and
 * has a copy next to it. Damage is detected, and costs nothing that the file or the copy still proves.
 */
import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { format, parse } from 'node:path';
import { parse as parseLeniently } from 'jsonc-parser';
import { readRegular } from './readRegular';

export type Parts = Readonly<Record<string, unknown>>;

/**
 * - none: neither file nor copy exists.
 * - sound: as Crema wrote it, or without a checksum (by an earlier version or a person).
 * - fromCopy: the copy proves the content.
 * - damaged: neither is proven.
 */
export type KeptState = 'none' | 'sound' | 'fromCopy' | 'damaged';

export interface KeptFile {
  readonly state: KeptState;
  /** The best known content; `null`: nothing is readable. */
  readonly parts: Parts | null;
  /** The readable content of the other one of file and copy. */
  readonly other: Parts | null;
  /** Why the file is unreadable; '' if it is readable or missing. */
  readonly detail: string;
  /** The file is at least partly readable. */
  readonly isReadable: boolean;
  /** `parts` comes from a file that is not valid JSON, so values may be missing. */
  readonly isCut: boolean;
  /** File and copy are both proven and equal. */
  readonly isSafe: boolean;
}

interface Found {
  /**
   * - none: the file does not exist.
   * - proven: its checksum is right.
   * - plain: it has no checksum.
   * - wrong: its checksum is wrong.
   * - broken: not JSON, or unreadable.
   */
  readonly as: 'none' | 'proven' | 'plain' | 'wrong' | 'broken';
  readonly parts: Parts | null;
  readonly detail: string;
  readonly check?: string;
}

export const copyOf = (file: string): string => {
  const { dir, name, ext } = parse(file);
  return format({ dir, name: `${name}.copy`, ext });
};

/** Changes nothing on disk. */
export function readKept(file: string): KeptFile {
  const main = find(file);
  const copy = find(copyOf(file));
  const isSafe = main.as === 'proven' && copy.as === 'proven' && main.check === copy.check;
  const of = { detail: main.detail, isReadable: main.parts !== null, isSafe, isCut: false };
  if (main.as === 'proven' || main.as === 'plain')
    return { ...of, state: 'sound', parts: main.parts, other: copy.as === 'proven' ? copy.parts : null };
  if (copy.as === 'proven') return { ...of, state: 'fromCopy', parts: copy.parts, other: main.parts };
  if (main.as === 'none' && copy.as === 'none') return { ...of, state: 'none', parts: null, other: null };
  // Valid JSON is closer to the original.
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
    if (statSync(file, { throwIfNoEntry: false }) === undefined)
      return { as: 'none', parts: null, detail: '' };
    text = readRegular(file);
  } catch (error) {
    return broken(messageOf(error));
  }
  try {
    const value: unknown = JSON.parse(text);
    if (!isParts(value)) return broken('it is not a JSON object');
    const { check, ...parts } = value;
    const actual = checkOf(parts);
    if (check === undefined) return { as: 'plain', parts, detail: '' };
    return { as: check === actual ? 'proven' : 'wrong', parts, detail: '', check: actual };
  } catch (error) {
    return { ...broken(messageOf(error)), parts: rescued(text) };
  }
}

const broken = (detail: string): Found => ({ as: 'broken', parts: null, detail });

/** Keeps as much as possible before and after the damage; `null`: nothing. */
function rescued(text: string): Parts | null {
  try {
    const value: unknown = parseLeniently(text);
    if (!isParts(value) || Object.keys(value).length === 0) return null;
    const { check: _, ...parts } = value;
    // Values that JSON cannot express, because they are nested too deep, are useless to readers.
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
