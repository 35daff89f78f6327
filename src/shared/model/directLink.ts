/** The direct link: one machine on a cable or hotspot is served, and all others are disconnected. */
import { z } from 'zod';

const present = z.strictObject({
  /** `null`: the first machine with a number. */
  vmcNo: z.int().min(0).nullable(),
  /** Rejects others at login (ret 3). A person chose this after a warning about its effect on linux machines [field]. */
  tells: z.boolean(),
});
export type DirectLink = z.infer<typeof present>;

/** Earlier versions stored only the number, and always rejected others at login. */
export const directLinkSchema = z.preprocess(
  (stored) => (typeof stored === 'number' ? { vmcNo: stored, tells: true } : stored),
  present.nullable(),
);

export const isTurnedAway = (
  link: DirectLink | null,
  vmcNo: number,
): link is DirectLink & { readonly vmcNo: number } =>
  link !== null && link.vmcNo !== null && link.vmcNo !== vmcNo;
