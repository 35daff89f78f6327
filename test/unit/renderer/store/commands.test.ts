import { describe, expect, it } from 'vitest';
import type { Command } from '#shared/model/command';
import {
  commandPages,
  endedAfter,
  endedStays,
  lapse,
  latestFirst,
  stripOf,
  tracesOf,
} from '../../../../src/renderer/src/store/commands';
import { emptyPages } from '../../../../src/renderer/src/store/pages';
import { command } from '../../../builders/rows';

const ended = (id: number, over: Partial<Command> = {}): Command =>
  command(id, { state: 'confirmed', endedAt: 1_000, ...over });
const ids = (list: readonly Command[]): number[] => list.map(({ id }) => id);

describe('the command history', () => {
  it('is newest first, with current versions of its commands', () => {
    const page = commandPages.addPage(emptyPages, [command(3), command(1)], 2);
    const log = commandPages.addNews(page, [ended(3), command(4)]);
    expect(commandPages.shown(log)).toEqual([command(4), ended(3), command(1)]);
  });
});

describe('the strip of a machine', () => {
  it('shows running commands and those that have just ended, in order', () => {
    const over = endedAfter([], [ended(2, { name: 'rinse' }), ended(3, { vmcNo: 5 })], 33232, 1_500);
    expect(ids(over)).toEqual([2]);
    const running = [command(1, { name: 'openDoor' }), command(4), command(5, { vmcNo: 5 })];
    expect(ids(stripOf(running, over, 33232))).toEqual([1, 2, 4]);
  });

  it('ignores changes of open commands, long-ended ones, and ones ended in another spelling', () => {
    const replaced = ended(3, {
      name: 'openDoor',
      state: 'expired',
      steps: [{ what: 'otherSpelling', at: 1_000, entry: null, params: {} }],
    });
    const before: readonly Command[] = [];
    expect(endedAfter(before, [command(1), replaced], 33232, 1_500)).toBe(before);
    expect(endedAfter(before, [ended(2)], 33232, 1_000 + endedStays)).toBe(before);
  });

  it('drops successful commands after a while; failed ones stay until dismissed or retried', () => {
    const all = [ended(1), ended(2, { state: 'failed', name: 'rinse' }), ended(3, { state: 'cancelled' })];
    expect(lapse(all, 1_000 + endedStays - 1)).toBe(all);
    const left = lapse(all, 1_000 + endedStays);
    expect(ids(left)).toEqual([2]);
    expect(ids(stripOf([], left, 33232))).toEqual([2]);
    expect(ids(stripOf([command(9, { name: 'rinse' })], left, 33232))).toEqual([9]);
  });

  it('shows a machine’s last command for a day if it failed, until it is dismissed', () => {
    const day = 86_400_000;
    const failed = ended(2, { state: 'failed', name: 'rinse' });
    expect(ids(tracesOf([failed, ended(1)], new Set(), 1_000 + day - 1))).toEqual([2]);
    expect(tracesOf([failed], new Set(), 1_000 + day)).toEqual([]);
    expect(tracesOf([failed], new Set([2]), 1_500)).toEqual([]);
    // A later success or a running command makes it history.
    expect(tracesOf([ended(3), failed], new Set(), 1_500)).toEqual([]);
    expect(tracesOf([command(3), failed], new Set(), 1_500)).toEqual([]);
  });

  it('begins with the command that changed last', () => {
    const stepped = (id: number, at: number): Command =>
      command(id, { steps: [{ what: 'sent', at, entry: 7, params: {} }] });
    expect(ids(latestFirst([stepped(1, 300), stepped(2, 100), ended(3, { endedAt: 200 })]))).toEqual([
      1, 3, 2,
    ]);
    expect(ids(latestFirst([stepped(1, 100), stepped(2, 100)]))).toEqual([2, 1]);
  });

  it('keeps an ended command beside a distinguishable one of the same kind', () => {
    const list = (id: number, productId: number): Partial<Command> => ({
      id,
      name: 'setPrices',
      input: { prices: [{ productId, price: 100, type: 0 }] },
    });
    const over = [ended(1, list(1, 801))];
    expect(ids(stripOf([command(2, list(2, 802))], over, 33232))).toEqual([1, 2]);
    expect(ids(stripOf([command(2, list(2, 801))], over, 33232))).toEqual([2]);
  });

  it('keeps the latest few ended commands', () => {
    const many = [1, 2, 3, 4, 5, 6].map((id) => ended(id));
    expect(ids(endedAfter([], many, 33232, 1_500))).toEqual([3, 4, 5, 6]);
  });
});
