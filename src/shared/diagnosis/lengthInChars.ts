import { remarked } from './kit/remarked';

/** It counts characters where bytes are to be counted. */
export const lengthInChars = remarked({
  severity: 'warning',
  codes: ['head.lengthInChars'],
  causes: { program: null },
  cause: () => 'program',
  names: ['declared', 'actual'],
});
