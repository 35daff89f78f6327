import type { en } from './en';

/** Chinese has no singular form of its own, so the `_one` keys of English have no counterpart. */
type Shape<T> = {
  readonly [K in keyof T as K extends `${string}_one` ? never : K]: T[K] extends string
    ? string
    : Shape<T[K]>;
};

/** Exactly the keys every language must have. */
export type TextShape = Shape<typeof en>;
