import { minute, nothing } from './kit/inputs';
import { command } from './kit/row';
import { confirmed, notMine, passed, seenAfter, when, whenClosed } from './kit/verdict';
import { remote } from './kit/wire';

/** Has android hang up, connect to the first server of its list and tell everything [field]. */
export const sync = command(nothing)({
  examples: [{}],
  offered: 'menu',
  effects: ['reconnects'],
  ofOneBuild: true,
  wire: { linux: null, android: remote('sync') },
  steps: { allReported: { after: 1_000 }, connectedAnew: {} },
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
          when('machinestatus', ({ supply }, about) =>
            supply === null || about.conn === about.command.conn
              ? notMine
              : confirmed('allReported', seenAfter(about)),
          ),
        ],
      },
    ],
  },
  queueFor: minute,
  lateFor: minute,
  virtual: { linux: null, android: { acts: (vm) => vm.reconnect() } },
});
