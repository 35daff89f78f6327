import { minute, nothing } from './kit/inputs';
import { command } from './kit/row';
import { confirmed, notMine, passed, when, whenClosed } from './kit/verdict';
import { bare, remote } from './kit/wire';

export const queryStatus = command(nothing)({
  examples: [{}],
  offered: 'menu',
  // android knows no question; `sync` makes it connect anew and tell everything [field].
  effects: { linux: [], android: ['reconnects'] },
  wire: { linux: bare('statusquery'), android: remote('sync') },
  steps: { statusReported: {}, connectedAnew: {} },
  expects: {
    linux: [
      {
        within: 30_000,
        anyOf: [
          when(['machinestatus', 'statusquery_r'], ({ status }) =>
            status === null || status === 'supply' ? notMine : confirmed('statusReported'),
          ),
        ],
      },
    ],
    android: [
      {
        within: minute,
        anyOf: [
          whenClosed((reason) => passed('connectionClosed', { reason })),
          when('login', (_login, { conn, command: { conn: sentOn } }) =>
            conn === sentOn ? notMine : passed('connectedAnew'),
          ),
        ],
      },
      {
        within: minute,
        anyOf: [
          when('machinestatus', ({ supply }, { conn, command: { conn: sentOn } }) =>
            supply === null || conn === sentOn ? notMine : confirmed('statusReported'),
          ),
        ],
      },
    ],
  },
  queueFor: minute,
  lateFor: minute,
  virtual: {
    linux: (vm, _message, done) => {
      vm.reportDoor();
      done(null);
    },
    android: (vm, _message, done) => vm.reconnect(() => done(null)),
  },
});
