/** Diagnoses over time: they begin, are updated, end and continue after a restart. Rules run only when facts that they read have changed. */
import { describe, expect, it, vi } from 'vitest';
import { diagnosisRules } from '#shared/diagnosis/index';
import type { DiagnosisFacts } from '#shared/diagnosis/kit/rule';
import type { Diagnosis } from '#shared/model/diagnosis';
import { defaultMachineConfig, type MachineConfig, type MachineState } from '#shared/model/machine';
import { Diagnoses, renewInterval, round, slice } from '../../../../../src/main/core/state/diagnoses';
import { machineState } from '../../../../builders/rows';

const supplies = (amount: string, entry: number): Pick<MachineState, 'supplies'> => ({
  supplies: { '10009': { value: amount, at: 0, entry } },
});

class Machines {
  readonly states = new Map<number, MachineState>();
  readonly reported: Diagnosis[] = [];
  config: MachineConfig = defaultMachineConfig;
  readonly diagnoses: Diagnoses;
  now = 1_000;

  constructor(last = 0) {
    this.diagnoses = new Diagnoses({
      last,
      machines: () => this.states.keys(),
      facts: (vmcNo, now): DiagnosisFacts | null => {
        const machine = this.states.get(vmcNo);
        return machine === undefined
          ? null
          : {
              now,
              machine,
              config: this.config,
              platform: 'linux',
              isHere: true,
              updates: 'listening',
              upgrade: null,
            };
      },
      changed: (rows) => this.reported.push(...rows),
    });
  }

  fold(vmcNo: number, over: Partial<MachineState>): this {
    this.states.set(vmcNo, { ...(this.states.get(vmcNo) ?? machineState(vmcNo)), ...over });
    this.diagnoses.touched(vmcNo);
    return this;
  }

  /** The rows reported by the next turn. */
  tick(ms = 1_000): readonly Diagnosis[] {
    this.now += ms;
    this.diagnoses.begin();
    while (this.diagnoses.step(this.now)) continue;
    return this.reported.splice(0);
  }
}

