import { error } from '#shared/messages/error';
import { closedAfterSet, withFault, withoutFault } from '../activeFaults';
import { on } from './on';

export const apply = on(
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
