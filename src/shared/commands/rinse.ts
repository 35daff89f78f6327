import { day, minute, nothing } from './kit/inputs';
import { cupInPlace, doorOpen, inFault, unless } from './kit/possible';
import { command } from './kit/row';
import { rinseOf } from '../messages/rinsingrecord';
import { momentOf, relationTo, type Moment } from '../model/machineClock';
import { confirmed, failed, never, notMine, step, when } from './kit/verdict';
import { noted, unproved } from './kit/unproved';
import { bare, both, remote } from './kit/wire';

/** How a rinse that was ordered from here is named, where it is [field]. */
const ours: ReadonlySet<string> = new Set(['remote']);

/** [ours] ms: where the record does not say who began the rinse, a clock that was not measured may be no further ahead. */
const unsaidAhead = 2_000;

/** ms in which it is rinsed. Only its record may come later. */
const rinsedWithin = 5 * minute;

/** Whether a rinse that was ordered at `sentAt` can have been made then. */
const mayBe = (moment: Moment, sentAt: number): boolean =>
  relationTo(moment, sentAt) !== 'before' && moment.from <= sentAt + rinsedWithin;

export const rinse = command(nothing)({
  examples: [{}],
  offered: 'button',
  effects: ['dispenses'],
  possible: unless(doorOpen, cupInPlace, inFault),
  wire: { linux: bare('rinsing'), android: remote('rinsing') },
  steps: { rinsed: { after: 20_000 }, rinseFailed: { after: 20_000 }, rinsedEarlier: {}, rinsedSometime: {} },
  follows: (earlier) => noted(earlier, 'rinsedEarlier'),
  expects: {
    linux: never('this program sends nothing after a rinse'),
    android: [
      {
        within: rinsedWithin,
        anyOf: [
          when('rinsingrecord', ({ isOk, recordId, rinsingWay }, { at, before, command: given }) => {
            const { sentAt } = given;
            // Rinses that it began by itself or that somebody began there.
            if (rinsingWay !== null && !ours.has(rinsingWay)) return notMine;
            const rinsed = rinseOf(recordId);
            if (rinsed === null || sentAt === null || isOk === null) return notMine;
            // Sent again: it is of before the command, or was judged when it first came.
            if (before?.rinses.includes(rinsed.id) === true) return notMine;
            const moment = momentOf(before?.clock ?? [], rinsed.at, {
              at,
              ...(rinsingWay === null && { mayBeAhead: unsaidAhead }),
            });
            if (moment === null) return rinsingWay === null ? notMine : step('rinsedSometime');
            // One that was given up without a record may have it only now.
            if (unproved(given, 'rinsedEarlier').some((earlier) => mayBe(moment, earlier)))
              return step('rinsedEarlier');
            // Of before it, or somebody's later one.
            if (!mayBe(moment, sentAt)) return notMine;
            if (relationTo(moment, sentAt) === 'unknown') return step('rinsedSometime');
            const after = { after: Math.max(0, moment.from - sentAt) };
            return isOk ? confirmed('rinsed', after) : failed('rinseFailed', after);
          }),
        ],
      },
    ],
  },
  queueFor: minute,
  lateFor: day,
  // android takes it bare too, and sends no notice then [field3].
  like: ({ cmd }) => cmd === 'rinsing',
  virtual: both({ acts: (vm) => vm.rinse() }),
});
