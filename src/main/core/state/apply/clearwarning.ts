import { clearwarning } from '#shared/messages/clearwarning';
import { withoutFault } from '../activeFaults';
import { on } from './on';

/** This one warning has ended. */
export const apply = on(
  clearwarning,
  ({ errors, closed }, { code }) =>
    code === null ? null : { errors: withoutFault(errors, code), closed: withoutFault(closed, code) },
  () => 'machine',
);
