import { answersStatus, asksStatus, heardBefore } from './kit/alive';
import { minute, nothing } from './kit/inputs';
import { command } from './kit/row';
import { confirmed, notMine, seenAfter, when } from './kit/verdict';

/** Reports of supplies and of cleared errors are not a status. */
const isStatus = (status: string | null): status is string =>
  status !== null && status !== 'supply' && status !== 'clearerror';

export const queryStatus = command(nothing)({
  examples: [{}],
  offered: 'menu',
  effects: [],
  // android has no query command: `sync` makes it report everything [field].
  wire: { linux: asksStatus, android: null },
  remember: ({ machine }) => heardBefore(machine),
  steps: { statusReported: { status: 'normal', after: 1_000 } },
  expects: {
    linux: [
      {
        within: 30_000,
        anyOf: [
          when('statusquery_r', ({ status }, about) =>
            isStatus(status) && about.conn === about.command.conn
              ? confirmed('statusReported', { status, ...seenAfter(about) })
              : notMine,
          ),
          when('machinestatus', ({ status }, about) =>
            answersStatus(status, about)
              ? confirmed('statusReported', { status, ...seenAfter(about) })
              : notMine,
          ),
        ],
      },
    ],
    android: [],
  },
  queueFor: minute,
  lateFor: minute,
  virtual: {
    linux: { acts: (vm) => vm.does(0, (works) => works && vm.reportState()) },
    android: null,
  },
});
