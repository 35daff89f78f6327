import { z } from 'zod';
import { asked } from './kit/fields';
import { day, minute } from './kit/inputs';
import { asBefore, compared } from './kit/listed';
import { restarts } from './kit/restart';
import { command } from './kit/row';
import { amountAsked } from './kit/sales';
import { when } from './kit/verdict';
import { both } from './kit/wire';

/** Price of the form's example in fen. */
const example = 1_000;

const reduced = (fen: number, percent: number): number => Math.round((fen * percent) / 100);

/** Percentage of the price that customers pay. */
export const setDiscount = command(
  z.strictObject({ percent: asked(z.int().min(0).max(100), { unit: '%' }) }),
)({
  examples: [{ percent: 100 }],
  offered: 'menu',
  // A linux machine restarts to apply it [field].
  effects: { linux: ['restarts', 'reprices'], android: ['reprices'] },
  wire: both(({ percent }, { vmcNo }) => ({ cmd: 'discount', vmc_no: vmcNo, discount: percent })),
  // android accepts 0 and gives everything away [field]; linux has no 0 [doc 3.9].
  refuses: ({ percent }) => (percent === 0 ? { code: 'discountFree', params: { field: 'percent' } } : null),
  steps: {
    discountListed: { listed: 12 },
    discountDiffers: { productId: 801, differing: 2, percent: 100, wanted: 80 },
  },
  remember: (_now, _input, listed) =>
    asBefore(listed?.products.keys() ?? [], (id) => listed?.products.get(id)?.percent ?? null),
  // A discount covers all products, so a product without it shows that something else is in force.
  onProducts: ({ percent }, { input }, listed) =>
    compared([...listed.keys()], {
      facts: input,
      says: (id) => listed.get(id)?.percent ?? null,
      wants: () => percent,
      shown: 'discountListed',
      differs: 'discountDiffers',
      about: (shown) => ({ percent: shown, wanted: percent }),
      oneByOne: false,
    }),
  expects: {
    linux: [{ within: day, anyOf: [...restarts, when('qrcode', amountAsked)] }],
    android: [{ within: day, anyOf: [when('qrcode', amountAsked)] }],
  },
  queueFor: 10 * minute,
  outlivesRestart: true,
  alone: { linux: minute, android: 0 },
  slot: 'settings',
  // A mistyped value must not last until its proof.
  replaces: () => true,
  says: ({ percent }) => ['percent', { percent }],
  preview: (input) => ({ price: example, amount: reduced(example, input?.percent ?? 80) }),
  newPrice: ({ percent }, price) => reduced(price, percent),
  virtual: {
    linux: {
      acts: (vm, message) => {
        const percent = Number(message['discount']);
        if (!vm.isOwn(message) || !(percent >= 1 && percent <= 100)) return;
        vm.setDiscount(percent);
        vm.restart();
      },
    },
    android: {
      notifies: 'never',
      acts: (vm, { discount }) => {
        const percent = Number(discount);
        if (percent >= 0 && percent <= 100) vm.inSlot(() => vm.setDiscount(percent));
      },
    },
  },
});
