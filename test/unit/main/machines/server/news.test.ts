/** The batches of the machines thread: its rows, and the data for single windows. */
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { applyChange } from '#shared/contract/replica';
import { live, type UnnamedLink } from '#shared/contract/live';
import type { Command } from '#shared/model/command';
import type { MachineRow, MachineState } from '#shared/model/machine';
import { defaultMachineConfig } from '#shared/model/machineSettings';
import { machineRow } from '../../../../../src/main/core/state/machineRow';
import type { ServerNews } from '../../../../../src/main/machines/server/calls';
import { News } from '../../../../../src/main/machines/server/news';
import { machineState } from '../../../../builders/rows';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const none = () => [];

function begin() {
  const world = {
    links: [] as UnnamedLink[],
    sent: [] as ServerNews[],
    states: new Map<number, MachineState>(),
    name: '',
    rowsMade: 0,
  };
  const row = (machine: MachineState): MachineRow =>
    machineRow(machine, { ...defaultMachineConfig, name: world.name }, false);
  const news = new News({
    now: Date.now,
    labels: new Map() as never,
    row: (machine) => {
      world.rowsMade += 1;
      return row(machine);
    },
    machine: (vmcNo) => world.states.get(vmcNo) ?? null,
    rows: { machines: none, running: none, diagnoses: none, openRuns: none, runLines: none },
    values: { unnamed: () => [...world.links] },
    lengths: { unnamed: () => world.links.length },
    reportRecorded: () => undefined,
    emit: (name, value) => {
      if (name === 'news') world.sent.push(value as ServerNews);
    },
  });
  const have = (count: number): void => {
    world.links = Array.from({ length: count }, (_, conn) => ({ conn }) as UnnamedLink);
    news.live.changed('unnamed');
  };
  const fold = (vmcNo: number, over: Partial<MachineState> = {}): void => {
    const before = world.states.get(vmcNo) ?? null;
    const after = { ...(before ?? machineState(vmcNo)), ...over };
    world.states.set(vmcNo, after);
    news.machineFolded({ vmcNo, before, after });
  };
  const lengths = (): readonly (number | undefined)[] => world.sent.map(({ batch }) => batch.unnamed?.length);
  return { world, news, have, fold, row, lengths, sent: world.sent };
}

const open = { value: 'open', at: 1, entry: 1 } as const;

