import { remarked } from './kit/remarked';
import { setting } from './kit/rule';

/** Its frames have a head that is none of the two, or none. */
export const headWrong = remarked({
  severity: 'warning',
  codes: ['head.unrecognised', 'head.lengthWrong', 'head.missing'],
  causes: { program: setting('head') },
  cause: () => 'program',
});
