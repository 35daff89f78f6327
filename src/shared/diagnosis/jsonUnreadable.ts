import { remarked } from './kit/remarked';

/** The machine's bodies are unreadable. */
export const jsonUnreadable = remarked({
  severity: 'warning',
  codes: ['json.invalid', 'text.undecodable'],
  causes: { program: null },
  cause: () => 'program',
});
