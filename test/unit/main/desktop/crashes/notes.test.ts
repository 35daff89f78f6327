import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { CrashNotes, type CrashNote } from '../../../../../src/main/desktop/crashes/notes';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'crema-notes-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const note: CrashNote = { what: 'server', at: 7, again: true, seen: false, facts: { reason: 'a bug' } };
const text = (name: string): string => readFileSync(join(folder, name), 'utf8');

it('a crash while a note is written leaves the former one whole, or none', () => {
  const notes = new CrashNotes(folder);
  const { id } = notes.add(note);
  const before = text(`${id}.json`);
  // What would take the next writing's place stands in its way: nothing of it gets under the name itself.
  mkdirSync(join(folder, `${id}.json.new`));
  expect(() => notes.setSeen()).toThrow(/EISDIR/);
  expect(text(`${id}.json`)).toBe(before);
  mkdirSync(join(folder, '8-server.json.new'));
  expect(() => notes.add({ ...note, at: 8 })).toThrow(/EISDIR/);
  expect(existsSync(join(folder, '8-server.json'))).toBe(false);
});

it('half a note that a crash left is no note, and is written over by the next', () => {
  writeFileSync(join(folder, '7-server.json.new'), '{"what": "ser');
  writeFileSync(join(folder, '6-window.json'), '{"what": "win');
  const notes = new CrashNotes(folder);
  expect(notes.unseen()).toEqual([]);
  notes.add(note);
  expect(notes.unseen()).toEqual([{ id: '7-server', what: 'server', at: 7, again: true }]);
  expect(JSON.parse(text('7-server.json'))).toMatchObject({ what: 'server', reason: 'a bug' });
  expect(readdirSync(folder).toSorted()).toEqual(['6-window.json', '7-server.json']);
});
