import { remarked } from './kit/remarked';

/** The machine counts characters instead of bytes. */
export const lengthInChars = remarked({
  severity: 'warning',
  codes: ['head.lengthInChars'],
  causes: { program: null },
  cause: () => 'program',
  names: ['declared', 'actual'],
});
