import { minute, nothing } from './kit/inputs';
import { command } from './kit/row';
import { statusReports } from './kit/status';
import { confirmed, notMine, when } from './kit/verdict';
import { bare, both, remote } from './kit/wire';

export const querySupplies = command(nothing)({
  examples: [{}],
  offered: 'menu',
  effects: [],
  wire: { linux: bare('querysupplies'), android: remote('supplys') },
  steps: { suppliesReported: {} },
  expects: both([
    when(statusReports, ({ supply }) => (supply === null ? notMine : confirmed('suppliesReported'))),
  ]),
  queueFor: minute,
  proveFor: 30_000,
  virtual: both((vm, _message, done) => {
    vm.reportSupplies();
    done(null);
  }),
});
