/** Exactly the keys a room of English has. Chinese has no singular form of its own, so `_one` keys have no counterpart. */
export type Shape<T> = {
  readonly [K in keyof T as K extends `${string}_one` ? never : K]: T[K] extends string
    ? string
    : Shape<T[K]>;
};
