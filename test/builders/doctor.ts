/** For tests of the doctor: a computer to check, and the content of a folder before and after the check. */
import { createHash } from 'node:crypto';
import { existsSync, openSync, closeSync, readdirSync, readFileSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Entry } from '#shared/model/frame';
import type { DoctorResult } from '#shared/doctor';
import type { Computer } from '../../src/main/tools/doctor/computer';
import { peerOf } from './manyEntries';
import { writeJournal } from './journal';

export function computer(patch: Partial<Computer> = {}): Computer {
  return {
    folder: '/nowhere',
    isOpen: false,
    isItself: false,
    machines: { host: '127.0.0.1', port: 0 },
    updates: { host: '127.0.0.1', port: 0 },
    notices: null,
    version: '1.2.3',
    build: 'release',
    electron: '45.4.1',
    files: [],
    hasNoSandbox: false,
    ...patch,
  };
}

export const codesOf = (results: readonly DoctorResult[]): readonly string[] =>
  results.map(({ level, code }) => `${level} ${code}`);

/** Every file with its size, time and bytes; `null`: the folder does not exist. */
export function factsOf(folder: string): readonly string[] | null {
  if (!existsSync(folder)) return null;
  const own = `. ${statSync(folder).mtimeMs}`;
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted();
  return [
    own,
    ...files.map((name) => {
      const info = statSync(join(folder, name));
      const sum = info.isFile() ? createHash('sha256').update(readFileSync(join(folder, name))) : null;
      return `${name} ${info.size} ${info.mtimeMs} ${sum?.digest('hex') ?? ''}`;
    }),
  ];
}

/** A journal of this many connections that opened at `at`. */
export function makeJournal(folder: string, count: number, at = Date.now()): string {
  const entries: Entry[] = [];
  for (let id = 1; id <= count; id += 1)
    entries.push({ kind: 'opened', id, at, conn: id, vmcNo: null, peer: peerOf(id) });
  return writeJournal(join(folder, 'journal.sqlite'), entries);
}

/** Overwrites the pages in the middle of a file. */
export function damage(file: string): void {
  const pages = Math.floor(statSync(file).size / 8_192);
  const handle = openSync(file, 'r+');
  const junk = Buffer.alloc(Math.ceil(pages / 4) * 8_192, 0xa5);
  writeSync(handle, junk, 0, junk.length, Math.floor(pages / 2) * 8_192);
  closeSync(handle);
}
