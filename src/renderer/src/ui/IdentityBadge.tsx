import { VisuallyHidden } from '@mantine/core';
import { IconShieldX } from '@tabler/icons-react';
import { useEffect, useReducer } from 'react';
import type { MachineRow } from '#shared/model/machine';
import { isClaimShown, type NumberClaim } from '#shared/model/verified';
import { useWords } from '../text/useWords';
import classes from './IdentityBadge.module.css';
import { clock, onTick } from './ticker';

/**
 * Marks a report about the machine's number, with a shape and a text. Otherwise empty: an unverified machine has its own
 * status. `isShort`: the text is a title.
 */
export function IdentityBadge({
  row,
  isShort = false,
}: {
  readonly row: MachineRow;
  readonly isShort?: boolean;
}) {
  const { t } = useWords();
  const claim = useShownClaim(row.claim);
  if (claim === null) return null;
  const text = t(`identity.badge.${claim.kind}`);
  return (
    <span
      className={classes['badge']}
      data-identity={claim.kind}
      data-short={isShort || undefined}
      title={isShort ? text : undefined}
    >
      <IconShieldX size={12} aria-hidden />
      {isShort ? <VisuallyHidden component="span">{text}</VisuallyHidden> : text}
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
