import { remarked } from './kit/remarked';

/** It says commands that the catalogue does not know. */
export const commandsUnknown = remarked({
  severity: 'info',
  codes: ['cmd.unknown'],
  causes: { program: null },
  cause: () => 'program',
  names: ['cmd'],
});
