import type { AppError } from '#shared/contract/errors';

/** Hides errors that the screen already shows: the user's own cancel, and a damaged copy, which is shown above. */
export const hideKnownErrors = (error: AppError | null): AppError | null =>
  error?.code === 'packageRefused' && ['cancelled', 'spoilt'].includes(String(error.params['reason']))
    ? null
    : error;
