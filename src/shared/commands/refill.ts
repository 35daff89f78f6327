import { z } from 'zod';
import { readAmount } from '../materials';
import { wireMoment } from '../messages/common';
import { toText } from '../messages/field';
import type { MachineState } from '../model/machine';
import { givenUpAt, hasStep } from './kit/given';
import { day, minute } from './kit/inputs';
import { hindrance } from './kit/possible';
import { command } from './kit/row';
import { differingSum, stockOf } from './kit/stock';
import { noted, unproved } from './kit/unproved';
import { confirmed, notMine, passed, seenAfter, step, when, type About } from './kit/verdict';
import { remote } from './kit/wire';

/** ms after a login in which android tells what it had not told [field]; what comes later has just happened. */
const ritual = 15_000;
/** [ours] ms by which a machine's clock may be ahead of ours and still be believed. */
const clockTolerance = 30_000;
/** ms in which a warning that is over is taken back. */
const warningTime = 10_000;

/** What one refill changes of a material. */
export const mostChange = 100_000;

const wholeSecond = (ms: number): number => ms - (ms % 1_000);

/** [ours] ms after it was sent in which a refill is recorded; what is told after a login has its own time. */
const recordedWithin = 5 * minute;

/** When the refill was that is recorded; `null`: it is a stored one of which that can't be told. */
function refilledAt(
  timestamp: unknown,
  { at, conn, before, command: { conn: sentOn } }: About<unknown>,
): number | null {
  if (before?.link.status === 'online' && conn === sentOn && at - before.link.since > ritual) return at;
  const written = toText(
    typeof timestamp === 'string' || typeof timestamp === 'number' ? timestamp : undefined,
  );
  const moment = written === null ? null : wireMoment(written);
  return moment === null || moment > at + clockTolerance ? null : moment;
}

/** Of these materials, those that are low. */
const lowOf = (machine: MachineState | null, materials: readonly string[]): readonly string[] =>
  materials.filter((material) =>
    machine?.errors.some(({ code, ending }) => ending === null && code === `WARNING:${material}`),
  );

