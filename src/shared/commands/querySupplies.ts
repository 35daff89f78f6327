import { minute, nothing } from './kit/inputs';
import { command } from './kit/row';
import { statusReports } from './kit/status';
import { confirmed, notMine, when } from './kit/verdict';
import { bare, both } from './kit/wire';

export const querySupplies = command(nothing)({
  examples: [{}],
  offered: 'menu',
  effects: [],
  // android's `supplys` adds to the stock; nothing is known that only asks [field].
  wire: { linux: bare('querysupplies'), android: null },
  steps: { suppliesReported: {} },
  expects: both([
    when(statusReports, ({ supply }) => (supply === null ? notMine : confirmed('suppliesReported'))),
  ]),
  queueFor: minute,
  proveFor: 30_000,
  virtual: {
    linux: (vm, _message, done) => {
      vm.reportSupplies();
      done(null);
    },
    android: null,
  },
});
