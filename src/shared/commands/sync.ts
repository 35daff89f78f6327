import { hasStep, type GivenCommand } from './kit/given';
import { minute, nothing } from './kit/inputs';
import { command } from './kit/row';
import { confirmed, notMine, passed, seenAfter, step, when, whenClosed } from './kit/verdict';
import { remote } from './kit/wire';

/** [ours] ms. The machine closes the connection immediately. */
const hangsUpWithin = 10_000;

/**
 * Whether the machine closed the connection because of the command. It also does so after two minutes of silence, but not after it has
 * accepted a command.
 */
const hungUp = ({ steps, sentAt }: GivenCommand): boolean =>
  steps.some(
    ({ what, at, params }) =>
      what === 'connectionClosed' &&
      params['reason'] === 'machineClosed' &&
      sentAt !== null &&
      // Not after the clock was set back: the time between is unknown then.
      at >= sentAt &&
      at - sentAt <= hangsUpWithin,
  );

/** Makes android close the connection, connect to the first server of its list and report everything [field]. */
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
          // The machine may be back before its old connection ends.
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
  // The notice may follow the report.
  notice: (given) => (hasStep(given, 'reportedUnnoticed') ? 'done' : 'accepted'),
  queueFor: minute,
  lateFor: minute,
  virtual: { linux: null, android: { acts: (vm) => vm.reconnect() } },
});
