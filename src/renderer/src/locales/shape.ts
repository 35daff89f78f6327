import type { CauseOf, RuleName } from '#shared/diagnosis/index';

/** Exactly the keys of an English file. Chinese has no separate singular form, so `_one` keys have no counterpart. */
export type Shape<T> = {
  readonly [K in keyof T as K extends `${string}_one` ? never : K]: T[K] extends string
    ? string
    : Shape<T[K]>;
};

/** The texts of each diagnosis rule. */
export type TextsOfRules = {
  readonly [Name in RuleName]: {
    /** The problem. */
    readonly says: string;
    /** The consequence. */
    readonly leads: string;
    readonly causes: Readonly<Record<CauseOf<Name>, { readonly why: string; readonly todo: string }>>;
  };
};
