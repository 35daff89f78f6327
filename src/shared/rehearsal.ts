/** The payment rehearsal: the QR text that a machine shows, and the course of the payment. No money moves. */
import { longQr } from './limits';
import type { QrAnswers } from './model/machineSettings';

/** Modes with an automatic result, or deliberately without one. The window shows that such a mode is on. */
export const isRehearsing = (mode: QrAnswers): boolean => mode !== 'auto';

export interface QrFacts {
  readonly vmcNo: number;
  readonly orderNo: string;
  readonly type: string;
  readonly amount: number | null;
  readonly productId: number | null;
}

const placeholders = {
  order: ({ orderNo }) => orderNo,
  amount: ({ amount }) => (amount === null ? '' : (amount / 100).toFixed(2)),
  product: ({ productId }) => (productId === null ? '' : String(productId)),
  machine: ({ vmcNo }) => String(vmcNo),
  type: ({ type }) => type,
} as const satisfies Readonly<Record<string, (facts: QrFacts) => string>>;
type Placeholder = keyof typeof placeholders;

export const placeholderNames = Object.keys(placeholders) as readonly Placeholder[];
const isPlaceholder = (name: string): name is Placeholder => Object.hasOwn(placeholders, name);

/** The QR text of an order: from the template, or else the test text. It depends only on the order, so repetitions get the same text [ours]. */
export const qrTextOf = (template: string, facts: QrFacts): string =>
  template.trim() === '' ? testQr(facts) : filled(template.trim(), facts);

/** Unknown placeholders stay unchanged, so that the example shows them. */
const filled = (template: string, facts: QrFacts): string =>
  template.replaceAll(/\{(\w+)\}/g, (whole, name: string) =>
    isPlaceholder(name) ? placeholders[name](facts) : whole,
  );

/** Unknown names in braces. */
export const strangers = (template: string): readonly string[] => [
  ...new Set(
    [...template.matchAll(/\{(\w+)\}/g)].flatMap(([, name = '']) => (isPlaceholder(name) ? [] : [name])),
  ),
];

/** Not a payment address: a scanner shows that it is a test. The currency of the amount is unknown here. */
export function testQr({ vmcNo, orderNo, type, amount }: Omit<QrFacts, 'productId'>): string {
  const price = amount === null ? '' : ` ${(amount / 100).toFixed(2)}`;
  return `CREMA TEST ${vmcNo} ${type}${price} ${orderNo}`.slice(0, longQr);
}
