/** "Which machines get this?" has one answer: in the dialog, the run, its record and its file. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { MachineContext } from '#shared/commands/kit/possible';
import { together, type Run, type RunMachine } from '#shared/model/run';
import type { RunStep } from '#shared/model/sequence';
import {
  chosenOf,
  decided,
  planOf,
  shownOf,
  type PlanFacts,
} from '../../../../../src/main/machines/runs/plan';
import { refusalOf } from '../../../../../src/main/machines/commands/acceptance';
import { Runs } from '../../../../../src/main/machines/runs/runs';
import { runTable } from '../../../../../src/renderer/src/features/work/runTable';
import { machineState, pkg } from '../../../../builders/rows';
import { wordsOf } from '../../../../builders/wordsOf';

const words = wordsOf('en');
const upgrade: RunStep = { do: 'command', name: 'upgrade', input: { packageId: pkg().id } };
const rinse: RunStep = { do: 'command', name: 'rinse', input: {} };
const supplies: RunStep = { do: 'command', name: 'querySupplies', input: {} };
const plans: readonly (readonly RunStep[])[] = [
  [upgrade],
  [rinse],
  [rinse, supplies],
  [
    { do: 'wait', seconds: 5 },
    { ...supplies, optional: true },
  ],
];

const peer = { remoteAddress: '192.0.2.7', remotePort: 1, localAddress: '192.0.2.1', localPort: 2 };
const state = fc.record({
  isKnown: fc.boolean(),
  isTaken: fc.boolean(),
  online: fc.boolean(),
  platform: fc.constantFrom('linux' as const, 'android' as const, null),
  version: fc.constantFrom(pkg().version, '1.0', '', null),
  isDoubtful: fc.boolean(),
  doorOpen: fc.boolean(),
});
type State = typeof state extends fc.Arbitrary<infer T> ? T : never;
const fleet = fc.array(state, { minLength: 1, maxLength: 8 });

/** Machines are numbered from 1. */
function factsOf(states: readonly State[]): PlanFacts {
  const contextOf = (vmcNo: number): MachineContext => {
    const { isKnown, online, platform, version, isDoubtful, doorOpen } = states[vmcNo - 1] as State;
    const login = { at: 1, entry: 1, version, ioVersion: null, loginCount: null } as never;
    const machine = machineState(vmcNo, {
      ...(online && { link: { status: 'online', conn: 1, peer, since: 0 } }),
      login: version === null ? null : login,
      door: doorOpen ? { value: 'open', at: 1, entry: 1 } : null,
    });
    const doubts = isDoubtful ? [{ field: 'version', why: 'fetched', at: 9, entry: null } as const] : [];
    return { machine: isKnown ? machine : null, platform, packages: [pkg()], doubts, now: 10 };
  };
  return {
    contextOf,
    refusal: (vmcNo, name, input) => refusalOf(name, input, [], contextOf(vmcNo)),
    taken: new Set(states.flatMap(({ isTaken }, at) => (isTaken ? at + 1 : []))),
  };
}

/** Machine numbers, and the reasons against those that get nothing. */
type Answer = Readonly<Record<number, string | null>>;

it('is the same in the dialog, the run, its record and its file, and changes at the start are reported', () => {
  fc.assert(
    fc.property(
      fleet,
      fc.option(fleet, { nil: undefined }),
      fc.constantFrom(...plans),
      fc.array(fc.nat({ max: 7 }), { minLength: 1, maxLength: 10 }),
      (first, second, steps, picks) => {
        const chosen = picks.map((pick) => (pick % first.length) + 1);
        const dialog = planOf(factsOf(first), chosen, steps);
        const shown = shownOf(dialog);
        // Some machines differ at the time of the start.
        const then = first.map((one, at) => second?.[at] ?? one);
        const plan = planOf(factsOf(then), chosenOf(shown), steps);
        const { machines, leftOut, changed } = decided(shown, plan);
        const published: Run[] = [];
        const lines = new Map<number, RunMachine>();
        const runs = new Runs({
          now: () => 10,
          localOffset: () => 0,
          isOnline: () => true,
          awaitsLogin: () => false,
          hindered: () => null,
          already: () => null,
          give: () => ({ code: 'updatesOff', params: {} }),
          cancel: () => undefined,
          changed: (now, all) => {
            published.push(now);
            for (const line of all) lines.set(line.id, line);
          },
        });
        runs.start({ title: null, steps, machines, leftOut, waves: together, by: '' });
        const [run] = published;
        if (run === undefined) throw new Error('no run');

        const shownAs: Answer = Object.fromEntries(
          dialog.map(({ vmcNo, refused }) => [vmcNo, refused?.error.code ?? null]),
        );
        const inRun: Answer = Object.fromEntries(
          [...lines.values()].map((line) => [line.vmcNo, line.leftOut?.error.code ?? null]),
        );
        // Each selected machine is one machine of the run, and no other is.
        expect(lines.size).toBe(new Set(chosen).size);
        expect(Object.keys(inRun)).toEqual(Object.keys(shownAs));
        // Only machines shown as selected get it.
        const isNew = chosen.filter((vmcNo) => shownAs[vmcNo] !== null && inRun[vmcNo] === null);
        expect(isNew).toEqual([]);
        // Exactly the changes are reported.
        const now: Answer = Object.fromEntries(
          plan.map(({ vmcNo, refused }) => [vmcNo, refused?.error.code ?? null]),
        );
        const differs = plan.filter(
          ({ vmcNo, refused }) =>
            shownAs[vmcNo] !== now[vmcNo] ||
            refused?.step !== dialog.find((one) => one.vmcNo === vmcNo)?.refused?.step,
        );
        expect(changed.map(({ vmcNo }) => vmcNo)).toEqual(differs.map(({ vmcNo }) => vmcNo));
        expect(changed.length === 0 ? inRun : shownAs).toEqual(shownAs);

        const [, ...rows] = runTable(words, run, [...lines.values()], {
          nameOf: () => '',
          commands: new Map(),
        });
        expect(rows.map(([vmcNo]) => Number(vmcNo)).toSorted((a, b) => a - b)).toEqual(
          Object.keys(inRun).map(Number),
        );
        const leftOutWord = words.t('work.line.leftOut');
        const inFile = Object.fromEntries(rows.map((row) => [Number(row[0]), row.includes(leftOutWord)]));
        for (const [vmcNo, why] of Object.entries(inRun)) expect(inFile[Number(vmcNo)]).toBe(why !== null);
      },
    ),
    { seed: 48, numRuns: 400 },
  );
});
