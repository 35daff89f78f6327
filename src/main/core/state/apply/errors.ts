import { error } from '#shared/messages/error';
import { clearwarning } from '#shared/messages/clearwarning';
import { closedAfterSet, withFault, withoutFault } from '../activeFaults';
import { on } from './on';

export const onError = on(
  error,
  (machine, { code, description, isSet, isFatal, isPersistent }, entry) => {
    if (code === null) return null;
    const { errors, closed, platform } = machine;
    return isSet === false
      ? { errors: withoutFault(errors, code), closed: withoutFault(closed, code) }
      : {
          errors: withFault(machine, { code, description, isFatal, isPersistent }, entry),
          closed: closedAfterSet(closed, code, platform),
        };
  },
  // A new error may replace another one.
  ({ isSet }) => (isSet === false ? 'machine' : 'replaced'),
);

/** This one warning has ended. */
export const onClearwarning = on(
  clearwarning,
  ({ errors, closed }, { code }) =>
    code === null ? null : { errors: withoutFault(errors, code), closed: withoutFault(closed, code) },
  () => 'machine',
);
