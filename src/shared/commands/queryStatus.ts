import type { MachineState } from '../model/machine';
import { minute, nothing } from './kit/inputs';
import { command } from './kit/row';
import { confirmed, notMine, passed, seenAfter, when, whenClosed, type BodyNamed } from './kit/verdict';
import { bare, remote } from './kit/wire';

/** [ours] ms in which a machinestatus is taken for the answer. */
const answersWithin = 5_000;

/**
 * linux says of its own only what has changed: what it had said otherwise on this connection may be such a report. What is no news, or
 * was not known, answers the question.
 */
function isNews({ status }: BodyNamed<'machinestatus'>, before: MachineState | null): boolean {
  if (before?.link.status !== 'online') return false;
  const { since } = before.link;
  const said = status === 'dooropen' ? 'open' : status === 'doorclose' ? 'closed' : null;
  if (said === null) return status === 'cupblock' && before.cupBlocked === null;
  return before.door !== null && before.door.at >= since && before.door.value !== said;
}

/** Neither supplies, which are asked for by another name, nor that errors were cleared is a status. */
const isAnswer = (status: string | null): boolean =>
  status !== null && status !== 'supply' && status !== 'clearerror';

export const queryStatus = command(nothing)({
  examples: [{}],
  offered: 'menu',
  // android knows no question; `sync` makes it connect anew and tell everything [field].
  effects: { linux: [], android: ['reconnects'] },
  wire: { linux: bare('statusquery'), android: remote('sync') },
  steps: { statusReported: { after: 1_000 }, connectedAnew: {} },
  expects: {
    linux: [
      {
        within: 30_000,
        anyOf: [
          when('statusquery_r', ({ status }, about) =>
            isAnswer(status) ? confirmed('statusReported', seenAfter(about)) : notMine,
          ),
          when('machinestatus', (message, about) => {
            const { at, before, command: given } = about;
            const isSoon = given.sentAt !== null && at - given.sentAt <= answersWithin;
            return isAnswer(message.status) && isSoon && !isNews(message, before)
              ? confirmed('statusReported', seenAfter(about))
              : notMine;
          }),
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
          when('machinestatus', ({ supply }, about) =>
            supply === null || about.conn === about.command.conn
              ? notMine
              : confirmed('statusReported', seenAfter(about)),
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
