/** The direct link: one machine on one cable or hotspot is served, every other is let go. */
import { z } from 'zod';

const present = z.strictObject({
  /** `null`: the first that says its number. */
  vmcNo: z.int().min(0).nullable(),
  /** Others are told when they log in (ret 3), as a person chose after the warning of what it does to linux machines [field]. */
  tells: z.boolean(),
});
export type DirectLink = z.infer<typeof present>;

/** Until others could be let go without a word it was the number alone. */
export const directLinkSchema = z.preprocess(
  (stored) => (typeof stored === 'number' ? { vmcNo: stored, tells: true } : stored),
  present.nullable(),
);

export const isTurnedAway = (
  link: DirectLink | null,
  vmcNo: number,
): link is DirectLink & { readonly vmcNo: number } =>
  link !== null && link.vmcNo !== null && link.vmcNo !== vmcNo;