describe('a diagnosis', () => {
  it('begins when its rule applies and ends when it no longer does, with one number', () => {
    const machines = new Machines(70).fold(1, supplies('-3', 4));
    const begun = { id: 71, vmcNo: 1, rule: 'materialEmpty', cause: 'usedUp', since: 2_000, until: null };
    expect(machines.tick()).toMatchObject([{ ...begun, evidence: [4], params: { materials: '10009' } }]);
    expect(machines.tick()).toEqual([]);
    expect(machines.diagnoses.open).toMatchObject([begun]);
    machines.fold(1, supplies('200', 5));
    expect(machines.tick()).toMatchObject([{ ...begun, until: 4_000 }]);
    expect(machines.diagnoses.open).toEqual([]);
    machines.fold(1, supplies('0', 6));
    expect(machines.tick()).toMatchObject([{ id: 72, since: 5_000, until: null }]);
  });

  it('is reported again when its content changes; newer evidence alone waits', () => {
    const machines = new Machines().fold(1, supplies('-3', 4));
    machines.tick();
    machines.fold(1, supplies('-4', 5));
    expect(machines.tick()).toEqual([]);
    machines.fold(1, {
      supplies: { ...supplies('-4', 5).supplies, '10007': { value: '0', at: 0, entry: 6 } },
    });
    expect(machines.tick()).toMatchObject([{ id: 1, since: 2_000, params: { materials: '10007,10009' } }]);
    machines.fold(1, {
      supplies: { '10007': { value: '0', at: 0, entry: 8 }, '10009': { value: '-9', at: 0, entry: 8 } },
    });
    expect(machines.tick(renewInterval)).toMatchObject([{ id: 1, since: 2_000, evidence: [8] }]);
  });

  it('continues after a restart, or ends at the next check of its machine', () => {
    const machines = new Machines(9).fold(1, supplies('-3', 4)).fold(2, supplies('7', 4));
    const row: Diagnosis = {
      id: 3,
      vmcNo: 1,
      rule: 'materialEmpty',
      cause: 'usedUp',
      since: 500,
      until: null,
      evidence: [4],
      params: { materials: '10009' },
    };
    machines.diagnoses.restore([row, { ...row, id: 4, vmcNo: 2 }, { ...row, id: 5, vmcNo: 3 }]);
    // Its machine is no longer known.
    expect(machines.tick()).toEqual([
      { ...row, id: 4, vmcNo: 2, until: 2_000 },
      { ...row, id: 5, vmcNo: 3, until: 2_000 },
    ]);
    expect(machines.diagnoses.open).toEqual([row]);
  });

  it('ends when a person removes its machine from the list', () => {
    const machines = new Machines().fold(1, supplies('-3', 4));
    machines.tick();
    machines.states.delete(1);
    machines.diagnoses.forget(1, 9_000);
    expect(machines.reported).toMatchObject([{ rule: 'materialEmpty', until: 9_000 }]);
  });

  it('follows the settings', () => {
    const machines = new Machines().fold(1, { head: 'decimal' });
    expect(machines.tick()).toEqual([]);
    machines.config = { ...defaultMachineConfig, head: 'le48' };
    machines.diagnoses.touched(1);
    expect(machines.tick()).toMatchObject([{ rule: 'headForced' }]);
  });

  it('ends with the passage of time, within a round', () => {
    const machines = new Machines().fold(1, {
      findings: { 'seq.gap': { times: 1, last: 1_500, entry: 4, params: { expected: 1, got: 5 } } },
    });
    expect(machines.tick()).toMatchObject([{ rule: 'framesLost', until: null }]);
    machines.now += 3_600_000;
    const ends = Array.from({ length: round }, () => machines.tick()).flat();
    expect(ends).toMatchObject([{ rule: 'framesLost' }]);
    expect(ends[0]?.until).not.toBeNull();
  });
});

describe('the cost', () => {
  it('no rule runs for frames that do not change the facts that it reads', () => {
    const machines = new Machines();
    for (let vmcNo = 1; vmcNo <= 50; vmcNo += 1) machines.fold(vmcNo, {});
    machines.tick();
    // Rules that depend on time run once a round.
    const byState = Object.values(diagnosisRules).filter(({ byTime }) => !byTime);
    const asked = byState.map((rule) => vi.spyOn(rule, 'when'));
    for (let n = 0; n < 2 * round; n += 1) {
      for (let vmcNo = 1; vmcNo <= 50; vmcNo += 1)
        machines.fold(vmcNo, {
          lastHeard: n,
          sequence: n,
          counts: { ...machineState(1).counts, framesIn: n },
        });
      machines.tick();
    }
    expect(asked.map((spy) => spy.mock.calls.length)).toEqual(byState.map(() => 0));
    machines.fold(7, supplies('-1', 1)).tick();
    expect(asked.reduce((sum, spy) => sum + spy.mock.calls.length, 0)).toBe(2);
    vi.restoreAllMocks();
  });

  it('a turn runs in steps, and the next one waits for its end', () => {
    const machines = new Machines();
    const many = slice * 3;
    for (let vmcNo = 1; vmcNo <= many; vmcNo += 1) machines.fold(vmcNo, supplies('-1', 1));
    machines.diagnoses.begin();
    expect(machines.diagnoses.step(2_000)).toBe(true);
    expect(machines.reported.length).toBe(slice);
    machines.fold(1, supplies('5', 2));
    machines.diagnoses.begin();
    while (machines.diagnoses.step(2_000)) continue;
    // A machine that changed meanwhile is checked in its present state.
    const open = new Set(machines.reported.filter(({ until }) => until === null).map(({ vmcNo }) => vmcNo));
    expect(open.size).toBe(many - 1);
    machines.tick();
    expect(machines.diagnoses.open.length).toBe(many - 1);
  });
});
