import type { CauseOf, RuleName } from '#shared/diagnosis/index';

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
