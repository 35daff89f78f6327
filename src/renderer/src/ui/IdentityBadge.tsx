import { IconShieldX } from '@tabler/icons-react';
import type { MachineRow } from '#shared/model/machine';
import { isUnverified } from '#shared/model/verified';
import { useWords } from '../text/useWords';
import classes from './IdentityBadge.module.css';
import { useShownClaim } from './useShownClaim';

/** Another connection used the machine's number, or the present one has not proved itself: a shape and a word. Nothing otherwise. */
export function IdentityBadge({ row }: { readonly row: MachineRow }) {
  const { t } = useWords();
  const claim = useShownClaim(row.claim);
  const taken = claim?.kind === 'claimed' ? undefined : claim?.kind;
  const what = taken ?? (isUnverified(row) ? 'unverified' : claim?.kind);
  if (what === undefined) return null;
  return (
    <span className={classes['badge']} data-identity={what}>
      <IconShieldX size={12} aria-hidden />
      {t(`identity.badge.${what}`)}
    </span>
  );
}
