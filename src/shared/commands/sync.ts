import { hasStep, type GivenCommand } from './kit/given';
import { minute, nothing } from './kit/inputs';
import { command } from './kit/row';
import { confirmed, notMine, passed, seenAfter, step, when, whenClosed } from './kit/verdict';
import { remote } from './kit/wire';

/** [ours] ms: it hangs up at once. */
const hangsUpWithin = 10_000;

/**
 * Whether the machine hung up for the command. It does so by itself too, when it heard nothing for two minutes; after a command that it
 * accepted it can't be that.
 */
const hungUp = ({ steps, sentAt }: GivenCommand): boolean =>
  steps.some(
    ({ what, at, params }) =>
      what === 'connectionClosed' &&
      params['reason'] === 'machineClosed' &&
      sentAt !== null &&
      at - sentAt <= hangsUpWithin,
  );

/** Has android hang up, connect to the first server of its list and tell everything [field]. */
export const sync = command(nothing)({
  examples: [{}],
  offered: 'menu',
  effects: ['reconnects'],
  ofOneBuild: true,
  wire: { linux: null, android: remote('sync') },
  steps: {
    allReported: { after: 1_000 },
    connectedAnew: {},
    reportedUnnoticed: { after: 1_000 },
    reportedAnyway: { after: 1_000 },
  },
  expects: {
    linux: [],
    android: [
      {
        within: minute,
        anyOf: [
          // It may be back before its old connection ends.
          whenClosed((reason) => passed('connectionClosed', { reason })),
          when('login', (_login, { conn, command: { conn: sentOn } }) =>
            conn === sentOn ? notMine : passed('connectedAnew'),
          ),
        ],
      },
      {
        within: minute,
        anyOf: [
          when('machinestatus', ({ supply }, about) => {
            const { command: given, conn } = about;
            if (supply === null || conn === given.conn) return notMine;
            const what = hungUp(given) ? 'reportedUnnoticed' : 'reportedAnyway';
            if (what === 'reportedUnnoticed' && hasStep(given, 'accepted'))
              return confirmed('allReported', seenAfter(about));
            return hasStep(given, what) ? notMine : step(what, seenAfter(about));
          }),
        ],
      },
    ],
  },
  // Its notice may come after its report.
  notice: (given) => (hasStep(given, 'reportedUnnoticed') ? 'done' : 'accepted'),
  queueFor: minute,
  lateFor: minute,
  virtual: { linux: null, android: { acts: (vm) => vm.reconnect() } },
});
