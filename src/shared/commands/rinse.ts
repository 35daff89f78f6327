import { day, minute, nothing } from './kit/inputs';
import { cupInPlace, doorOpen, inFault, unless } from './kit/possible';
import { command } from './kit/row';
import { wireMoment } from '../messages/common';
import { confirmed, failed, never, notMine, when } from './kit/verdict';
import { bare, remote } from './kit/wire';

/** How a rinse that was ordered from here is named, where it is [field]. */
const ours: ReadonlySet<string> = new Set(['remote']);

/** When its rinse was, by the machine's own clock: `C` and the second begin its id [field]. */
const timeIn = (recordId: unknown): number | null =>
  typeof recordId === 'string' ? wireMoment(recordId.slice(1, 15)) : null;

const wholeSecond = (ms: number): number => ms - (ms % 1_000);

/** [ours] ms by which a machine's clock may be ahead of ours and still be believed. */
const clockTolerance = 30_000;

/** What a virtual machine takes for it, ms of its life. */
const takes = 10_000;

export const rinse = command(nothing)({
  examples: [{}],
  offered: 'button',
  effects: ['dispenses'],
  possible: unless(doorOpen, cupInPlace, inFault),
  wire: { linux: bare('rinsing'), android: remote('rinsing') },
  steps: { rinsed: {}, rinseFailed: {} },
  expects: {
    linux: never('this program sends nothing after a rinse'),
    android: [
      {
        within: 5 * minute,
        anyOf: [
          when('rinsingrecord', ({ isOk, recordId, rinsingWay }, { at, command: { sentAt } }) => {
            // Rinses that it began by itself or that somebody began there, and records that are told again.
            if (!ours.has(rinsingWay ?? 'remote')) return notMine;
            const ended = timeIn(recordId);
            if (ended === null || sentAt === null || ended < wholeSecond(sentAt)) return notMine;
            // Its clock is ahead: an earlier rinse would seem to lie after the command.
            if (ended > at + clockTolerance) return notMine;
            if (isOk === null) return notMine;
            return isOk ? confirmed('rinsed') : failed('rinseFailed');
          }),
        ],
      },
    ],
  },
  queueFor: minute,
  lateFor: day,
  virtual: {
    linux: () => {},
    android: (vm, _message, done) =>
      vm.soon(takes, () => {
        vm.tell('rinsed', null);
        done(null);
      }),
  },
});
