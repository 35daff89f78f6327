import { remarked } from './kit/remarked';

/** The machine's messages have members that the catalogue does not contain. */
export const fieldsUnknown = remarked({
  severity: 'info',
  codes: ['field.unknown'],
  causes: { program: null },
  cause: () => 'program',
  names: ['field'],
});
