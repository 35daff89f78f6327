import { remarked } from './kit/remarked';

/** The machine sends commands that the catalogue does not contain. */
export const commandsUnknown = remarked({
  severity: 'info',
  codes: ['cmd.unknown'],
  causes: { program: null },
  cause: () => 'program',
  names: ['cmd'],
});
