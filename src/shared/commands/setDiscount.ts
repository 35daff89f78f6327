import { z } from 'zod';
import { asked as asks } from './kit/fields';
import { day, minute } from './kit/inputs';
import { restarts, restartsLinux } from './kit/restart';
import { command } from './kit/row';
import { amountAsked, isAskedAgain } from './kit/sales';
import { notMine, when, type About } from './kit/verdict';
import { both } from './kit/wire';

/** fen: what the form's example reckons with. */
const example = 1_000;

/** fen: what rounding may add or take. */
const tolerance = 1;

const input = z.strictObject({ percent: asks(z.int().min(1).max(100), { unit: '%' }) });

/** The reduced price. */
const asked = when(
  'qrcode',
  (
    { productId, amount, orderNo },
    { command: given, input: { percent }, facts, before }: About<z.infer<typeof input>>,
  ) => {
    const { sentAt, awaited } = given;
    if (productId === null || amount === null || isAskedAgain(before, orderNo)) return notMine;
    // What the product should cost now follows from what it cost before the discount.
    const earlier = before?.orders.findLast(
      (order) =>
        order.productId === productId &&
        order.qrType !== null &&
        order.amount !== null &&
        order.at < (sentAt ?? 0) &&
        // Asked for while the discount of before was in force.
        order.at >= Number(facts['sinceBefore'] ?? 0),
    );
    if (earlier?.amount == null) return notMine;
    const inForce = Number(facts['percentBefore'] ?? 100);
    const expected = Math.round((earlier.amount * percent) / inForce);
    // The same as before proves nothing.
    if (Math.abs(earlier.amount - expected) <= tolerance) return notMine;
    return amountAsked({ productId, amount, expected, tolerance, awaited });
  },
);

/** What customers pay of the price. */
export const setDiscount = command(input)({
  examples: [{ percent: 100 }],
  offered: 'menu',
  // Applying it restarts a linux machine [field].
  effects: { linux: ['restarts', 'reprices'], android: ['reprices'] },
  wire: both(({ percent }, { vmcNo }) => ({ cmd: 'discount', vmc_no: vmcNo, discount: percent })),
  remember: ({ machine }) => ({
    percentBefore: machine?.discount?.value ?? 100,
    sinceBefore: machine?.discount?.at ?? 0,
  }),
  expects: {
    linux: [{ within: day, anyOf: [...restarts, asked] }],
    android: [{ within: day, anyOf: [asked] }],
  },
  queueFor: 10 * minute,
  outlivesRestart: true,
  alone: { linux: minute, android: 0 },
  // A slip of the finger must not last until its proof.
  replaces: () => true,
  says: ({ percent }) => ['percent', { percent }],
  preview: (input) => ({ amount: Math.round((example * (input?.percent ?? 100)) / 100) }),
  virtual: both((vm, { discount }, done) => {
    const percent = Number(discount);
    if (!(percent >= 1 && percent <= 100)) return done('discount out of range');
    vm.setDiscount(percent);
    restartsLinux(vm, done);
  }),
});
