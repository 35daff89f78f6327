/** The payment rehearsal: what a machine is given to show, and how its payment goes. No money moves. */
import { longQr } from './limits';
import type { QrAnswers } from './model/machineConfig';

/** The modes in which something follows by itself, or nothing does: people are told that they are on. */
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

/** The QR text of an order: by the template, else the test text. It depends on the order only, so asking again gets the same answer [ours]. */
export const qrTextOf = (template: string, facts: QrFacts): string =>
  template.trim() === '' ? testQr(facts) : filled(template.trim(), facts);

/** What is no placeholder stays as it is: a person sees it in the example. */
const filled = (template: string, facts: QrFacts): string =>
  template.replaceAll(/\{(\w+)\}/g, (whole, name: string) =>
    isPlaceholder(name) ? placeholders[name](facts) : whole,
  );

/** Names in braces that mean nothing. */
export const strangers = (template: string): readonly string[] => [
  ...new Set(
    [...template.matchAll(/\{(\w+)\}/g)].flatMap(([, name = '']) => (isPlaceholder(name) ? [] : [name])),
  ),
];

/** It is no payment address: whoever scans it reads that it is a test. Of which currency the amount is, only a person knows. */
export function testQr({ vmcNo, orderNo, type, amount }: Omit<QrFacts, 'productId'>): string {
  const price = amount === null ? '' : ` ${(amount / 100).toFixed(2)}`;
  return `CREMA TEST ${vmcNo} ${type}${price} ${orderNo}`.slice(0, longQr);
}
