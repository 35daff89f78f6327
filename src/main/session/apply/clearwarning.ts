import { clearwarning } from '#shared/messages/clearwarning';
import { withoutError } from '../activeErrors';
import { on } from './on';

/** That one warning is over. */
export const apply = on(
  clearwarning,
  ({ errors }, { code }) => (code === null ? null : { errors: withoutError(errors, code) }),
  () => 'machine',
);
