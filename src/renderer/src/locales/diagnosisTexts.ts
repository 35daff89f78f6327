import type { CauseOf, RuleName } from '#shared/diagnosis/index';

/** What each rule of the diagnosis says. */
export type TextsOfRules = {
  readonly [Name in RuleName]: {
    /** What is so. */
    readonly says: string;
    /** What comes of it. */
    readonly leads: string;
    readonly causes: Readonly<Record<CauseOf<Name>, { readonly why: string; readonly todo: string }>>;
  };
};
