import { remarked } from './kit/remarked';

/** Its JSON has mistakes, and can be read all the same. */
export const jsonLenient = remarked({
  severity: 'info',
  codes: ['json.lenient'],
  causes: { program: null },
  cause: () => 'program',
  names: ['what'],
});
