import { mayBeOwnReport } from '../model/ownReports';
import { minute, nothing } from './kit/inputs';
import { command } from './kit/row';
import { confirmed, isAtOnce, notMine, unconfirmable, when } from './kit/verdict';
import { bare, both } from './kit/wire';

export const querySupplies = command(nothing)({
  examples: [{}],
  offered: 'menu',
  effects: [],
  // android's `supplys` adds to the stock; no pure query is known [field].
  wire: { linux: bare('querysupplies'), android: null },
  // The machine's own report after a login would look like the answer.
  notYet: ({ machine }, now) => machine !== null && mayBeOwnReport(machine, 'supplies', now),
  steps: { suppliesReported: {}, noAnswer: {} },
  expects: both([
    {
      within: 30_000,
      anyOf: [
        when(['machinestatus', 'querysupplies_r'], ({ cmd, supply }, about) => {
          const isAnswer = cmd === 'querysupplies_r' ? about.conn === about.command.conn : isAtOnce(about);
          return supply !== null && isAnswer ? confirmed('suppliesReported') : notMine;
        }),
      ],
    },
  ]),
  // linux does not answer if it counts no stock or has none [field].
  onExpired: () => unconfirmable('noAnswer'),
  queueFor: minute,
  lateFor: minute,
  virtual: {
    linux: { acts: (vm) => vm.does(0, (works) => works && vm.reportSupplies()) },
    android: null,
  },
});
