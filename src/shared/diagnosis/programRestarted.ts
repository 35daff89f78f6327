import { remarked } from './kit/remarked';

/** It counts its frames anew: its program restarted. */
export const programRestarted = remarked({
  severity: 'info',
  codes: ['seq.restart'],
  causes: { program: null },
  cause: () => 'program',
});
