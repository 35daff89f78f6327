import { remarked } from './kit/remarked';

/** Numbers are missing in what it sends: frames were lost. */
export const framesLost = remarked({
  severity: 'warning',
  codes: ['seq.gap'],
  causes: { line: null },
  cause: () => 'line',
  names: ['expected', 'got'],
});
