import { minute, nothing } from './kit/inputs';
import { command } from './kit/row';
import { confirmed, isAtOnce, notMine, seenAfter, when } from './kit/verdict';
import { bare } from './kit/wire';

/** What a `machinestatus` reports by itself. The word of the answer is not known: any other is one [field]. */
const reports: ReadonlySet<string> = new Set([
  'clearerror',
  'cupblock',
  'dooropen',
  'doorclose',
  'supply',
  'machinelock',
]);

/** Whether the machine is normal or not, as `statusquery` is answered [field]. */
export const isNormality = (status: string | null): status is string =>
  status !== null && !reports.has(status.toLowerCase());

/** Neither supplies, which are asked for by another name, nor that errors were cleared is a status. */
const isStatus = (status: string | null): status is string =>
  status !== null && status !== 'supply' && status !== 'clearerror';

export const queryStatus = command(nothing)({
  examples: [{}],
  offered: 'menu',
  effects: [],
  // android has no query command: `sync` makes it report everything [field].
  wire: { linux: bare('statusquery'), android: null },
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
            isNormality(status) && isAtOnce(about)
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
