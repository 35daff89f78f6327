import { useEffect, useReducer } from 'react';
import { isClaimShown, type NumberClaim } from '#shared/model/verified';
import { clock, onTick } from './ticker';

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
