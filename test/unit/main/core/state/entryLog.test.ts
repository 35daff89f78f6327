import { expect, it } from 'vitest';
import type { NewEntry } from '#shared/model/frame';
import { EntryLog } from '../../../../../src/main/core/state/entryLog';
import { Fleet } from '../../../../../src/main/core/state/fleet';

const opened = (conn: number): NewEntry => ({
  kind: 'opened',
  at: 1,
  conn,
  vmcNo: null,
  peer: { remoteAddress: '10.0.0.1', remotePort: 1, localAddress: '10.0.0.2', localPort: 4567 },
});

it('keeps each entry before any is folded, and folds them in that order', () => {
  const log = new EntryLog(new Fleet());
  const seen: string[] = [];
  log.onKept(({ id }) => seen.push(`kept ${id}`));
  log.onEntry(({ id }) => seen.push(`folded ${id}`));
  log.keep(opened(1));
  log.keep(opened(2));
  log.fold();
  log.record(opened(3));
  log.fold();
  expect(seen).toEqual(['kept 1', 'kept 2', 'folded 1', 'folded 2', 'kept 3', 'folded 3']);
});

it('entries that a listener records are folded after entries kept before', () => {
  const log = new EntryLog(new Fleet());
  const folded: number[] = [];
  log.onEntry(({ id }) => {
    folded.push(id);
    if (id === 1) log.record(opened(3));
  });
  log.keep(opened(1));
  log.keep(opened(2));
  log.fold();
  expect(folded).toEqual([1, 2, 3]);
});

it('an entry that can’t be folded does not block the next ones', () => {
  const log = new EntryLog(new Fleet());
  const folded: number[] = [];
  log.onEntry(({ id }) => {
    if (id === 1) throw new Error('a bug');
    folded.push(id);
  });
  log.keep(opened(1));
  log.keep(opened(2));
  expect(() => log.fold()).toThrow('a bug');
  log.fold();
  expect(folded).toEqual([2]);
});
