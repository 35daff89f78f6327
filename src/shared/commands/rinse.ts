import { day, minute, nothing } from './kit/inputs';
import { cupInPlace, doorOpen, inFault, unless } from './kit/possible';
import { command } from './kit/row';
import { rinseOf } from '../messages/rinsingrecord';
import { momentOf, relationTo, type Moment } from '../model/machineClock';
import { confirmed, failed, never, notMine, step, when } from './kit/verdict';
import { noted, unproved } from './kit/unproved';
import { bare, both, remote } from './kit/wire';

/** Origin of a rinse ordered by Crema, if the record has one [field]. */
const ours: ReadonlySet<string> = new Set(['remote']);

/** [ours] ms that an unmeasured machine clock may be ahead if the record does not name the rinse's origin. */
const clockAhead = 2_000;

/** ms in which the machine rinses. Only its record may arrive later. */
const rinsedWithin = 5 * minute;

/** Whether a rinse ordered at `sentAt` can have been made at that time. */
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
            // Rinses started by the machine itself or by a person at the machine.
            if (rinsingWay !== null && !ours.has(rinsingWay)) return notMine;
            const rinsed = rinseOf(recordId);
            if (rinsed === null || sentAt === null || isOk === null) return notMine;
            // A repetition: it precedes the command, or was judged on its first report.
            if (before?.rinses.includes(rinsed.id) === true) return notMine;
            const moment = momentOf(before?.clock ?? [], rinsed.at, {
              at,
              ...(rinsingWay === null && { mayBeAhead: clockAhead }),
            });
            if (moment === null) return rinsingWay === null ? notMine : step('rinsedSometime');
            // A given-up rinse may get its record only now.
            if (unproved(given, 'rinsedEarlier').some((earlier) => mayBe(moment, earlier)))
              return step('rinsedEarlier');
            // Before the command, or someone's later rinse.
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
  // android accepts the bare form too, without a notice [field3].
  like: ({ cmd }) => cmd === 'rinsing',
  virtual: both({ acts: (vm) => vm.rinse() }),
});
