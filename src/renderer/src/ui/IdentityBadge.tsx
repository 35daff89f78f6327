import { IconShieldX } from '@tabler/icons-react';
import { useEffect, useReducer } from 'react';
import type { MachineRow } from '#shared/model/machine';
import { isClaimShown, isUnverified, type NumberClaim } from '#shared/model/verified';
import { useWords } from '../text/useWords';
import classes from './IdentityBadge.module.css';
import { clock, onTick } from './ticker';

/** Marks a duplicated machine number or an unverified connection, with a shape and a text. Otherwise empty. */
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

/** The claim while it is shown; `null` afterwards. */
export function useShownClaim(claim: NumberClaim | null): NumberClaim | null {
  const [, renderAgain] = useReducer((count: number) => count + 1, 0);
  const isShown = isClaimShown(claim, clock());
  useEffect(() => {
    if (!isShown) return;
    return onTick((now) => {
      if (!isClaimShown(claim, now)) renderAgain();
    });
  }, [claim, isShown]);
  return isShown ? claim : null;
}
