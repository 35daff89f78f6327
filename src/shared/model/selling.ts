/** The effect of a machine's errors on selling. */
import { severityOf } from '../errors/codes';
import type { Platform } from './machine';
import { placeOf, type Rated } from './severity';
import { isConfirmed, type ActiveFault } from './activeFault';

/**
 * error: prevents selling. The others cause doubt. madeSince: a drink was made while the error was active. unconfirmed: not repeated since
 * a reconnect. notFatal: critical in the catalogue, but not fatal according to the machine.
 */
type ErrorEffect = 'error' | 'madeSince' | 'unconfirmed' | 'notFatal';

/** An active error's effect on selling; `null`: none. */
export function effectOf(error: ActiveFault, platform: Platform | null): ErrorEffect | null {
  const { code, isFatal, madeSince } = error;
  if (severityOf(code, isFatal, platform) !== 'fatal')
    return severityOf(code, null, platform) === 'fatal' ? 'notFatal' : null;
  if (madeSince !== undefined) return 'madeSince';
  return isConfirmed(error) ? 'error' : 'unconfirmed';
}

export function ratedError(error: ActiveFault, platform: Platform | null): Rated {
  const effect = effectOf(error, platform);
  return {
    severity: severityOf(error.code, error.isFatal, platform),
    selling: effect === 'error' ? 'no' : effect === null ? 'yes' : 'doubtful',
  };
}

/** An error that a person closed still counts if it may prevent selling. */
export const ratedClosed = (error: ActiveFault, platform: Platform | null): Rated =>
  effectOf(error, platform) === null
    ? { severity: 'info', selling: 'yes' }
    : { severity: 'warning', selling: 'doubtful' };

/** The worst first. Of equal ones, confirmed errors come first. */
export const errorsInOrder = <E extends ActiveFault>(
  errors: readonly E[],
  platform: Platform | null,
): readonly E[] => {
  const rankOf = (error: E): number => placeOf(ratedError(error, platform)) + (isConfirmed(error) ? 0 : 0.5);
  return errors.toSorted((a, b) => rankOf(a) - rankOf(b));
};
