import { remarked } from './kit/remarked';

/** The machine's frame numbers start again: its program restarted. */
export const programRestarted = remarked({
  severity: 'info',
  codes: ['seq.restart'],
  causes: { program: null },
  cause: () => 'program',
});
