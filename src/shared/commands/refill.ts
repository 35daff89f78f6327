import { z } from 'zod';
import { readAmount } from '../materials';
import { wireMoment } from '../messages/common';
import { toText } from '../messages/field';
import type { JsonValue } from '../model/json';
import type { MachineState } from '../model/machine';
import { momentOf, relationTo, type Moment } from '../model/machineClock';
import { heardBefore, isSpeaking } from './kit/alive';
import { givenUpAt, hasStep } from './kit/given';
import { day, minute } from './kit/inputs';
import { hindrance } from './kit/possible';
import { command } from './kit/row';
import { countedOf, differingSum, stockOf } from './kit/stock';
import { noted, unproved } from './kit/unproved';
import { confirmed, notMine, passed, seenAfter, step, when, type About } from './kit/verdict';
import { remote } from './kit/wire';

/** ms in which an ended warning is cleared. */
const warningTime = 10_000;

/** Limit of the change per material and refill. */
export const mostChange = 100_000;

/** [ours] ms in which a sent refill is recorded. */
const recordedWithin = 5 * minute;

/** ms after a login in which android sends its kept records [field]. */
const loginReportsWithin = 15_000;

/** Not a kept record: on an open connection the machine sends new records immediately. */
const isFresh = (about: About<unknown>): boolean => {
  const { at, conn, before, command: given } = about;
  if (before?.link.status !== 'online' || conn !== given.conn) return false;
  return at - before.link.since > loginReportsWithin && isSpeaking(about);
};

/** Whether a refill ordered at `sentAt` can have been made at that time. */
const mayBe = (moment: Moment, sentAt: number): boolean =>
  relationTo(moment, sentAt) !== 'before' && moment.from <= sentAt + recordedWithin;

/** The record has exactly the command's materials and amounts, as expected [field3]. */
const isSameMap = (changes: Readonly<Record<string, number>>, other: JsonValue | undefined): boolean => {
  const named = new Map(Object.entries(typeof other === 'object' && other !== null ? other : {}));
  return (
    named.size === Object.keys(changes).length &&
    Object.entries(changes).every(([material, by]) => Number(named.get(material)) === by)
  );
};

/** The report has a count for each of these materials: refills do not change uncounted materials [field]. */
const isCounted = (
  changes: Readonly<Record<string, number>>,
  supply: Readonly<Record<string, string>>,
): boolean => Object.keys(changes).every((material) => countedOf(supply[material]) !== null);

/** The low materials among these. */
const lowOf = (machine: MachineState | null, materials: readonly string[]): readonly string[] =>
  materials.filter((material) =>
    machine?.errors.some(({ code, ending }) => ending === null && code === `WARNING:${material}`),
  );

/** Adds to the counted amounts or subtracts from them. Never used as a query: the machine writes even an empty record [field]. */
export const refill = command(
  z.strictObject({
    /** Change of the amount by material. */
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
    refilledEarlier: { record: '20250318165359' },
    refilledSometime: { record: '20250318165359' },
    sumReported: { after: 2_000 },
    sumDiffers: { material: '10009', amountLeft: 400, sum: 600 },
    notCounted: { material: '10009' },
    warningOver: { material: '10009' },
    warningStays: {},
  },
  // A record contains the materials.
  sameAs: ({ changes }, other) =>
    Object.keys(changes).some((material) => Object.hasOwn(other.changes, material)),
  follows: (earlier, { changes }) =>
    noted(
      earlier.filter((one) => !hasStep(one, 'refillRecorded') && isSameMap(changes, one.input['changes'])),
      'refilledEarlier',
    ),
  remember: ({ machine }) => ({ stock: stockOf(machine), ...heardBefore(machine) }),
  expects: {
    linux: [],
    android: [
      {
        within: minute,
        anyOf: [
          when('feedrecord', ({ timestamp, supply }, about) => {
            const { input, at, before, command: given } = about;
            const written = toText(
              typeof timestamp === 'string' || typeof timestamp === 'number' ? timestamp : undefined,
            );
            const shown = written === null ? null : wireMoment(written);
            if (shown === null || given.sentAt === null || !isSameMap(input.changes, supply ?? {}))
              return notMine;
            // Kept records follow every login until they are acknowledged.
            const record = { record: written ?? '' };
            if (given.steps.some(({ params }) => params['record'] === record.record)) return notMine;
            const moment = momentOf(before?.clock ?? [], shown, { at });
            if (moment === null) return step('refilledSometime', record);
            // A given-up refill may get its record only now.
            if (unproved(given, 'refilledEarlier').some((sentAt) => mayBe(moment, sentAt)))
              return step('refilledEarlier', record);
            const relation = relationTo(moment, given.sentAt);
            if (relation === 'before') return notMine;
            if (relation === 'unknown' && !isFresh(about)) return step('refilledSometime', record);
            // After a login the sum precedes the kept records [field].
            const verdict = hasStep(given, 'sumReported') ? confirmed : passed;
            return verdict('refillRecorded', seenAfter(about));
          }),
          when(['machinestatus', 'querysupplies_r'], ({ supply }, about) => {
            const { conn, input, facts, before, command: given } = about;
            if (supply === null || conn === given.conn || hasStep(given, 'sumReported')) return notMine;
            return isCounted(input.changes, supply) &&
              differingSum(facts['stock'], before, input.changes, supply) === null
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
            const uncounted = materials.find((material) => countedOf(supply[material]) === null);
            if (uncounted !== undefined) return step('notCounted', { material: uncounted });
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
        const amounts = typeof supply === 'object' && supply !== null && !Array.isArray(supply) ? supply : {};
        const changes = Object.entries(amounts).flatMap(([material, by]): readonly [string, number][] => {
          const change = Number(by);
          return Number.isFinite(change) ? [[material, change]] : [];
        });
        vm.inSlot(() => vm.refill(Object.fromEntries(changes)));
      },
    },
  },
});
