import { sessionId } from './common';
import { seen, word } from './field';
import { toMachine } from './row';

/** What android restarts alone [field]; what `stum` is, nobody has said. */
export const restartParts = ['ice', 'app', 'stum', 'all'] as const;
/** These stop the program or its reader: the machine hears nothing more [field3]. */
const harmful = ['cup', 'io'] as const;

/** Restarts the machine [doc 3.9]; android restarts a part by it, and the machine by what it wraps [field]. */
export const reboot = toMachine('reboot', {
  source: 'doc',
  fields: {
    part: seen(word('type', { values: [...restartParts, ...harmful], harmful })),
    sessionId: seen(sessionId),
  },
  says: ({ part }) => (part === null ? null : ['part', { part }]),
  example: { vmc_no: 33_232 },
});
