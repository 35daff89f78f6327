/** Exactly the keys of an English file. Chinese has no separate singular form, so `_one` keys have no counterpart. */
export type Shape<T> = {
  readonly [K in keyof T as K extends `${string}_one` ? never : K]: T[K] extends string
    ? string
    : Shape<T[K]>;
};
