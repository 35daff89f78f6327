import { remarked } from './kit/remarked';

/** Members are missing or invalid in the machine's messages. */
export const fieldsOdd = remarked({
  severity: 'info',
  codes: ['field.missing', 'field.invalid'],
  causes: { program: null },
  cause: () => 'program',
  names: ['field'],
});
