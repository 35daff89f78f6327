import { remarked } from './kit/remarked';

/** Bodies that nobody can read. */
export const jsonUnreadable = remarked({
  severity: 'warning',
  codes: ['json.invalid', 'text.undecodable'],
  causes: { program: null },
  cause: () => 'program',
});
