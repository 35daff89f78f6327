import { day, minute, nothing } from './kit/inputs';
import { cupInPlace, doorOpen, inFault, unless } from './kit/possible';
import { command } from './kit/row';
import { rinseOf } from '../messages/rinsingrecord';
import { confirmed, failed, never, notMine, step, when } from './kit/verdict';
import { noted, unproved } from './kit/unproved';
import { bare, both, remote } from './kit/wire';

/** How a rinse that was ordered from here is named, where it is [field]. */
const ours: ReadonlySet<string> = new Set(['remote']);

const wholeSecond = (ms: number): number => ms - (ms % 1_000);

/**
 * [ours] ms by which a machine's clock may be ahead of ours and still be believed: less where the record does not say that it was
 * ordered from here, as the time is then all that tells whose rinse it is.
 */
const clockTolerance = { said: 30_000, unsaid: 2_000 };

/** ms in which it is rinsed. Only its record may come later. */
const rinsedWithin = 5 * minute;

/** Whether it is rinsed then as was ordered at that time. */
const mayBe = (rinsedAt: number, sentAt: number): boolean =>
  rinsedAt >= wholeSecond(sentAt) && rinsedAt <= sentAt + rinsedWithin;

export const rinse = command(nothing)({
  examples: [{}],
  offered: 'button',
  effects: ['dispenses'],
  possible: unless(doorOpen, cupInPlace, inFault),
  wire: { linux: bare('rinsing'), android: remote('rinsing') },
  steps: { rinsed: { after: 20_000 }, rinseFailed: { after: 20_000 }, rinsedEarlier: {} },
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
            // It is told again: whatever the machine's clock says, it was before the command, or was judged then.
            if (before?.rinses.includes(rinsed.id) === true) return notMine;
            // Its clock is ahead: an earlier rinse would seem to lie after the command.
            const tolerance = rinsingWay === null ? clockTolerance.unsaid : clockTolerance.said;
            if (rinsed.at > at + tolerance) return notMine;
            // One that was given up without a record may have it only now.
            if (unproved(given, 'rinsedEarlier').some((earlier) => mayBe(rinsed.at, earlier)))
              return step('rinsedEarlier');
            // Somebody's later one, however late it is told.
            if (!mayBe(rinsed.at, sentAt)) return notMine;
            // By the machine's clock, which may be ahead of ours by so much: that it was after the command is what it says.
            const after = { after: Math.max(0, rinsed.at - sentAt) };
            return isOk ? confirmed('rinsed', after) : failed('rinseFailed', after);
          }),
        ],
      },
    ],
  },
  queueFor: minute,
  lateFor: day,
  virtual: both({ acts: (vm) => vm.rinse() }),
});
