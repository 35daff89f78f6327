import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { CrashNotes, type CrashNote } from '../../../../../src/main/desktop/crashes/notes';
import { useFolder } from '../../../../builders/useFolder';

const folder = useFolder();

const note: CrashNote = { what: 'server', at: 7, again: true, seen: false, facts: { reason: 'a bug' } };
const text = (name: string): string => readFileSync(folder(name), 'utf8');

it('a crash during a write leaves the previous note complete, or none', () => {
  const notes = new CrashNotes(folder());
  const { id } = notes.add(note);
  const before = text(`${id}.json`);
  // A folder blocks the temporary file, so that no part of the note reaches the final name.
  mkdirSync(folder(`${id}.json.new`));
  expect(() => notes.setSeen()).toThrow(/EISDIR/);
  expect(text(`${id}.json`)).toBe(before);
  mkdirSync(folder('8-server.json.new'));
  expect(() => notes.add({ ...note, at: 8 })).toThrow(/EISDIR/);
  expect(existsSync(folder('8-server.json'))).toBe(false);
});

it('a partial note of a crash is ignored, and the next one overwrites it', () => {
  writeFileSync(folder('7-server.json.new'), '{"what": "ser');
  writeFileSync(folder('6-window.json'), '{"what": "win');
  const notes = new CrashNotes(folder());
  expect(notes.unseen()).toEqual([]);
  notes.add(note);
  expect(notes.unseen()).toEqual([{ id: '7-server', what: 'server', at: 7, again: true }]);
  expect(JSON.parse(text('7-server.json'))).toMatchObject({ what: 'server', reason: 'a bug' });
  expect(readdirSync(folder()).toSorted()).toEqual(['6-window.json', '7-server.json']);
});