describe('machines', () => {
  it('that only send heartbeats cause no row, and their times are sent once a second', () => {
    const { world, news, fold } = begin();
    for (let vmcNo = 1; vmcNo <= 40; vmcNo += 1) fold(vmcNo);
    for (let count = 1; count <= 40; count += 1) {
      vi.advanceTimersByTime(100);
      for (let vmcNo = 1; vmcNo <= 40; vmcNo += 1) {
        const heartbeat = { count, last: count, interval: 100, intervals: [], entry: null };
        fold(vmcNo, { lastHeard: count, heartbeat, sequence: count });
      }
    }
    news.stop();
    expect(world.rowsMade).toBe(40);
    const touched = world.sent.map(({ batch }) => batch.machines?.touched?.keys.length ?? 0);
    expect(touched.filter((count) => count > 0)).toEqual([40, 40, 40]);
  });

  it('show a new name of an unchanged machine', () => {
    const { world, news, fold } = begin();
    fold(1);
    vi.advanceTimersByTime(100);
    world.name = 'lobby';
    news.machineChanged(1);
    fold(1, { lastHeard: 10 });
    vi.advanceTimersByTime(100);
    const change = { name: 'lobby', lastHeard: 10, lastBeat: 0 };
    expect(world.sent.at(-1)?.batch).toEqual({ machines: { patches: [[1, change]] } });
  });

  it('that are watched are sent to their window with each batch in which they changed', () => {
    const { world, news, fold } = begin();
    fold(1);
    fold(2);
    vi.advanceTimersByTime(100);
    news.watch(5, 1);
    vi.advanceTimersByTime(100);
    expect(world.sent.flatMap(({ own }) => own)).toEqual([]);
    // Main's copy of a new thread.
    news.snapshot();
    vi.advanceTimersByTime(100);
    fold(1, { lastHeard: 3 });
    fold(2, { lastHeard: 3 });
    vi.advanceTimersByTime(100);
    fold(2, { lastHeard: 4 });
    vi.advanceTimersByTime(100);
    news.watch(5, null);
    fold(1, { lastHeard: 5 });
    vi.advanceTimersByTime(100);
    const details = world.sent.flatMap(({ own }) => own);
    expect(details).toMatchObject([
      { window: 5, detail: { state: { vmcNo: 1, lastHeard: null } } },
      { window: 5, detail: { state: { vmcNo: 1, lastHeard: 3 } } },
    ]);
    news.stop();
  });

  it('are shown as they are, whatever changed', () => {
    const change = fc.oneof(
      fc.nat(9).map((lastHeard): Partial<MachineState> => ({ lastHeard })),
      fc.nat(9).map((last): Partial<MachineState> => ({
        heartbeat: { count: 1, last, interval: null, intervals: [], entry: null },
      })),
      fc.constantFrom<Partial<MachineState>>({ door: open }, { door: null }, { cupBlocked: null }),
      fc.nat(9).map((last): Partial<MachineState> => ({
        findings: { 'junk.cut': { times: 1, last, entry: 1, params: {} } },
      })),
      fc.nat(2).map((ret): Partial<MachineState> => ({
        loginAnswer: { value: { ret, serverList: null, here: null }, at: 1, entry: 1 },
      })),
    );
    const step = fc.record({
      vmcNo: fc.nat(2),
      change,
      ms: fc.nat(700),
      name: fc.constantFrom('', 'a', 'b'),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const { world, news, fold, row } = begin();
        for (const { vmcNo, change: over, ms, name } of steps) {
          vi.advanceTimersByTime(ms);
          fold(vmcNo, over);
          if (name !== world.name) for (const one of world.states.keys()) news.machineChanged(one);
          world.name = name;
        }
        vi.advanceTimersByTime(2_000);
        expect(vi.getTimerCount()).toBe(0);
        let shown: ReadonlyMap<number, MachineRow> = new Map();
        for (const { batch } of world.sent) shown = applyChange(shown, batch.machines ?? {}, live.machines);
        expect(shown).toEqual(new Map([...world.states].map(([vmcNo, state]) => [vmcNo, row(state)])));
      }),
    );
  });
});

it('short lists of connections without a number are sent at once, long ones once a second, and the last one always', () => {
  const { news, have, lengths } = begin();
  have(1);
  vi.advanceTimersByTime(100);
  have(60);
  vi.advanceTimersByTime(100);
  expect(lengths()).toEqual([1, 60]);
  for (let count = 61; count < 70; count += 1) {
    have(count);
    vi.advanceTimersByTime(100);
  }
  expect(lengths()).toEqual([1, 60]);
  vi.advanceTimersByTime(100);
  expect(lengths()).toEqual([1, 60, 69]);
  have(70);
  vi.advanceTimersByTime(100);
  have(3);
  vi.advanceTimersByTime(100);
  expect(lengths()).toEqual([1, 60, 69, 3]);
  have(0);
  vi.advanceTimersByTime(100);
  expect(lengths()).toEqual([1, 60, 69, 3, 0]);
  vi.advanceTimersByTime(10_000);
  expect(lengths()).toHaveLength(5);
  news.stop();
});

it('a clock set back by an hour delays nothing', () => {
  const { news, have, lengths } = begin();
  have(60);
  vi.advanceTimersByTime(100);
  vi.setSystemTime(Date.now() - 3_600_000);
  have(70);
  vi.advanceTimersByTime(1_000);
  expect(lengths()).toEqual([60, 70]);
  news.stop();
});

it('results of commands at the end of their connections are sent once, after everything else has stopped', () => {
  const { news, sent } = begin();
  const command = { id: 3, state: 'failed' } as Command;
  news.commandChanged(command);
  news.stop();
  vi.advanceTimersByTime(1_000);
  expect(sent).toEqual([]);
  news.commandChanged({ ...command, id: 4 });
  news.sendLast();
  news.sendLast();
  vi.advanceTimersByTime(1_000);
  expect(sent.map(({ batch }) => batch.commands?.map(({ id }) => id))).toEqual([[3, 4]]);
});
