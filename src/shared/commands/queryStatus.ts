import type { MachineState } from '../model/machine';
import { minute, nothing } from './kit/inputs';
import { command } from './kit/row';
import type { GivenCommand } from './kit/given';
import { confirmed, notMine, seenAfter, when, type About, type BodyNamed } from './kit/verdict';
import { bare } from './kit/wire';

/** [ours] ms in which a machinestatus is taken for the answer. */
const answersWithin = 5_000;

/**
 * linux says of its own only what has changed: what it had said otherwise on this connection may be such a report. What is no news, or
 * was not known, answers the question.
 */
function isNews({ status }: BodyNamed<'machinestatus'>, before: MachineState | null): boolean {
  if (before?.link.status !== 'online') return false;
  const { door } = before;
  const said = status === 'dooropen' ? 'open' : status === 'doorclose' ? 'closed' : null;
  if (said === null) return status === 'cupblock' && before.cupBlocked === null;
  return door !== null && door.unconfirmed !== true && door.value !== said;
}

/** Whether a report may answer this question. What linux says on another connection, it says of its own. */
export const mayAnswer = (
  { sentAt, conn: sentOn }: GivenCommand,
  { at, conn }: Pick<About<unknown>, 'at' | 'conn'>,
): boolean => sentAt !== null && at - sentAt <= answersWithin && conn === sentOn;

/** Whether a report may be the answer to a question that waits for one. */
export const isAsked = (about: Pick<About<unknown>, 'at' | 'conn' | 'running'>): boolean =>
  about.running.some((one) => one.name === 'queryStatus' && mayAnswer(one, about));

/** Neither supplies, which are asked for by another name, nor that errors were cleared is a status. */
const isAnswer = (status: string | null): boolean =>
  status !== null && status !== 'supply' && status !== 'clearerror';

export const queryStatus = command(nothing)({
  examples: [{}],
  offered: 'menu',
  effects: [],
  // android knows no question: `sync` has it tell everything [field].
  wire: { linux: bare('statusquery'), android: null },
  steps: { statusReported: { after: 1_000 } },
  expects: {
    linux: [
      {
        within: 30_000,
        anyOf: [
          when('statusquery_r', ({ status }, about) =>
            isAnswer(status) ? confirmed('statusReported', seenAfter(about)) : notMine,
          ),
          when('machinestatus', (message, about) => {
            const isOurs = mayAnswer(about.command, about) && !isNews(message, about.before);
            return isAnswer(message.status) && isOurs
              ? confirmed('statusReported', seenAfter(about))
              : notMine;
          }),
        ],
      },
    ],
    android: [],
  },
  queueFor: minute,
  lateFor: minute,
  virtual: {
    linux: { acts: (vm) => vm.does(0, (works) => works && vm.reportDoor()) },
    android: null,
  },
});
