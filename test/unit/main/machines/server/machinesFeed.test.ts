import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MachineRow, MachineState } from '#shared/model/machine';
import { defaultMachineConfig } from '#shared/model/machineSettings';
import {
  lastHeardInterval,
  MachinesFeed,
  type MachineNews,
} from '../../../../../src/main/machines/server/machinesFeed';
import { machineRow } from '../../../../../src/main/core/state/frameRows';
import { machineState } from '../../../../builders/rows';

/** A feed, its states, and the number of rows made. */
class Fleet {
  readonly feed = new MachinesFeed();
  readonly states = new Map<number, MachineState>();
  name = '';
  rowsMade = 0;

  fold(vmcNo: number, over: Partial<MachineState> = {}): void {
    this.states.set(vmcNo, { ...(this.states.get(vmcNo) ?? machineState(vmcNo)), ...over });
    this.feed.folded(vmcNo);
  }

  row(machine: MachineState): MachineRow {
    return machineRow(machine, { ...defaultMachineConfig, name: this.name }, false);
  }

  take(now: number): MachineNews {
    return this.feed.take(
      now,
      (vmcNo) => this.states.get(vmcNo) ?? null,
      (machine) => {
        this.rowsMade += 1;
        return this.row(machine);
      },
    );
  }

  batch(now: number): { readonly rows: readonly number[]; readonly heard: readonly number[] } {
    const { rows, heard } = this.take(now);
    return { rows: rows.map(({ vmcNo }) => vmcNo), heard: heard.map(({ vmcNo }) => vmcNo) };
  }
}

const open = { value: 'open', at: 1, entry: 1 } as const;

describe('news of machines', () => {
  it('report differences at once', () => {
    const fleet = new Fleet();
    fleet.fold(1);
    expect(fleet.feed.has(1)).toBe(true);
    expect(fleet.batch(0)).toEqual({ rows: [1], heard: [] });
    expect(fleet.feed.has(1)).toBe(false);
    fleet.fold(1, { door: open, lastHeard: 50 });
    expect(fleet.batch(50)).toEqual({ rows: [1], heard: [] });
  });

  it('are not delayed when the clock is set back', () => {
    const fleet = new Fleet();
    fleet.fold(1);
    fleet.take(3_600_000);
    fleet.fold(1, { lastHeard: 5 });
    expect(fleet.batch(0)).toEqual({ rows: [], heard: [1] });
  });

  it('report new times once a second, always with the latest one', () => {
    const fleet = new Fleet();
    fleet.fold(1);
    fleet.take(0);
    for (let now = 100; now < lastHeardInterval; now += 100) {
      fleet.fold(1, { lastHeard: now });
      expect(fleet.batch(now)).toEqual({ rows: [], heard: [] });
      expect(fleet.feed.isWaiting).toBe(true);
    }
    // Nothing arrived since, and its turn has come.
    const heard = { vmcNo: 1, lastHeard: lastHeardInterval - 100, lastBeat: 0 };
    expect(fleet.take(lastHeardInterval)).toEqual({ rows: [], heard: [heard] });
    expect(fleet.feed.isWaiting).toBe(false);
    expect(fleet.batch(5 * lastHeardInterval)).toEqual({ rows: [], heard: [] });
  });

  it('make no row for a machine that only sends heartbeats', () => {
    const fleet = new Fleet();
    for (let vmcNo = 1; vmcNo <= 100; vmcNo += 1) fleet.fold(vmcNo);
    fleet.take(0);
    expect(fleet.rowsMade).toBe(100);
    for (let now = 0; now < 10 * lastHeardInterval; now += 100) {
      for (let vmcNo = 1; vmcNo <= 100; vmcNo += 1) {
        const count = now / 100 + 1;
        fleet.fold(vmcNo, {
          lastHeard: now,
          heartbeat: { count, last: now, interval: 100, intervals: [], entry: null },
          sequence: count,
        });
      }
      fleet.take(now);
    }
    expect(fleet.rowsMade).toBe(100);
  });

  it('report a new name of a machine with an unchanged state', () => {
    const fleet = new Fleet();
    fleet.fold(1);
    fleet.take(0);
    fleet.name = 'lobby';
    fleet.feed.changed(1);
    fleet.fold(1, { lastHeard: 10 });
    expect(fleet.take(100).rows).toMatchObject([{ name: 'lobby', lastHeard: 10 }]);
  });

  it('contain each machine once, and no removed machine', () => {
    const fleet = new Fleet();
    fleet.fold(1);
    fleet.fold(1);
    fleet.fold(2);
    expect(fleet.batch(0)).toEqual({ rows: [1, 2], heard: [] });
    fleet.fold(1, { lastHeard: 1 });
    fleet.take(1);
    fleet.feed.forget(1);
    expect(fleet.feed.isWaiting).toBe(false);
    fleet.fold(1);
    expect(fleet.batch(2)).toEqual({ rows: [1], heard: [] });
    fleet.feed.folded(3);
    expect(fleet.batch(3)).toEqual({ rows: [], heard: [] });
  });

  it('lead to the current rows, whatever changed', () => {
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
        const fleet = new Fleet();
        const shown = new Map<number, MachineRow>();
        let now = 0;
        const show = (): void => {
          const { rows, heard } = fleet.take(now);
          for (const row of rows) shown.set(row.vmcNo, row);
          for (const { vmcNo, ...moments } of heard) {
            const row = shown.get(vmcNo);
            if (row === undefined) throw new Error('heard of before it was shown');
            shown.set(vmcNo, { ...row, ...moments });
          }
        };
        for (const { vmcNo, change: over, ms, name } of steps) {
          now += ms;
          fleet.fold(vmcNo, over);
          if (name !== fleet.name) for (const one of fleet.states.keys()) fleet.feed.changed(one);
          fleet.name = name;
          show();
        }
        now += lastHeardInterval;
        show();
        expect(shown).toEqual(new Map([...fleet.states].map(([vmcNo, state]) => [vmcNo, fleet.row(state)])));
      }),
    );
  });
});
