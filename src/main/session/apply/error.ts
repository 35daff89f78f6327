import { error, errorRepeatWindow } from '#shared/messages/error';
import { withError, withoutError } from '../activeErrors';
import { on } from './on';

export const apply = on(
  error,
  (machine, { code, description, isSet, isFatal, isPersistent }, entry) => {
    if (code === null) return null;
    return {
      errors:
        isSet === false
          ? withoutError(machine.errors, code)
          : withError(machine, { code, description, isFatal, isPersistent }, entry, errorRepeatWindow),
    };
  },
  // What it sets may take the place of another.
  ({ isSet }) => (isSet === false ? 'machine' : 'replaced'),
);
