import { minute, nothing } from './kit/inputs';
import { command } from './kit/row';
import { confirmed, notMine, passed, when, whenClosed } from './kit/verdict';
import { bare, remote } from './kit/wire';

/** [ours] ms in which a machinestatus is taken for the answer. */
const answersWithin = 5_000;

/** Neither supplies, which are asked for by another name, nor that errors were cleared is a status. */
const isAnswer = (status: string | null): boolean =>
  status !== null && status !== 'supply' && status !== 'clearerror';

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
          when('statusquery_r', ({ status }) => (isAnswer(status) ? confirmed('statusReported') : notMine)),
          // It says the same of its own, whenever a door is opened.
          when('machinestatus', ({ status }, { at, command: { sentAt } }) =>
            isAnswer(status) && sentAt !== null && at - sentAt <= answersWithin
              ? confirmed('statusReported')
              : notMine,
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
