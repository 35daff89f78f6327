import { remarked } from './kit/remarked';

/** The machine's frame numbers have gaps: frames were lost. */
export const framesLost = remarked({
  severity: 'warning',
  codes: ['seq.gap'],
  causes: { line: null },
  cause: () => 'line',
  names: ['expected', 'got'],
});
