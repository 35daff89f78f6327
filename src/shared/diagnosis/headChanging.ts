import { remarked } from './kit/remarked';
import { setting } from './kit/rule';

/** The machine changes from one head to the other. */
export const headChanging = remarked({
  severity: 'warning',
  codes: ['head.changed'],
  causes: { program: setting('head') },
  cause: () => 'program',
  names: ['from', 'to'],
});