/** Adds to what the machine counts, or takes away; never a question: it writes a record of nothing, too [field]. */
export const refill = command(
  z.strictObject({
    /** By material: how much more, or less. */
    changes: z.record(z.string().regex(/^[1-9]\d{0,8}$/), z.int().min(-mostChange).max(mostChange)),
  }),
)({
  examples: [{ changes: { '10009': 200, '10016': -50 } }],
  offered: 'menu',
  effects: ['restocks'],
  ofOneBuild: true,
  possible: ({ machine }, input) => {
    const known = new Map(Object.entries(machine?.supplies ?? {}));
    for (const material of Object.keys(input?.changes ?? {})) {
      const seen = known.get(material);
      if (seen !== undefined && readAmount(seen.value).kind === 'sentinel')
        return hindrance('notCounted', { material }, seen);
    }
    return null;
  },
  refuses: ({ changes }) => {
    const all = Object.values(changes);
    return all.length === 0 || all.length > 50 || all.includes(0)
      ? { code: 'refillNothing', params: { field: 'changes' } }
      : null;
  },
  wire: {
    linux: null,
    android: ({ changes }, to) => ({
      ...remote('supplys')(null, to),
      supply: Object.fromEntries(
        Object.entries(changes).map(([material, by]) => [material, by > 0 ? `+${by}` : String(by)]),
      ),
    }),
  },
  steps: {
    refillRecorded: { after: 1_000 },
    refilledEarlier: {},
    sumReported: { after: 2_000 },
    sumDiffers: { material: '10009', amountLeft: 400, sum: 600 },
    warningOver: { material: '10009' },
    warningStays: {},
  },
  // A record names the materials.
  sameAs: ({ changes }, other) =>
    Object.keys(changes).some((material) => Object.hasOwn(other.changes, material)),
  follows: (earlier) =>
    noted(
      earlier.filter((one) => !hasStep(one, 'refillRecorded')),
      'refilledEarlier',
    ),
  remember: ({ machine }) => ({ stock: stockOf(machine) }),
  expects: {
    linux: [],
    android: [
      {
        within: minute,
        anyOf: [
          when('feedrecord', ({ timestamp, supply }, about) => {
            const named = new Set(Object.keys(supply ?? {}));
            const isAll = Object.keys(about.input.changes).every((material) => named.has(material));
            const { command: given } = about;
            const refilled = refilledAt(timestamp, about);
            if (!isAll || refilled === null || given.sentAt === null) return notMine;
            const mayBe = (sentAt: number): boolean =>
              refilled >= wholeSecond(sentAt) && refilled <= sentAt + recordedWithin;
            // One that was given up without a record may have it only now.
            if (unproved(given, 'refilledEarlier').some(mayBe)) return step('refilledEarlier');
            // Who refilled, here or there, no record says: only that it was after the command, and what the sum is then.
            if (refilled < wholeSecond(given.sentAt)) return notMine;
            // After a login the sum is told before what was kept [field].
            const verdict = hasStep(given, 'sumReported') ? confirmed : passed;
            return verdict('refillRecorded', seenAfter(about));
          }),
          when(['machinestatus', 'querysupplies_r'], ({ supply }, about) => {
            const { conn, input, facts, before, command: given } = about;
            if (supply === null || conn === given.conn || hasStep(given, 'sumReported')) return notMine;
            const isAll = Object.keys(input.changes).every((material) => Object.hasOwn(supply, material));
            return isAll && differingSum(facts['stock'], before, input.changes, supply) === null
              ? step('sumReported', seenAfter(about))
              : notMine;
          }),
        ],
      },
      {
        within: minute,
        anyOf: [
          when(['machinestatus', 'querysupplies_r'], ({ supply }, about) => {
            const { before, input, facts, command: given } = about;
            const materials = Object.keys(input.changes);
            if (supply === null || !materials.every((material) => Object.hasOwn(supply, material)))
              return notMine;
            const differs = differingSum(facts['stock'], before, input.changes, supply);
            if (differs !== null) return step('sumDiffers', { ...differs });
            const added = materials.filter((material) => (input.changes[material] ?? 0) > 0);
            const low = lowOf(before, added);
            return low.length === 0 || givenUpAt(given) !== null
              ? confirmed('sumReported', seenAfter(about))
              : passed('sumReported', seenAfter(about), { awaited: low.map(Number) });
          }),
        ],
      },
      {
        within: warningTime,
        anyOf: [
          when('clearwarning', ({ code }, { command: { awaited } }) => {
            const material = awaited.find((one) => code === `WARNING:${one}`);
            if (material === undefined) return notMine;
            const rest = awaited.filter((one) => one !== material);
            return (rest.length === 0 ? confirmed : step)(
              'warningOver',
              { material: String(material) },
              { awaited: rest },
            );
          }),
        ],
      },
    ],
  },
  // The sum is the proof; a warning may have another cause.
  onExpired: ({ stage, steps }) => {
    const sum = steps.findLast(({ what }) => what === 'sumReported');
    return stage === 2 && sum !== undefined ? confirmed('warningStays', {}, { entry: sum.entry }) : notMine;
  },
  slot: 'settings',
  queueFor: 10 * minute,
  lateFor: day,
  says: ({ changes }) => {
    const [[material, change] = ['', 0], ...more] = Object.entries(changes);
    const by = change > 0 ? `+${change}` : String(change);
    return more.length === 0 ? ['one', { material, by }] : ['many', { material, by, count: more.length }];
  },
  waiting: ({ stage }) => [(['record', 'sum', 'warning'] as const)[stage] ?? 'record', {}],
  virtual: {
    linux: null,
    android: {
      notifies: 'never',
      acts: (vm, { supply }) => {
        const told = typeof supply === 'object' && supply !== null && !Array.isArray(supply) ? supply : {};
        const changes = Object.entries(told).flatMap(([material, by]): readonly [string, number][] => {
          const change = Number(by);
          return Number.isFinite(change) ? [[material, change]] : [];
        });
        vm.inSlot(() => vm.refill(Object.fromEntries(changes)));
      },
    },
  },
});
