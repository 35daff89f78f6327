/** The effect of a machine's errors on selling. */
import { errorKey, severityOf } from '../errors/codes';
import type { Platform } from './machine';
import type { ErrorSeverity } from './ownErrors';
import { placeOf, type Rated } from './severity';
import { isConfirmed, type ActiveFault } from './activeFault';

/**
 * error: prevents selling. The others cause doubt. madeSince: a drink was made while the error was active. unconfirmed: not repeated since
 * a reconnect. notFatal: critical in the catalogue, but not fatal according to the machine. cupBlocked: a drink is in the way.
 */
type ErrorEffect = 'error' | 'madeSince' | 'unconfirmed' | 'notFatal' | 'cupBlocked';

const blockedCup = errorKey('ERROR:CUP_01');
/** Whether the error is a drink that nobody has taken, like the status `cupblock`. */
export const isBlockedCup = (code: string): boolean => errorKey(code) === blockedCup;

/** An active error's effect on selling; `null`: none. */
export function effectOf(error: ActiveFault, platform: Platform | null): ErrorEffect | null {
  const { code, isFatal, madeSince } = error;
  if (severityOf(code, isFatal, platform) !== 'fatal') {
    if (isBlockedCup(code)) return 'cupBlocked';
    return severityOf(code, null, platform) === 'fatal' ? 'notFatal' : null;
  }
  if (madeSince !== undefined) return 'madeSince';
  return isConfirmed(error) ? 'error' : 'unconfirmed';
}

const sellingWith = (effect: ErrorEffect | null, severity: ErrorSeverity): Rated['selling'] => {
  if (effect !== null) return effect === 'error' ? 'no' : 'doubtful';
  return severity === 'fault' ? 'partly' : 'yes';
};

export function ratedError(error: ActiveFault, platform: Platform | null): Rated {
  const severity = severityOf(error.code, error.isFatal, platform);
  return { severity, selling: sellingWith(effectOf(error, platform), severity) };
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
