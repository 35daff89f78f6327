import { remarked } from './kit/remarked';

/** The machine's texts are in GB18030. */
export const textGb18030 = remarked({
  severity: 'info',
  codes: ['text.gb18030'],
  causes: { program: null },
  cause: () => 'program',
});
