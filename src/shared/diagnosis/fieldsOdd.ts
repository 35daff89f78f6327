import { remarked } from './kit/remarked';

/** Members are missing in its messages, or make no sense. */
export const fieldsOdd = remarked({
  severity: 'info',
  codes: ['field.missing', 'field.invalid'],
  causes: { program: null },
  cause: () => 'program',
  names: ['field'],
});
