import type { AppError } from '#shared/contract/errors';

/** What of an error is to be said beside what was tried: a cancel by the person is none, and that the copy is spoilt stands above, as long as it is. */
export const withoutSaid = (error: AppError | null): AppError | null =>
  error?.code === 'packageRefused' && ['cancelled', 'spoilt'].includes(String(error.params['reason']))
    ? null
    : error;
