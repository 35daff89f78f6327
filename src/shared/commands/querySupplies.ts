import { minute, nothing } from './kit/inputs';
import { command } from './kit/row';
import { confirmed, notMine, when } from './kit/verdict';
import { bare, both } from './kit/wire';
import { mayAnswer } from './queryStatus';

export const querySupplies = command(nothing)({
  examples: [{}],
  offered: 'menu',
  effects: [],
  // android's `supplys` adds to the stock; nothing is known that only asks [field].
  wire: { linux: bare('querysupplies'), android: null },
  steps: { suppliesReported: {} },
  expects: both([
    {
      within: 30_000,
      anyOf: [
        when(['machinestatus', 'querysupplies_r'], ({ cmd, supply }, about) => {
          // Of its own it reports them as well.
          const isAnswer = cmd === 'querysupplies_r' || mayAnswer(about.command, about);
          return supply !== null && isAnswer ? confirmed('suppliesReported') : notMine;
        }),
      ],
    },
  ]),
  queueFor: minute,
  lateFor: minute,
  virtual: {
    linux: { acts: (vm) => vm.does(0, (works) => works && vm.reportSupplies()) },
    android: null,
  },
});
