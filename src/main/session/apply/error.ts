import { errorKey } from '#shared/errors/codes';
import { error, errorRepeatWindow } from '#shared/messages/error';
import type { ActiveError } from '#shared/model/machine';
import { on } from './on';

/** What one machine may fill of our memory, whatever it sends. */
const errorsKept = 200;

export const apply = on(
  error,
  ({ errors }, message, entry) => {
    if (message.code === null) return null;
    const key = errorKey(message.code);
    const known = errors.find((one) => errorKey(one.code) === key);
    if (message.isSet === false) return { errors: errors.filter((one) => one !== known) };
    const active: ActiveError = {
      code: message.code,
      description: message.description ?? known?.description ?? null,
      since: known?.since ?? entry.at,
      last: entry.at,
      entry: known?.entry ?? entry.id,
      times: known === undefined ? 1 : known.times + (entry.at - known.last < errorRepeatWindow ? 0 : 1),
      isFatal: message.isFatal,
      isPersistent: message.isPersistent,
      unconfirmed: false,
    };
    if (known === undefined) return { errors: [...errors, active].slice(-errorsKept) };
    return { errors: errors.map((old) => (old === known ? active : old)) };
  },
  'machine',
);
