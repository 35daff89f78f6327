import { minute, nothing } from './kit/inputs';
import { command } from './kit/row';
import { statusReports } from './kit/status';
import { confirmed, when } from './kit/verdict';
import { bare, both, remote } from './kit/wire';

export const queryStatus = command(nothing)({
  examples: [{}],
  offered: 'menu',
  effects: [],
  wire: { linux: bare('statusquery'), android: remote('sync') },
  steps: { statusReported: {} },
  expects: both([when(statusReports, () => confirmed('statusReported'))]),
  queueFor: minute,
  proveFor: 30_000,
  virtual: {
    linux: (vm, _message, done) => {
      vm.reportDoor();
      done(null);
    },
    android: (vm, _message, done) => {
      vm.reportDoor();
      vm.reportSupplies();
      done(null);
    },
  },
});
