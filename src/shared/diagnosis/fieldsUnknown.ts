import { remarked } from './kit/remarked';

/** Its messages have members that the catalogue does not know. */
export const fieldsUnknown = remarked({
  severity: 'info',
  codes: ['field.unknown'],
  causes: { program: null },
  cause: () => 'program',
  names: ['field'],
});
