import { remarked } from './kit/remarked';

/** The machine's JSON has mistakes, but is readable. */
export const jsonLenient = remarked({
  severity: 'info',
  codes: ['json.lenient'],
  causes: { program: null },
  cause: () => 'program',
  names: ['what'],
});
