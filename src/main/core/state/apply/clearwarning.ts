import { clearwarning } from '#shared/messages/clearwarning';
import { withoutError } from '../activeErrors';
import { on } from './on';

/** This one warning has ended. */
export const apply = on(
  clearwarning,
  ({ errors, closed }, { code }) =>
    code === null ? null : { errors: withoutError(errors, code), closed: withoutError(closed, code) },
  () => 'machine',
);
