import { remarked } from './kit/remarked';
import { setting } from './kit/rule';

/** The machine's frames have an unknown head or none. */
export const headWrong = remarked({
  severity: 'warning',
  codes: ['head.unrecognised', 'head.lengthWrong', 'head.missing'],
  causes: { program: setting('head') },
  cause: () => 'program',
});
